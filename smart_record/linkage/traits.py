"""What the council's own rows teach about names: how common each is and whose, what a slip stood for."""

import math

import numpy as np
import polars as pl

from smart_record.linkage.name_tables import known_forenames
from smart_record.linkage.sources import BENEFITS, COUNCIL_TAX
from smart_record.standardise.distinct import Distinct
from smart_record.standardise.misspellings import corrections

_COMMON_TO_RARE = 8
_SURE_OF_SEX, _FEWEST_TO_TELL = 10, 3
"""A forename tells a sex where one sex has it so many times as often as the other, and at least so often."""

_AWARDS_AGREE, _AWARDS_JUDGED = 0.8, 20
"""How many bills and claims of one name at one property must show an award alike for awards to tell people
apart, and from how many this is judged."""

_PLAINLY_TURNED = 50.0
"""How many times likelier forename and surname must be the other way round, by their use in other rows."""

_LIKE_A_FORENAME = 5.0
"""How many times likelier a forename of the tables is one, beside a word that the tables don't know."""

_LIKE_AN_INITIAL = 20.0
"""How many times likelier a single letter is a forename's than a surname's."""

_SELDOM = 2
"""Rows of a forename that nobody else need bear: it may be another one twice misspelt."""

_STEPS_A_BIT, _STEPS_OF_SIZE = 4, 16
"""In how many steps a bit of shares and of the council's size is told: so finely that no weight suffers, and
so coarsely that a night on which few rows change leaves nearly all others as they were."""

_MOST_BORNE = ("forename", "surname")
_COMPARED_WHOLE = ("property", "building", "words", "telephone", "email")


def with_traits(adults: pl.DataFrame) -> pl.DataFrame:
    """Add what is learned from all rows together.

    Args:
        adults: Person rows with source, title, forename, surname, sex and the columns of their record.

    Returns:
        The same rows with: forename and surname changed round where they plainly stand in the other's place,
        forename_meant (the forename, corrected where it is a slip of a common one), sex_likely ("M", "F" or
        null; by the row itself, else by its forename), forename_share, surname_share (of all rows, 0 to 1, to
        a quarter of a bit), forename_odd (bool: a forename of no table that hardly any row bears),
        at_property (rows of the same source at the property), award_share (of all rows: those with the same
        award), ends_share (of all dated rows: those that start in the month in which this one ends),
        council_bits (log2 of how many rows there are, to a sixteenth of a bit).
        award_pence becomes null where this council's bills and claims don't show the same award.
    """
    rows = _in_order(adults)
    rows = rows.join(_corrected(rows), left_on="forename", right_on="word", how="left", maintain_order="left")
    rows = rows.with_columns(forename_meant=pl.coalesce("corrected", "forename")).drop("corrected")
    rows = rows.join(_sex_by_forename(rows), on="forename_meant", how="left", maintain_order="left")
    rows = rows.with_columns(
        *(_share(pl.len().over(name), pl.len()).alias(f"{name}_share") for name in _MOST_BORNE),
        forename_odd=is_odd_forename(pl.col("forename")),
        sex_likely=pl.coalesce("sex", "sex_by_forename"),
    )
    rows = _with_awards_that_agree(rows).with_columns(
        award_share=_share(pl.len().over("award_pence"), pl.len())
    )
    rows = rows.with_columns(
        at_property=pl.len().over("property", "source"), council_bits=_council_bits(rows.height)
    )
    return _with_share_of_starts(rows.drop("sex_by_forename"))


def numbered(adults: pl.DataFrame) -> pl.DataFrame:
    """The rows with property, building, words, telephone and email as numbers, equal where the texts are."""
    return adults.with_columns(Distinct.of(adults[name]).codes.alias(name) for name in _COMPARED_WHOLE)


def _share(rows: pl.Expr, of: pl.Expr) -> pl.Expr:
    bits = ((rows / of).log(2) * _STEPS_A_BIT).round() / _STEPS_A_BIT
    return pl.lit(2.0).pow(bits)


def _council_bits(rows: int) -> float:
    return round(math.log2(max(rows, 2)) * _STEPS_OF_SIZE) / _STEPS_OF_SIZE


def is_odd_forename(forename: pl.Expr) -> pl.Expr:
    """Whether a forename stands in no table of names and hardly any row bears it."""
    known = forename.is_in(known_forenames().implode())
    return (pl.len().over("forename") <= _SELDOM) & ~known & (forename.str.len_bytes() > 1)


