"""How each system holds a date of birth and a National Insurance number, and writes money and dates."""

import numpy as np
import polars as pl

from triage.invented.chance import draw, happens, worsened

_DOB_WRONG = 0.019
_DOB_KINDS = (0.12, 0.16, 0.14, 0.32, 0.26)  # swapped, 1900-01-01, 1 January, another year, another day
_LATER_UP_TO = 1995  # a slip makes nobody younger than a child
_NINO_WRONG, _NINO_TEMPORARY = 0.010, 0.010
_NINO_STYLES = (0.81, 0.125, 0.065)


def births(rng: np.random.Generator, people: pl.DataFrame, *, missing: float, dirt: float) -> pl.Series:
    """Dates of birth as held: some missing, a few with day and month swapped, a placeholder or a slip."""
    size = people.height
    born = people["born"].cast(pl.Int32).cast(pl.Date)
    held = pl.DataFrame({"born": born, "kind": draw(rng, _DOB_KINDS, size)})
    wrong = pl.Series(happens(rng, worsened(_DOB_WRONG, dirt), size))
    known = pl.Series(~happens(rng, worsened(missing, dirt), size))
    date, kind = pl.col("born"), pl.col("kind")
    year, month, day = date.dt.year(), date.dt.month(), date.dt.day()
    years_off = pl.Series(np.array([1, 10])[rng.integers(0, 2, size)])
    later = pl.Series(happens(rng, 0.5, size)) & (year < _LATER_UP_TO)
    other_year = year + pl.when(later).then(years_off).otherwise(-years_off)
    slipped = (
        pl.when((kind == 0) & (day <= 12))
        .then(pl.date(year, day, month))
        .when(kind == 1)
        .then(pl.date(1900, 1, 1))
        .when(kind == 2)
        .then(pl.date(year, 1, 1))
        .when(kind == 3)
        .then(pl.date(other_year, month, pl.min_horizontal(day, 28)))
        .otherwise(pl.date(year, month, 1 + (day + 8) % 28))
    )
    return held.select(pl.when(known).then(pl.when(wrong).then(slipped).otherwise(date))).to_series()


def ninos_held(rng: np.random.Generator, people: pl.DataFrame, *, missing: float, dirt: float) -> pl.Series:
    """National Insurance numbers as held: spaced or in small letters, a digit wrong, temporary, missing."""
    size = people.height
    known = pl.Series(~happens(rng, worsened(missing, dirt), size))
    wrong = pl.Series(happens(rng, worsened(_NINO_WRONG, dirt), size))
    temporary = pl.Series(happens(rng, worsened(_NINO_TEMPORARY, dirt), size))
    at = pl.Series(rng.integers(2, 8, size))
    digit = (pl.col("nino").str.slice(at, 1).cast(pl.Int64) + 1) % 10
    mistaken = pl.col("nino").str.head(at) + digit.cast(pl.String) + pl.col("nino").str.slice(at + 1)
    born = people["born"].cast(pl.Int32).cast(pl.Date).dt.strftime("%d%m%y")
    sex = pl.when("female").then(pl.lit("F")).otherwise(pl.lit("M"))
    number = people.select(
        pl.when(temporary).then(pl.lit("TN") + born + sex).when(wrong).then(mistaken).otherwise("nino")
    ).to_series()
    style = pl.Series(draw(rng, _NINO_STYLES, size))
    spaced = pl.concat_str(
        *(number.str.slice(start, 2) for start in (0, 2, 4, 6)), number.str.slice(8), separator=" "
    )
    styled = pl.when((style == 0) | temporary).then(number).when(style == 1).then(spaced)
    return pl.select(pl.when(known).then(styled.otherwise(spaced.str.to_lowercase()))).to_series()


def pounds(pence: pl.Series) -> pl.Series:
    """Pence as the systems print them: `1234.50`, `-3.07`."""
    size = pence.abs()
    minus = pl.when(pence < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    whole, rest = (size // 100).cast(pl.String), (size % 100).cast(pl.String).str.zfill(2)
    return pl.select(minus + whole + "." + rest).to_series()


def dates(days: pl.Series, form: str) -> pl.Series:
    """Days since 1970-01-01 as text in this form; null stays null."""
    return days.cast(pl.Int32).cast(pl.Date).dt.strftime(form)
