"""Dates of birth, National Insurance numbers, middle names and sex of each pair compared."""

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

_NINO_SLIPS = 2
"""Of two rows of one person each may have one."""

GENERATION_YEARS = 13
"""Two people of one name in one household are parent and child, and so at least so far apart."""


def middle_level() -> pl.Expr:
    """1 the first middle initials agree, -1 they differ, 0 not known."""
    one, other = pl.col("middle_l").str.slice(0, 1), pl.col("middle_r").str.slice(0, 1)
    return pl.when(one.is_null() | other.is_null()).then(0).when(one == other).then(1).otherwise(-1)


def sex_level() -> pl.Expr:
    """-2 titles or claims say different sexes, -1 a forename does, 0 nothing is said."""
    told = (pl.col("sex_l") != pl.col("sex_r")).fill_null(value=False)
    likely = (pl.col("sex_likely_l") != pl.col("sex_likely_r")).fill_null(value=False)
    return pl.when(told).then(-2).when(likely).then(-1).otherwise(0)


def birth_level() -> pl.Expr:
    """3 equal, 2 a slip apart, 1 and -1 the year agrees or not where only it is known, 0 differ, null."""
    one, other = pl.col("dob_l"), pl.col("dob_r")
    year = one.dt.year() == other.dt.year()
    month = one.dt.month() == other.dt.month()
    day = one.dt.day() == other.dt.day()
    swapped = year & (one.dt.month() == other.dt.day()) & (one.dt.day() == other.dt.month())
    one_wrong = (year & (month | day)) | (month & day & _year_slip(one.dt.year(), other.dt.year()))
    return (
        pl.when(one.is_null() | other.is_null())
        .then(None)
        .when(pl.col("dob_weak_l") | pl.col("dob_weak_r"))
        .then(pl.when(year).then(1).otherwise(-1))
        .when(one == other)
        .then(3)
        .when(swapped | one_wrong)
        .then(2)
        .otherwise(0)
    )


def one_generation() -> pl.Expr:
    """Whether two dates of birth that differ may be one, wrong twice, and not a parent's and a child's.

    Something of the date is the same, or day and month stand in the other order.
    """
    one, other = pl.col("dob_l"), pl.col("dob_r")
    days, months = (one.dt.day(), other.dt.day()), (one.dt.month(), other.dt.month())
    common = (one.dt.year() == other.dt.year()) | (days[0] == days[1]) | (months[0] == months[1])
    crossed = (days[0] == months[1]) & (months[0] == days[1])
    near = (one.dt.year() - other.dt.year()).abs() < GENERATION_YEARS
    return (near & (common | crossed)).fill_null(value=False)


def _year_slip(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """One digit of the year wrong by one, or its last two the other way round."""
    crossed = (one // 100 == other // 100) & (one % 10 == other // 10 % 10) & (one // 10 % 10 == other % 10)
    return (one - other).abs().is_in([1, 10]) | crossed


def nino_levels(left: pl.Series, right: pl.Series) -> pl.Series:
    """2 equal, 1 up to two characters wrong or swapped with a neighbour, 0 differ, null not known.

    Two numbers drawn at random are so near once in a million pairs.
    """
    both = pl.DataFrame({"left": left, "right": right}).with_row_index("pair")
    unequal = both.filter(pl.col("left") != pl.col("right"))
    one, other = unequal["left"].to_list(), unequal["right"].to_list()
    edits = pl.Series(
        process.cpdist(one, other, scorer=OSA.distance, score_cutoff=_NINO_SLIPS), dtype=pl.Int64
    )
    near = unequal.select("pair", near=(edits <= _NINO_SLIPS).cast(pl.Int8))
    level = pl.when(pl.col("left") == pl.col("right")).then(pl.lit(2, pl.Int8)).otherwise("near")
    return (
        both.join(near, on="pair", how="left", maintain_order="left").select(level.alias("nino")).to_series()
    )
