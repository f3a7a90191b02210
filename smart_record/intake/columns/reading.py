"""What it means to read a column: values written plainly at once, the rest cleaned and tried again."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from smart_record.intake.mapping_files.mapping import plain_code

VALUE = pl.col("value")
"""A column's values, within `computed`."""

Read = Callable[[pl.Series], pl.Series]


@dataclass(frozen=True, slots=True)
class Reading:
    """A column read.

    Attributes:
        values: Typed values; null where blank or unreadable.
        unreadable: The rows, from 0, whose value can't be read as what it should be.
        expected: What was expected there, to follow "is not".
    """

    values: pl.Series
    unreadable: pl.Series
    expected: str


def read_twice(text: pl.Series, quickly: Read, carefully: Read, *, expected: str) -> Reading:
    """Read text quickly, and what is left over carefully.

    Args:
        text: As delivered; null where blank.
        quickly: Reads values written the plain way and leaves the others null.
        carefully: Reads cleaned values and leaves those null that can't be read.
        expected: For the reason.
    """
    values = quickly(text)
    left = (values.is_null() & text.is_not_null()).arg_true()
    if left.is_empty():
        return Reading(values, left, expected)
    again = cleaned(text.gather(left))
    tried = carefully(again)
    return Reading(values.scatter(left, tried), left.filter(again.is_not_null() & tried.is_null()), expected)


def computed(values: pl.Series, expression: pl.Expr) -> pl.Series:
    """The column that an expression over `VALUE` makes of a column; it keeps its name."""
    return values.alias("value").to_frame().select(expression).to_series().alias(values.name)


def cleaned(text: pl.Series) -> pl.Series:
    """Text without space around it; null where nothing is left.

    >>> cleaned(pl.Series([" a ", "  ", None])).to_list()
    ['a', None, None]
    """
    return computed(text, _cleaned(VALUE))


def plain_codes(text: pl.Series) -> pl.Series:
    """Codes as compared: the column form of `mapping.plain_code`; null where blank."""
    return computed(text, _cleaned(VALUE.str.replace_all(r"\s+", " ").str.to_lowercase()))


def without_blanks(text: pl.Series, blanks: tuple[str, ...]) -> pl.Series:
    """Text with the supplier's own signs for nothing made null."""
    if not blanks:
        return text
    nothing = plain_codes(text).is_in([plain_code(blank) for blank in blanks]).fill_null(value=False)
    return computed(text, pl.when(~nothing).then(VALUE))


def as_text(raw: pl.Series) -> pl.Series:
    """A Parquet column as the text that a CSV file would have; whole numbers without a point.

    >>> as_text(pl.Series([40003798.0, None])).to_list()
    ['40003798', None]
    """
    if raw.dtype == pl.String:
        return raw
    if raw.dtype == pl.Boolean:
        raw = raw.cast(pl.Int8)
    if raw.dtype.is_float():
        known = raw.fill_nan(None)
        whole = known.cast(pl.Int64, strict=False)
        raw = whole if (whole == known).all() and whole.null_count() == known.null_count() else known
    return raw.cast(pl.String, strict=False)


def _cleaned(text: pl.Expr) -> pl.Expr:
    stripped = text.str.strip_chars()
    return pl.when(stripped != "").then(stripped)
