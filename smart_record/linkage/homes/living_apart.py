"""Those who lived together and live apart: each has a bill of their own, at two homes at one time.

A couple that separated stands together on a bill that ended, or that nobody has ended yet. Who stays keeps
the household; who left is another's, whose debts and address are not for the first to see.
"""

import numpy as np
import polars as pl

from smart_record.linkage.graph.clusters import Numbers
from smart_record.linkage.graph.packed_pairs import among
from smart_record.linkage.sources import BENEFITS, COUNCIL_TAX, RENT

_ALONE_ON = (COUNCIL_TAX, RENT)
"""Sources of which a household has one running record at one home."""

_READ = ("record", "source", "property", "words", "starts", "one_adult")


def living_apart(rows: pl.DataFrame, records: pl.DataFrame, group: Numbers) -> pl.DataFrame:
    """Records of one group that run at two homes and are two households'.

    Two of one source that have nobody in common, or of which one says that its one adult lives there alone,
    while the other names somebody else too: a person liable at two homes, of which one may be let, holds them
    together else. And a bill with a claim that began elsewhere later: an older one lags behind a move.

    Args:
        rows: All person rows with record, resident.
        records: `record_rows`.
        group: By record number, the records that are linked, directly or through others.

    Returns:
        left < right (record numbers), sorted.
    """
    running = records.select(*_READ, group=pl.Series(group)).filter(
        records["ends"].is_null() & records["property"].is_not_null()
    )
    running = _of_several_homes(running)
    homes, claims = (running.filter(pl.col("source").is_in(of)) for of in (_ALONE_ON, [BENEFITS]))
    bills = _at_two_homes(homes, homes, ["source", "group"]).filter(pl.col("record") < pl.col("record_r"))
    alone = pl.any_horizontal("one_adult", "one_adult_r").fill_null(value=False)
    council_tax = homes.filter(pl.col("source") == COUNCIL_TAX)
    begun = _at_two_homes(council_tax, claims, ["group"]).filter(pl.col("starts_r") > pl.col("starts"))
    both = [bills.with_columns(alone=alone), begun.with_columns(alone=pl.lit(value=False))]
    ends = {"left": pl.min_horizontal("record", "record_r"), "right": pl.max_horizontal("record", "record_r")}
    pairs = pl.concat(one.select(**ends, alone="alone") for one in both)
    pairs = pairs.with_columns(pl.col("left", "right").cast(pl.UInt32)).sort("left", "right")
    shared = among(pairs, sharing(rows, pl.concat([pairs["left"], pairs["right"]])))
    told = pl.col("alone") & ~among(pairs, _of_the_same_people(pairs, rows))
    return pairs.filter(~shared | told).select("left", "right").unique(maintain_order=True)


def _of_several_homes(running: pl.DataFrame) -> pl.DataFrame:
    """The records of groups at more than one property, which few are."""
    group, home = running["group"].to_numpy(), running["property"].hash().to_numpy()
    groups = int(group.max(initial=-1)) + 1
    one_home = np.zeros(groups, dtype=home.dtype)
    one_home[group] = home  # of several the last
    several = np.zeros(groups, dtype=np.bool_)
    several[group[one_home[group] != home]] = True
    return running.filter(pl.Series(several[group], dtype=pl.Boolean))


def _at_two_homes(one: pl.DataFrame, other: pl.DataFrame, on: list[str]) -> pl.DataFrame:
    """Pairs of records at two properties that are not the same in words."""
    other_words = (pl.col("words") != pl.col("words_r")).fill_null(value=True)
    pairs = one.join(other, on=on, suffix="_r")
    return pairs.filter((pl.col("property") != pl.col("property_r")) & other_words)


def _of_the_same_people(pairs: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Those pairs of records that name the same people: left, right."""
    asked = pl.concat([pairs["left"], pairs["right"]]).unique()
    people = rows.select("record", "resident").filter(pl.col("record").is_in(asked.implode())).unique()
    named = people.sort("record", "resident").group_by("record", maintain_order=True).agg("resident")
    left = pairs.join(named, left_on="left", right_on="record")
    both = left.join(named, left_on="right", right_on="record", suffix="_r")
    return both.filter(pl.col("resident") == pl.col("resident_r")).select("left", "right")


def sharing(rows: pl.DataFrame, records: pl.Series) -> pl.DataFrame:
    """Each pair of these records that have a resident in common.

    Args:
        rows: All person rows with record, resident.
        records: Record numbers.

    Returns:
        left < right (record numbers), sorted.
    """
    theirs = rows.select("record", "resident").filter(pl.col("record").is_in(records.unique().implode()))
    both = theirs.unique().join(theirs.unique(), on="resident", suffix="_r")
    pairs = both.filter(pl.col("record") < pl.col("record_r")).select(left="record", right="record_r")
    return pairs.cast(pl.UInt32).unique().sort("left", "right")
