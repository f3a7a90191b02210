"""Read one mapping file and check it against the declared source; every fault is told at once."""

import codecs
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from smart_record.errors import MappingInvalid
from smart_record.intake.declared.declaration import Kind, Source
from smart_record.intake.declared.sources import SOURCES
from smart_record.intake.mapping_files.columns import mapped_columns, read_constants
from smart_record.intake.mapping_files.date_forms import DateForm, ambiguous_pair, parse_date_form
from smart_record.intake.mapping_files.mapping import Sign, SourceMapping
from smart_record.intake.mapping_files.suggestions import did_you_mean
from smart_record.intake.mapping_files.text import Faults, one_text, parts_of, texts, yes_or_no
from smart_record.intake.mapping_files.yaml_tree import Text, Tree, read_table

_PARTS = (
    "source",
    "file",
    "required",
    "encoding",
    "separator",
    "quotes",
    "dates",
    "sign",
    "columns",
    "values",
    "blanks",
    "constants",
    "ignore",
)
_SEPARATORS = {"tab": "\t"}


def read_mapping(path: Path) -> SourceMapping:
    """Read and check one mapping file.

    Raises:
        MappingInvalid: With every fault of the file, each with its line and column.
    """
    faults: Faults = []
    parts = parts_of(read_table(path), _PARTS, faults)
    source = _source(parts, path, faults)
    mapping = _mapping(path, source, parts, faults) if source else None
    if mapping is None or faults:
        raise MappingInvalid("\n".join(faults))
    return mapping


def _source(parts: Mapping[str, Tree], path: Path, faults: Faults) -> Source | None:
    if "source" not in parts:
        faults.append(f"{path.name}: `source:` is missing. Say which of {', '.join(SOURCES)} the file is.")
        return None
    text = one_text(parts["source"], "source", faults)
    if text is None:
        return None
    if text.value not in SOURCES:
        near = did_you_mean(text.value, SOURCES)
        faults.append(f"{text.place}: {text.value!r} is not a source.{near} Sources: {', '.join(SOURCES)}.")
    return SOURCES.get(text.value)


def _mapping(path: Path, source: Source, parts: Mapping[str, Tree], faults: Faults) -> SourceMapping:
    columns = mapped_columns(source, parts, path.name, faults)
    constants = read_constants(source, parts, faults)
    _check_complete(source, {c.column.name for c in columns} | set(constants), path, faults)
    dates = _dates(parts, faults)
    if not dates and any(c.column.kind is Kind.DATE for c in columns):
        faults.append(f"{path.name}: `dates:` is missing. Say how dates are written, such as dd/mm/yyyy.")
    return SourceMapping(
        path=path,
        source=source,
        files=_files(parts, path, faults),
        required=yes_or_no(parts, "required", default=True, faults=faults),
        encoding=_encoding(parts, faults),
        separator=_separator(parts, faults),
        quotes=yes_or_no(parts, "quotes", default=True, faults=faults),
        dates=dates,
        sign=_sign(source, parts, path, faults),
        columns=columns,
        constants=MappingProxyType(constants),
        ignore=frozenset(text.value for text in texts(parts.get("ignore"), "ignore", faults)),
    )


def _check_complete(source: Source, given: set[str], path: Path, faults: Faults) -> None:
    for column in source.columns:
        if column.required and column.name not in given:
            faults.append(
                f"{path.name}: {column.name} is required and not mapped. Name the supplier's column under "
                f"`columns:`; if the supplier has none, put `{column.name}:` with nothing after it under "
                "`constants:` (it is then not known)."
            )


def _files(parts: Mapping[str, Tree], path: Path, faults: Faults) -> tuple[str, ...]:
    names = texts(parts.get("file"), "file", faults)
    if not names:
        faults.append(f"{path.name}: `file:` is missing. Give the name of the file, or a pattern with *.")
    faults.extend(
        f"{name.place}: {name.value!r} leads to another folder. Give a file name alone."
        for name in names
        if "/" in name.value or "\\" in name.value or not name.value
    )
    return tuple(name.value for name in names)


def _encoding(parts: Mapping[str, Tree], faults: Faults) -> str:
    text = one_text(parts["encoding"], "encoding", faults) if "encoding" in parts else None
    if text is None:
        return "utf-8"
    try:
        return codecs.lookup(text.value).name
    except LookupError:
        faults.append(f"{text.place}: {text.value!r} is not a text encoding. Usual ones: utf-8, cp1252.")
        return "utf-8"


def _separator(parts: Mapping[str, Tree], faults: Faults) -> str:
    text = one_text(parts["separator"], "separator", faults) if "separator" in parts else None
    if text is None:
        return ","
    separator = _SEPARATORS.get(text.value, text.value)
    if len(separator) != 1 or not separator.isascii() or separator.isalnum() or separator in '"\n\r.-/':
        faults.append(f'{text.place}: {text.value!r} can\'t separate fields. Use ",", ";", "|" or tab.')
        return ","
    return separator


def _dates(parts: Mapping[str, Tree], faults: Faults) -> tuple[DateForm, ...]:
    forms = []
    for text in texts(parts.get("dates"), "dates", faults):
        form = parse_date_form(text.value)
        if form is None:
            faults.append(
                f"{text.place}: {text.value!r} is not a date form. Use dd, mm or Mon, and yyyy (four digits: "
                "two can't tell 1926 from 2026), such as dd/mm/yyyy or dd-Mon-yyyy."
            )
        else:
            forms.append(form)
    faults.extend(
        f"{parts['dates'].place}: {form.shown} is given twice. Keep one of them."
        for number, form in enumerate(forms)
        if form.pattern in [earlier.pattern for earlier in forms[:number]]
    )
    pair = ambiguous_pair(forms)
    if pair:
        faults.append(
            f"{parts['dates'].place}: under {pair[0].shown} and {pair[1].shown} one text can be two dates. "
            "Keep the one that the supplier writes."
        )
    return tuple(forms)


def _sign(source: Source, parts: Mapping[str, Tree], path: Path, faults: Faults) -> Sign:
    signed = [column.name for column in source.columns if column.signed]
    text = one_text(parts["sign"], "sign", faults) if "sign" in parts else None
    if text is None:
        if signed and "sign" not in parts:
            faults.append(
                f"{path.name}: `sign:` is missing. Say debit_positive if money owed is positive in "
                f"{', '.join(signed)}, credit_positive if it is negative."
            )
        return Sign.DEBIT_POSITIVE
    return _known_sign(source, text, faults)


def _known_sign(source: Source, text: Text, faults: Faults) -> Sign:
    allowed = [Sign.DEBIT_POSITIVE, Sign.CREDIT_POSITIVE]
    if any(column.name == "kind" for column in source.columns):
        allowed.append(Sign.UNSIGNED)  # only a ledger's kind can tell what an unsigned amount is
    if text.value not in list(allowed):
        near = did_you_mean(text.value, allowed)
        faults.append(f"{text.place}: {text.value!r} is not a sign.{near} Use {' or '.join(allowed)}.")
        return Sign.DEBIT_POSITIVE
    return Sign(text.value)
