"""What the council's own rows teach about names: how common each is and whose, what a slip stood for."""

import polars as pl

from smart_record.linkage.name_tables import known_forenames
from smart_record.standardise.misspellings import corrections

_COMMON_TO_RARE = 8
_SURE_OF_SEX = 10
"""A forename tells a sex where one sex has it so many times as often as the other."""

_MOST_BORNE = ("forename", "surname")


def with_traits(adults: pl.DataFrame) -> pl.DataFrame:
    """Add what is learned from all rows together.

    Args:
        adults: Person rows with title, forename, surname, sex.

    Returns:
        The same rows with: forename_meant (the forename, corrected where it is a slip of a common one),
        sex_likely ("M", "F" or null; by the row itself, else by its forename), forename_share, surname_share
        (of all rows, 0 to 1).
    """
    rows = adults.join(
        _corrected(adults), left_on="forename", right_on="word", how="left", maintain_order="left"
    )
    rows = rows.with_columns(forename_meant=pl.coalesce("corrected", "forename")).drop("corrected")
    rows = rows.join(_sex_by_forename(rows), on="forename_meant", how="left", maintain_order="left")
    shares = [(pl.len().over(name) / pl.len()).alias(f"{name}_share") for name in _MOST_BORNE]
    others = pl.len().over("property", "source")
    rows = rows.with_columns(at_property=others)
    return rows.with_columns(*shares, sex_likely=pl.coalesce("sex", "sex_by_forename")).drop(
        "sex_by_forename"
    )


def _corrected(adults: pl.DataFrame) -> pl.DataFrame:
    borne = adults.filter(pl.col("forename").str.len_bytes() > 1).group_by(word="forename").agg(uses=pl.len())
    words = borne.with_columns(trusted=pl.col("word").is_in(known_forenames().implode()))
    return corrections(words, common_to_rare=_COMMON_TO_RARE, slips=1)


def _sex_by_forename(rows: pl.DataFrame) -> pl.DataFrame:
    """The sex that a forename tells, from titles and from claims: forename_meant, sex_by_forename."""
    told = rows.filter(pl.col("sex").is_not_null() & (pl.col("forename_meant").str.len_bytes() > 1))
    counts = told.group_by("forename_meant").agg(
        men=(pl.col("sex") == "M").sum().cast(pl.Int64), women=(pl.col("sex") == "F").sum().cast(pl.Int64)
    )
    sex = (
        pl.when(pl.col("men") >= _SURE_OF_SEX * pl.col("women").clip(1, None) // 3)
        .then(pl.when(pl.col("men") >= _SURE_OF_SEX * pl.col("women")).then(pl.lit("M")))
        .when(pl.col("women") >= _SURE_OF_SEX * pl.col("men").clip(1, None) // 3)
        .then(pl.when(pl.col("women") >= _SURE_OF_SEX * pl.col("men")).then(pl.lit("F")))
    )
    return counts.select("forename_meant", sex_by_forename=sex).drop_nulls()
