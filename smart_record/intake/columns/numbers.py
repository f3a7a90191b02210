"""Read dates, counts and UPRNs."""

from datetime import date

import polars as pl

from smart_record.intake.columns.reading import VALUE, Reading, as_text, computed, read_twice, without_blanks
from smart_record.intake.mapping_files.date_forms import DateForm

_WHOLE = r"^0*(\d{1,12})(?:\.0+)?$"
_UPRN_LIMIT = 10**12
_FOUR_DIGITS = date(1000, 1, 1)


def read_dates(raw: pl.Series, forms: tuple[DateForm, ...], blanks: tuple[str, ...]) -> Reading:
    """Read dates in any of the given forms; a time of day is left out."""
    if raw.dtype == pl.Date or isinstance(raw.dtype, pl.Datetime):
        return Reading(raw.dt.date(), pl.Series(dtype=pl.UInt32), "a date")  # as its own time zone has it
    expected = f"a date that exists, written {' or '.join(form.shown for form in forms)}"
    return read_twice(
        without_blanks(as_text(raw), blanks),
        lambda text: _dates(text, forms[:1]),
        lambda text: _dates(text, forms),
        expected=expected,
    )


def _dates(text: pl.Series, forms: tuple[DateForm, ...]) -> pl.Series:
    read = [_dates_of_form(text, form).alias(form.shown) for form in forms]
    return pl.DataFrame(read).select(pl.coalesce(pl.all())).to_series().alias(text.name)


def _dates_of_form(text: pl.Series, form: DateForm) -> pl.Series:
    if form.has_time:
        read = text.str.strptime(pl.Datetime, form.pattern, strict=False).dt.date()
    else:
        read = text.str.strptime(pl.Date, form.pattern, strict=False)
    # A parser takes 26 for the year 26; which century was meant can't be told.
    return computed(read, pl.when(pl.lit(_FOUR_DIGITS) <= VALUE).then(VALUE))


def read_counts(raw: pl.Series, blanks: tuple[str, ...]) -> Reading:
    """Read whole numbers from nought up."""
    return read_twice(
        without_blanks(as_text(raw), blanks), _quick_whole, _careful_whole, expected="a whole number"
    )


def read_uprns(raw: pl.Series, blanks: tuple[str, ...]) -> Reading:
    """Read Unique Property Reference Numbers of up to 12 digits; 0 is not known.

    Zeros in front and a spreadsheet's `.0` are taken off.

    Source: BS 7666-2:2006.
    """
    text = without_blanks(as_text(raw), blanks)
    reading = read_twice(text, _quick_whole, _careful_whole, expected="a UPRN (up to 12 digits)")
    known = computed(reading.values, pl.when(VALUE > 0).then(VALUE))
    return Reading(known, reading.unreadable, reading.expected)


def _quick_whole(text: pl.Series) -> pl.Series:
    number = VALUE.cast(pl.Int64, strict=False)
    return computed(text, pl.when(number.is_between(0, _UPRN_LIMIT - 1)).then(number))


def _careful_whole(text: pl.Series) -> pl.Series:
    return text.str.extract(_WHOLE).cast(pl.Int64, strict=False)
