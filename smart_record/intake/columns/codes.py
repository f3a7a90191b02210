"""Read codes, yes/no and plain text by what the mapping says that the supplier's codes mean."""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from smart_record.intake.columns.reading import (
    VALUE,
    Reading,
    as_text,
    cleaned,
    computed,
    plain_codes,
    without_blanks,
)
from smart_record.intake.declared.declaration import Kind
from smart_record.intake.mapping_files.mapping import Codes, MappedColumn, plain_code

_YES_NO = MappingProxyType(
    dict.fromkeys(("y", "yes", "1", "true", "t"), "yes") | dict.fromkeys(("n", "no", "0", "false", "f"), "no")
)
_SAMPLE = 10_000
_NO_ROWS = pl.Series(dtype=pl.UInt32)
LONGEST_TEXT = 500
"""Letters of the longest text that is read: a longer one is a file torn apart, and would fill memory."""


def read_texts(raw: pl.Series, mapped: MappedColumn) -> Reading:
    """Read text: stripped, otherwise as supplied; null where blank or longer than `LONGEST_TEXT`."""
    if mapped.codes is not None:
        return read_codes(raw, mapped)
    text = cleaned(without_blanks(as_text(raw), mapped.blanks))
    expected = f"text of at most {LONGEST_TEXT} letters"
    if not (text.str.len_bytes() > LONGEST_TEXT).any():
        return Reading(text, _NO_ROWS, expected)
    too_long = text.str.len_chars() > LONGEST_TEXT
    read = computed(text, pl.when(VALUE.str.len_chars() <= LONGEST_TEXT).then(VALUE))
    return Reading(read, too_long.fill_null(value=False).arg_true(), expected)


def read_yes_no(raw: pl.Series, mapped: MappedColumn) -> Reading:
    """Read yes or no, however it is written."""
    if raw.dtype == pl.Boolean and mapped.codes is None:
        return Reading(raw, _NO_ROWS, "yes or no")
    reading = read_codes(raw, mapped)
    return Reading(reading.values == "yes", reading.unreadable, "yes or no")


def read_codes(raw: pl.Series, mapped: MappedColumn) -> Reading:
    """Read codes by their meaning; each different code is looked up once."""
    text = without_blanks(as_text(raw), mapped.blanks)
    codes = mapped.codes or Codes(meanings=_own_meanings(mapped))
    written, position = _written(text)
    found = _look_up(written, codes, mapped.column.kind)
    values = found["meaning"].gather(position)
    if codes.blank is not None:
        empty = found.filter("empty")["written"]
        blank = text.is_null() | text.is_in(empty.implode()).fill_null(value=False)
        values = computed(values, pl.when(blank).then(pl.lit(codes.blank)).otherwise(VALUE))
    unknown = found.filter("unknown")["written"]
    rows = text.is_in(unknown.implode()).arg_true() if len(unknown) else _NO_ROWS
    return Reading(values.alias(text.name), rows, "a code that the mapping lists under `values:`")


def _written(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The different codes written, and which of them each row has."""
    written = text.head(_SAMPLE).drop_nulls().unique()  # most often these are all
    position = text.cast(pl.Enum(written), strict=False)
    if position.null_count() > text.null_count():
        written = text.drop_nulls().unique()
        position = text.cast(pl.Enum(written))
    return written, position.to_physical()


def _own_meanings(mapped: MappedColumn) -> Mapping[str, str | None]:
    if mapped.column.kind is Kind.YES_NO:
        return _YES_NO
    return {plain_code(choice): choice for choice in mapped.column.choices}


def _look_up(written: pl.Series, codes: Codes, kind: Kind) -> pl.DataFrame:
    """What each written code means. Columns: written, meaning, empty (nothing but space), unknown."""
    plain = plain_codes(written)
    known = plain.is_in(list(codes.meanings)).fill_null(value=False)
    meanings = plain.replace_strict(
        pl.Series(list(codes.meanings), dtype=pl.String),
        pl.Series(list(codes.meanings.values()), dtype=pl.String),
        default=None,
        return_dtype=pl.String,
    )
    frame = pl.DataFrame(
        {"written": written, "meaning": meanings, "known": known, "plain": plain, "empty": plain.is_null()}
    )
    left = ~pl.col("known") & ~pl.col("empty")
    otherwise = _otherwise(codes, kind)
    if otherwise is None:
        return frame.with_columns(unknown=left)
    return frame.with_columns(
        meaning=pl.when(left).then(otherwise).otherwise("meaning"), unknown=pl.lit(value=False)
    )


def _otherwise(codes: Codes, kind: Kind) -> pl.Expr | None:
    """What a code means that the mapping does not list, or None where such a row is set aside."""
    if codes.has_other:
        return pl.lit(codes.other, dtype=pl.String)
    if kind is Kind.OPEN_CODE:
        return pl.col("plain").str.replace_all(r"[^a-z0-9]+", "_").str.strip_chars("_")
    if kind is Kind.TEXT:
        return pl.col("written").str.strip_chars()
    return None
