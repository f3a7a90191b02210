"""The links that keep a household from being sure: what an officer confirms before anybody is contacted.

A probable household is held together by at least one link that rests on name and address alone. Of its
records the one with the weakest link is asked about; if others are as weak, the next night asks about them.
"""

import polars as pl

from smart_record.linkage.pairs.evidence import ONE_HOUSEHOLD
from smart_record.linkage.rows.verdicts import HOUSEHOLD_CONFIRMED
from smart_record.linkage.sources import record_of_row

ROW = ("source", "record_ref", "role")
OTHER = tuple(f"other_{name}" for name in ROW)
WEAK_COLUMNS = (*ROW, *OTHER, "match_weight", "evidence")
ONE_BUSINESS = "the same property and business; no person in common"
"""The evidence of two records that are one household without anybody named in both, where none is told."""

_OF_ONE_HOME = ("household_id", "resident_id")
"""Who parted from a household may stand in two: in the old one's past, and in their own."""

_SURE = "date of birth|National Insurance|confirmed by an officer"


def weak_links(links: pl.DataFrame, households: pl.DataFrame) -> pl.DataFrame:
    """One question for each probable household.

    Args:
        links: `Linkage.links`.
        households: `Linkage.households`.

    Returns:
        `WEAK_COLUMNS`, sorted: two rows of one resident on different records or, where two records have
        nobody in common, the two records, without roles.
    """
    probable = households.filter(confidence="probable").select("household_id")
    rows = links.join(probable, on="household_id", how="semi").with_columns(
        record=pl.concat_str(*record_of_row(), separator="/")
    )
    loose = _between_records(rows)
    people = _between_rows(rows.join(loose, on="household_id", how="anti"))
    return pl.concat([people, loose]).select(WEAK_COLUMNS).sort(*ROW, *OTHER)


def _between_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """The weakest row of each household whose resident is on another record too, and that other row.

    Of several, the one whose own best link is the same: the evidence told is of these two.
    """
    shared = rows.filter(pl.col("record").n_unique().over(*_OF_ONE_HOME) > 1)
    sure = pl.col("evidence").str.contains(_SURE)
    order = ["household_id", "sure", "match_weight", *ROW]
    weakest = shared.with_columns(sure=sure).sort(order, nulls_last=True)
    weakest = weakest.unique("household_id", keep="first", maintain_order=True)
    link = ("match_weight", "evidence")
    other = shared.select(*_OF_ONE_HOME, pl.col("record", *ROW, *link).name.prefix("other_"))
    another_link = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"other_{name}")) for name in link)
    pairs = weakest.join(other, on=_OF_ONE_HOME).filter(pl.col("record") != pl.col("other_record"))
    return (
        pairs.sort("household_id", another_link, *OTHER)
        .unique("household_id", keep="first", maintain_order=True)
        .select("household_id", *WEAK_COLUMNS)
    )


def _between_records(rows: pl.DataFrame) -> pl.DataFrame:
    """A record of each household that has nobody in common with its others, and the first of those."""
    shared = pl.col("record").n_unique().over(*_OF_ONE_HOME) > 1
    told = pl.col("evidence").str.contains(HOUSEHOLD_CONFIRMED, literal=True)
    source, record_ref = record_of_row()
    records = (
        rows.with_columns(loose=~shared & ~told)
        .group_by("household_id", source, record_ref)
        .agg(pl.col("loose").all(), told=_told().drop_nulls().first())
        .sort("household_id", "source", "record_ref")
    )
    told_of = pl.col("told").drop_nulls().first().over("household_id")
    loose = records.filter("loose").with_columns(told=pl.coalesce("told", told_of))
    loose = loose.unique("household_id", keep="first", maintain_order=True)
    pairs = loose.join(records, on="household_id", suffix="_other").filter(
        (pl.col("source") != pl.col("source_other")) | (pl.col("record_ref") != pl.col("record_ref_other"))
    )
    first = pairs.sort("household_id", "source_other", "record_ref_other").unique(
        "household_id", keep="first", maintain_order=True
    )
    nobody = pl.lit(None, dtype=pl.String)
    return first.select(
        "household_id",
        "source",
        "record_ref",
        role=nobody,
        other_source="source_other",
        other_record_ref="record_ref_other",
        other_role=nobody,
        match_weight=pl.lit(None, dtype=pl.Float64),
        evidence=pl.coalesce("told", pl.lit(ONE_BUSINESS)),
    )


def _told() -> pl.Expr:
    """What joins a record to its household beside the people whom it names."""
    parts = pl.col("evidence").str.split("; ")
    joining = parts.list.eval(pl.element().filter(pl.element().str.starts_with(ONE_HOUSEHOLD)))
    return joining.list.first()
