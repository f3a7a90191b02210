"""What the council's own rows teach about names: how common each is and whose, what a slip stood for."""

import math

import numpy as np
import polars as pl

from smart_record.linkage.names.name_tables import known_forenames
from smart_record.linkage.names.turned_names import names_in_order
from smart_record.linkage.rows.second_names import what_tells
from smart_record.linkage.sources import BENEFITS, COUNCIL_TAX
from smart_record.standardise.addresses.misspellings import corrections
from smart_record.standardise.distinct import Distinct

_COMMON_TO_RARE = 8
_SURE_OF_SEX, _FEWEST_TO_TELL = 10, 3
"""A forename tells a sex where one sex has it so many times as often as the other, and at least so often."""

_AWARDS_AGREE, _AWARDS_JUDGED = 0.8, 20
"""How many bills and claims of one name at one property must show an award alike for awards to tell people
apart, and from how many this is judged."""

_SELDOM = 2
"""Rows of a forename that nobody else need bear: it may be another one twice misspelt."""

_STEPS_A_BIT, _STEPS_OF_SIZE = 4, 16
"""In how many steps a bit of shares and of the council's size is told: so finely that no weight suffers, and
so coarsely that a night on which few rows change leaves nearly all others as they were."""


def with_traits(adults: pl.DataFrame) -> pl.DataFrame:
    """Add what is learned from all rows together.

    Args:
        adults: Person rows with record, source, title, forename, surname, sex, dob, dob_weak and the columns
            of their record.

    Returns:
        The same rows with: forename and surname changed round where they plainly stand in the other's place,
        forename_meant (the forename, corrected where it is a slip of a common one), sex_likely ("M", "F" or
        null; by the row itself, else by its forename), forename_share, surname_share (of all rows, 0 to 1, to
        a quarter of a bit), forename_odd (bool: a forename of no table that hardly any row bears),
        at_property (rows of the same source at the property or, where that is not found, of its words),
        award_share (of all rows: those with the same award), ends_share (of all dated rows: those that start
        in the month in which this one ends),
        council_bits (log2 of how many rows there are, to a sixteenth of a bit), and `second_names.TELLING`.
        award_pence becomes null where this council's bills and claims don't show the same award.
    """
    first, last = names_in_order(adults["forename"], adults["surname"])
    at = Distinct.of(adults.select(pl.coalesce("property", "words")).to_series())
    rows = adults.with_columns(
        first.spread(first.texts).alias("forename"),
        last.spread(last.texts).alias("surname"),
        *_forename_traits(first, adults["sex"]),
        _shares(last).alias("surname_share"),
        _share_of_starts(adults["starts"], adults["ends"]).alias("ends_share"),
        _rows_at(at, adults["source"]).alias("at_property"),
        council_bits=_council_bits(adults.height),
    )
    bearers = pl.DataFrame({"property": at.codes, "forename": first.codes, "surname": last.codes})
    if not _awards_agree(bearers, adults.select("source", "ends", "award_pence")):
        rows = rows.with_columns(award_pence=pl.lit(None, pl.Int64))
    initials = first.spread(first.texts.str.head(1)).alias("initial")
    telling = what_tells(rows, at, bearers.drop("property").with_columns(initials))
    told = [pl.lit(value).alias(name) for name, value in telling.items()]
    return rows.with_columns(*told, award_share=_share(pl.len().over("award_pence"), pl.len()))


def _share(rows: pl.Expr, of: pl.Expr) -> pl.Expr:
    bits = ((rows / of).log(2) * _STEPS_A_BIT).round() / _STEPS_A_BIT
    return pl.lit(2.0).pow(bits)


def _share_of(rows: pl.Series, of: int) -> pl.Series:
    return rows.to_frame("rows").select(_share(pl.col("rows"), pl.lit(of))).to_series()


def _shares(distinct: Distinct) -> pl.Series:
    """Row by row the share of all rows that have its text; those without any are alike too."""
    rows = len(distinct.codes)
    without = _share_of(pl.Series([distinct.codes.null_count()]), rows).item()
    return distinct.spread(_share_of(distinct.uses(), rows)).fill_null(without)


def _council_bits(rows: int) -> float:
    return round(math.log2(max(rows, 2)) * _STEPS_OF_SIZE) / _STEPS_OF_SIZE


def is_odd_forename(forename: pl.Expr) -> pl.Expr:
    """Whether a forename stands in no table of names and hardly any row bears it."""
    return _is_odd(forename, pl.len().over("forename"))


