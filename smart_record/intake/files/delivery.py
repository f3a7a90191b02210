"""Find the night's files and open them; everything wrong with any of them is told in one message."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from smart_record.errors import ColumnMissing, ExtractMalformed, ExtractMissing, SeveralProblems, SourceError
from smart_record.intake.declared.special_categories import is_special_category
from smart_record.intake.files.extract_file import ExtractFile, open_file
from smart_record.intake.mapping_files.mapping import MappedColumn, SourceMapping
from smart_record.intake.mapping_files.suggestions import did_you_mean

_MANIFEST = "MANIFEST.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the sender says of the delivery.

    Attributes:
        as_of: The date that the extracts stand for.
        rows: Rows of each file, without the header.
    """

    as_of: date | None
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file of the night, its mapped columns and those that are not taken in (name, reason)."""

    file: ExtractFile
    present: tuple[MappedColumn, ...]
    refused: tuple[tuple[str, str], ...]


def open_delivery(directory: Path, mappings: Iterable[SourceMapping], manifest: Manifest) -> list[Delivered]:
    """Find and open the night's files.

    Raises:
        SourceError: `ExtractMissing`, `ExtractMalformed` or `ColumnMissing`; `SeveralProblems` for more.
    """
    if not directory.is_dir():
        raise ExtractMissing(f"{directory} is not a folder. Give the folder that holds the night's extracts.")
    delivered: list[Delivered] = []
    problems: list[SourceError] = []
    every = list(mappings)
    for mapping in every:
        try:
            path = _find(directory, mapping, [other for other in every if other is not mapping], manifest)
            if path is not None:
                file = open_file(path, mapping)
                delivered.append(Delivered(file, _present_columns(file), _refused_columns(file)))
                _check_rows(file, manifest)
        except SourceError as problem:
            problems.append(problem)
    raise_all(problems)
    return delivered


def raise_all(problems: list[SourceError]) -> None:
    """Raise the one problem, or all of several in one message.

    Raises:
        SourceError: If there is any.
    """
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise SeveralProblems("\n".join(str(problem) for problem in problems))


def _find(
    directory: Path, mapping: SourceMapping, others: list[SourceMapping], manifest: Manifest
) -> Path | None:
    names = sorted(path.name for path in directory.iterdir() if path.is_file())
    found = [name for name in names if any(fnmatchcase(name, pattern) for pattern in mapping.files)]
    if len(found) > 1:
        raise ExtractMalformed(
            f"{mapping.source.name}: {len(found)} files match `file:` of {mapping.path.name}: "
            f"{', '.join(found)}. Leave tonight's alone in {directory}, or narrow the pattern."
        )
    if found:
        return directory / found[0]
    promised = [name for name in manifest.rows if any(fnmatchcase(name, p) for p in mapping.files)]
    taken = [pattern for other in others for pattern in other.files]
    spare = [name for name in names if not any(fnmatchcase(name, pattern) for pattern in taken)]
    if mapping.required or promised:
        raise ExtractMissing(
            f"{mapping.source.name}: no file {' or '.join(mapping.files)} in {directory}."
            f"{did_you_mean(mapping.files[0], spare)} Files there: {', '.join(names) or 'none'}. Have it "
            f"sent, or correct `file:` in {mapping.path.name}; if the council has none, write `required: no` "
            "there."
        )
    return None


def _present_columns(file: ExtractFile) -> tuple[MappedColumn, ...]:
    mapping = file.mapping
    present = tuple(column for column in mapping.columns if column.name in file.header)
    if not present:
        # Without a header the first row is a resident's: it must not be shown.
        raise ColumnMissing(
            f"{file.name}: none of the {len(mapping.columns)} columns of {mapping.path.name} is in the first "
            "line. Is the header missing, the separator another, or is it another file? Compare the two."
        )
    missing = [c for c in mapping.columns if c.column.required and c not in present]
    spare = [name for name in file.header if name not in {column.name for column in present}]
    if missing:
        raise ColumnMissing(
            "\n".join(
                f"{file.name}: there is no column {column.name!r}, which {mapping.path.name} gives for "
                f"{column.column.name}.{did_you_mean(column.name, spare)}"
                for column in missing
            )
            + f"\nColumns found: {', '.join(file.header)}. Have the supplier put back what is missing, or "
            f"correct `columns:` in {mapping.path.name}."
        )
    return present


def _refused_columns(file: ExtractFile) -> tuple[tuple[str, str], ...]:
    mapped = {column.name for column in file.mapping.columns}
    refused = []
    for name in file.header:
        if is_special_category(name):
            refused.append((name, "special category"))
        elif name and name not in mapped | file.mapping.ignore:
            refused.append((name, "not in the allow-list"))
    absent = [c.name for c in file.mapping.columns if c.name not in file.header]
    return (*refused, *((name, "mapped but not in the file: not known") for name in absent))


def _check_rows(file: ExtractFile, manifest: Manifest) -> None:
    declared = manifest.rows.get(file.name)
    if declared is not None and declared != file.rows:
        cut = "The file may have been cut short on its way" if file.rows < declared else "It has grown"
        raise ExtractMalformed(
            f"{file.name}: {file.rows:,} rows, but {_MANIFEST} declares {declared:,}. {cut}: have both sent "
            "again."
        )
    records = file.mapping.source.parent is None
    if records and file.rows == 0 and file.mapping.required and declared is None:
        raise ExtractMalformed(
            f"{file.name}: a header and no row. An export that failed looks like this; a council without any "
            f"writes `required: no` in {file.mapping.path.name} or declares 0 rows in {_MANIFEST}."
        )


def read_manifest(directory: Path) -> Manifest:
    """The manifest beside the extracts; an empty one where there is none.

    Raises:
        ExtractMalformed: If it is there and is not `{"as_of": "yyyy-mm-dd", "files": {name: rows}}`.
    """
    path = directory / _MANIFEST
    if not path.is_file():
        return Manifest(None, {})
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        as_of = content.get("as_of")
        return Manifest(None if as_of is None else date.fromisoformat(as_of), _row_counts(content))
    except (ValueError, TypeError, AttributeError):
        raise ExtractMalformed(
            f'{_MANIFEST}: not of the form {{"as_of": "yyyy-mm-dd", "files": {{"name.csv": rows}}}}. Correct '
            "it or remove it; then the date of the run must be given."
        ) from None


def _row_counts(content: dict[str, Any]) -> dict[str, int]:
    rows = content.get("files", {})
    if not all(type(count) is int and count >= 0 for count in rows.values()):
        raise ValueError
    return dict(rows)