def _with_awards_that_agree(rows: pl.DataFrame) -> pl.DataFrame:
    """The award only where it can speak: some councils' bills show none, or another sum than the claim.

    Judged by people of one name at one property, whose bill and claim both run.
    """
    running = rows.filter(pl.col("ends").is_null() & pl.col("property").is_not_null())
    same = ["property", "forename", "surname"]
    bills, claims = (
        running.filter(pl.col("source") == source)
        .select(*same, paid=pl.col("award_pence") > 0)
        .drop_nulls()
        .unique(same, keep="none")
        for source in (COUNCIL_TAX, BENEFITS)
    )
    both = bills.join(claims, on=same, suffix="_claim").filter(pl.col("paid") | pl.col("paid_claim"))
    agree = (both["paid"] == both["paid_claim"]).sum()
    if both.height < _AWARDS_JUDGED or agree >= _AWARDS_AGREE * both.height:
        return rows
    return rows.with_columns(award_pence=pl.lit(None, pl.Int64))


def _with_share_of_starts(rows: pl.DataFrame) -> pl.DataFrame:
    months = rows.filter(pl.col("starts").is_not_null()).group_by(month=_month("starts"))
    dated = pl.lit(max(rows.height - rows["starts"].null_count(), 1))
    started = months.agg(ends_share=_share(pl.len(), dated))
    return rows.join(started, left_on=_month("ends"), right_on="month", how="left", maintain_order="left")


def _month(name: str) -> pl.Expr:
    return pl.col(name).dt.truncate("1mo")


def _in_order(adults: pl.DataFrame) -> pl.DataFrame:
    """Change forename and surname round where the council at large uses each as the other.

    A word is weighed by how often other rows use it as a forename and as a surname. Names that serve as both
    (James Thomas, Ali Hassan) stay as they are, for the comparison to try both ways.
    """
    forename, surname = pl.col("forename"), pl.col("surname")
    words = Distinct.of(pl.concat([adults["forename"], adults["surname"]]))
    sides = {"forename": words.codes.head(adults.height), "surname": words.codes.tail(adults.height)}
    first, last = (_uses(codes, len(words.texts)) for codes in sides.values())
    uses = {f"first_{name}": first.gather(codes) for name, codes in sides.items()}
    uses |= {f"last_{name}": last.gather(codes) for name, codes in sides.items()}
    rows = adults.with_columns(**uses)
    # without the row itself, and one more of each, so that a name nobody else bears decides nothing
    first_is_surname = (pl.col("last_forename") + 1) / pl.col("first_forename")
    last_is_forename = (pl.col("first_surname") + 1) / pl.col("last_surname")
    initial = (surname.str.len_bytes() == 1) & (forename.str.len_bytes() > 1)
    last_is_forename = pl.when(initial).then(_LIKE_AN_INITIAL).otherwise(last_is_forename)
    known = known_forenames().implode()
    only_last = surname.is_in(known) & ~forename.is_in(known)
    by_table = pl.when(only_last).then(_LIKE_A_FORENAME).otherwise(1.0)
    turned = (first_is_surname * last_is_forename * by_table >= _PLAINLY_TURNED) & (
        forename.str.len_bytes() > 1
    )
    turned = turned.fill_null(value=False)
    swapped = {
        "forename": pl.when(turned).then(surname.str.replace_all("-", "", literal=True)).otherwise(forename),
        "surname": pl.when(turned).then(forename).otherwise(surname),
    }
    return rows.with_columns(**swapped).select(adults.columns)


def _uses(codes: pl.Series, words: int) -> pl.Series:
    """How many rows have each word."""
    return pl.Series(np.bincount(codes.drop_nulls().to_numpy(), minlength=words), dtype=pl.Int64)


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
    most, least = pl.max_horizontal("men", "women"), pl.min_horizontal("men", "women")
    sure = (most >= _FEWEST_TO_TELL) & (most >= _SURE_OF_SEX * least)
    sex = pl.when(sure).then(
        pl.when(pl.col("men") > pl.col("women")).then(pl.lit("M")).otherwise(pl.lit("F"))
    )
    return counts.select("forename_meant", sex_by_forename=sex).drop_nulls()