def _is_odd(forename: pl.Expr, uses: pl.Expr) -> pl.Expr:
    known = forename.is_in(known_forenames().implode())
    return (uses <= _SELDOM) & ~known & (forename.str.len_bytes() > 1)


def _forename_traits(forename: Distinct, sex: pl.Series) -> list[pl.Series]:
    """forename_meant, sex_likely, forename_share and forename_odd, row by row."""
    words = pl.DataFrame({"word": forename.texts, "uses": forename.uses()})
    meant = words.join(_corrected(words), on="word", how="left", maintain_order="left")
    by_row = forename.replaced(meant.select(pl.coalesce("corrected", "word")).to_series())
    told = by_row.spread(_sex_by_forename(by_row, sex))
    odd = words.select(_is_odd(pl.col("word"), pl.col("uses"))).to_series()
    return [
        by_row.spread(by_row.texts).alias("forename_meant"),
        sex.zip_with(sex.is_not_null(), told).alias("sex_likely"),
        _shares(forename).alias("forename_share"),
        forename.spread(odd).fill_null(value=False).alias("forename_odd"),
    ]


def _corrected(words: pl.DataFrame) -> pl.DataFrame:
    borne = words.filter(pl.col("word").str.len_bytes() > 1)
    borne = borne.with_columns(trusted=pl.col("word").is_in(known_forenames().implode()))
    return corrections(borne, common_to_rare=_COMMON_TO_RARE, slips=1)


def _sex_by_forename(meant: Distinct, sex: pl.Series) -> pl.Series:
    """The sex that each forename tells, from titles and from claims; null where it tells none."""
    of_sex = {
        letter: Distinct(meant.texts, meant.codes.filter((sex == letter).fill_null(value=False))).uses()
        for letter in ("M", "F")
    }
    most, least = pl.max_horizontal("M", "F"), pl.min_horizontal("M", "F")
    whole = pl.col("word").str.len_bytes() > 1
    sure = whole & (most >= _FEWEST_TO_TELL) & (most >= _SURE_OF_SEX * least)
    sexes = pl.when(pl.col("M") > pl.col("F")).then(pl.lit("M")).otherwise(pl.lit("F"))
    return pl.DataFrame({"word": meant.texts, **of_sex}).select(pl.when(sure).then(sexes)).to_series()


def _awards_agree(bearers: pl.DataFrame, rows: pl.DataFrame) -> bool:
    """Whether the award can speak: some councils' bills show none, or another sum than the claim.

    Judged by people of one name at one property, whose bill and claim both run.

    Args:
        bearers: Row by row property, forename and surname, as numbers.
        rows: Columns: source, ends, award_pence.
    """
    same = ["property", "forename", "surname"]
    running = pl.concat([bearers, rows], how="horizontal").filter(pl.col("ends").is_null())
    claims, bills = (
        running.filter(pl.col("source") == source).select(*same, paid=pl.col("award_pence") > 0).drop_nulls()
        for source in (BENEFITS, COUNCIL_TAX)
    )
    bills = bills.filter(pl.col("property").is_in(claims["property"].unique().implode()))
    claims, bills = (asked.unique(same, keep="none") for asked in (claims, bills))
    both = bills.join(claims, on=same, suffix="_claim").filter(pl.col("paid") | pl.col("paid_claim"))
    agree = int((both["paid"] == both["paid_claim"]).sum())
    return both.height < _AWARDS_JUDGED or agree >= _AWARDS_AGREE * both.height


def _share_of_starts(starts: pl.Series, ends: pl.Series) -> pl.Series:
    """Row by row the share of all dated rows that start in the month in which it ends."""
    began, ended = (day.dt.year() * 12 + day.dt.month() for day in (starts, ends))
    months = ended.drop_nulls().to_numpy().max(initial=0) + 1
    counts = pl.Series(np.bincount(began.drop_nulls().to_numpy(), minlength=months))
    return _share_of(counts.set(counts == 0, None), max(began.count(), 1)).gather(ended)


def _rows_at(at: Distinct, source: pl.Series) -> pl.Series:
    """Row by row how many rows of its source are at its home; one where no home can be told from another."""
    sources = Distinct.of(source)
    key = at.codes.fill_null(len(at.texts)).to_numpy().astype(np.int64) * len(sources.texts)
    key += sources.codes.to_numpy()
    return pl.Series(np.bincount(key)[key], dtype=pl.UInt32).set(at.codes.is_null(), 1)
