"""How often two forenames at one home are one person's, by the council's own rows whose births are known.

Elimination (`left_over`) leaves one row of two records for each other. Whether that is one person under two
names or two of a family depends on the council: here many go by a second name, there brothers share a flat
and each has a record of his own. Where both births are known they say which, and what they say is believed of
those whose births are not.
"""

import numpy as np
import polars as pl

from smart_record.standardise.distinct import Distinct

COUPLES_TELL, CLAIMS_TELL, DISCOUNTS_TELL = "couples_tell", "claims_tell", "discounts_tell"
TELLING = (COUPLES_TELL, CLAIMS_TELL, DISCOUNTS_TELL)

_ODDS = 5
"""One person is believed where that is so many times as often right as wrong."""

_SHIPPED = 8
"""Pairs of one person that stand for what was seen elsewhere, where a council has few of its own."""

_ALIKE = 2
"""Of year, month and day, so many are the same where one birth was typed twice."""

_ROWS = 50_000
"""Rows that are enough to count by."""

_OUTLIVED_DAYS = 31
"""A bill of one who lives alone that began so long after the tenancy may be the widow's of who had that."""

_READ = (
    "record", "source", "sex_likely", "dob", "dob_weak", "starts", "ends", "award_pence", "one_adult",
)  # fmt: skip


def outlived(bill: str, other: str) -> pl.Expr:
    """Whether a bill of one who lives alone began long after the other record, by their columns."""
    return ((pl.col(bill) - pl.col(other)).dt.total_days() > _OUTLIVED_DAYS).fill_null(value=False)


def what_tells(adults: pl.DataFrame, homes: Distinct, names: pl.DataFrame) -> dict[str, bool]:
    """What elimination may tell in this council where births do not.

    Args:
        adults: Person rows with their record's columns, sex_likely and dob_weak.
        homes: Where each lives; of a large council some are drawn.
        names: Row by row forename and surname, as numbers, and initial (of the forename).

    Returns:
        Of each of `TELLING`, whether it tells: that who is left of a couple is one person; who alone claims
        what one person's bill is reduced by; who lives alone by the discount.
    """
    some = homes.spread(homes.texts.hash() % max(adults.height // _ROWS, 1) == 0).fill_null(value=False)
    record = adults["record"].to_numpy()
    about = [adults.select(_READ), homes.codes.alias("home").to_frame()]
    rows = pl.concat([names, *about], how="horizontal").with_columns(people=np.bincount(record)[record])
    rows = rows.filter(some)
    sure = pl.col("dob").is_not_null() & ~pl.col("dob_weak").fill_null(value=False) & pl.col("ends").is_null()
    pairs = _left_over(rows.filter(sure).drop_nulls(["home", *names.columns]), rows)
    single = (pl.col("people") == 1) & (pl.col("people_r") == 1)
    lone = (pl.col("one_adult") & ~outlived("starts", "starts_r")).fill_null(value=False)
    other_lone = (pl.col("one_adult_r") & ~outlived("starts_r", "starts")).fill_null(value=False)
    award = (pl.col("award_pence") > 0) & (pl.col("award_pence") == pl.col("award_pence_r"))
    kinds = {
        COUPLES_TELL: pl.col("beside"),
        CLAIMS_TELL: single & award.fill_null(value=False),
        DISCOUNTS_TELL: single & (lone | other_lone),
    }
    return {name: _is_told(pairs.filter(kind)["one"]) for name, kind in kinds.items()}


def _is_told(one: pl.Series) -> bool:
    """Whether these pairs, each one person or two, are one person often enough."""
    right = int(one.sum())
    return right + _SHIPPED >= _ODDS * (len(one) - right + 1)


def _left_over(judged: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one home and surname and two initials, neither of which the other's record names too.

    Returns:
        The columns of `judged`, twice, one (whether the births are one, but for a slip) and beside (whether
        the two records name somebody else of one forename).
    """
    both = judged.join(judged, on=["home", "surname"], suffix="_r")
    unlike = (pl.col("source") < pl.col("source_r")) & (pl.col("initial") != pl.col("initial_r"))
    of_one_sex = (pl.col("sex_likely") == pl.col("sex_likely_r")).fill_null(value=True)
    pairs = both.filter(unlike & of_one_sex & (pl.col("people") == pl.col("people_r")))
    here = named.filter(pl.col("record").is_in(pl.concat([pairs["record"], pairs["record_r"]]).implode()))
    initials, forenames = (
        here.select("record", name).drop_nulls().unique() for name in ("initial", "forename")
    )
    for record, initial in (("record", "initial_r"), ("record_r", "initial")):
        pairs = pairs.join(initials, left_on=[record, initial], right_on=["record", "initial"], how="anti")
    shared = pairs.select("record", "record_r").join(forenames, on="record")
    shared = shared.join(forenames, left_on=["record_r", "forename"], right_on=["record", "forename"])
    shared = shared.select("record", "record_r", beside=pl.lit(value=True)).unique()
    born, other_born = (pl.col(name).dt for name in ("dob", "dob_r"))
    parts = ((one.year(), one.month(), one.day()) for one in (born, other_born))
    alike = pl.sum_horizontal(one == other for one, other in zip(*parts, strict=True))
    pairs = pairs.join(shared, on=["record", "record_r"], how="left")
    return pairs.with_columns(pl.col("beside").fill_null(value=False), one=alike >= _ALIKE)
