"""The files of a rules directory as text: YAML, CSV, and spreadsheets as the CSV they could be."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from rules.decision_tables.decision_table import SUFFIXES
from rules.decision_tables.sheet import SheetMisread, sheet_text
from rules.entries.sources import Source
from rules.errors import RulesMissing
from rules.language.parameters import Place


def content_hash(texts: Iterable[str]) -> str:
    """SHA-256 over what the files hold; the same whatever their names and order."""
    digests = sorted(hashlib.sha256(text.encode()).hexdigest() for text in texts)
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def sources_of(directory: Path) -> list[Source]:
    """The rule files and decision tables of a directory, by path.

    Raises:
        RulesMissing: If there is none.
    """
    files = sorted(
        path
        for path in directory.rglob("*")
        if path.suffix in {".yaml", ".yml", *SUFFIXES} and path.is_file() and not path.name.startswith("~$")
    )
    if not files:
        raise RulesMissing(
            f"{directory} holds no rule file (.yaml). "
            "Give the directory of the rules, or make one by `triage init`."
        )
    return [source_of(path, path.relative_to(directory).as_posix()) for path in files]


def source_of(path: Path, file: str) -> Source:
    """The text of a file, however an editor ended its lines; of a spreadsheet, as CSV.

    Args:
        path: Where it lies.
        file: What messages call it.
    """
    if path.suffix == ".xlsx":
        return _sheet(path, file)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        source = Source(file, "")
        line = raw[: error.start].count(b"\n") + 1
        source.fault(0, f"line {line} is not UTF-8 text; save the file as UTF-8")
        return source
    return Source(file, text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n")


def _sheet(path: Path, file: str) -> Source:
    try:
        text, problems = sheet_text(path)
    except SheetMisread as error:
        source = Source(file, "")
        source.fault(0, str(error))
        return source
    source = Source(file, text)
    for line, message in problems:
        source.fault_at(Place(file, line, 1), message)
    return source
