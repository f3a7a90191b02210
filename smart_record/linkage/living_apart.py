"""Those who lived together and live apart: each has a bill of their own, at two homes at one time.

A couple that separated stands together on a bill that ended, or that nobody has ended yet. Who stays keeps
the household; who left is another's, whose debts and address are not for the first to see.
"""

import polars as pl

from smart_record.linkage.clusters import Numbers
from smart_record.linkage.packed_pairs import among
from smart_record.linkage.sources import COUNCIL_TAX, RENT

_ALONE_ON = (COUNCIL_TAX, RENT)
"""Sources of which a household has one running record at one home; claims lag behind a move."""


def living_apart(rows: pl.DataFrame, records: pl.DataFrame, group: Numbers) -> pl.DataFrame:
    """Records of one group, of one source, that run at two homes and are two households'.

    They have nobody in common, or the bill of one says that its one adult lives there alone, while the other
    names somebody else too. Else a person liable at two homes, of which one may be let, holds them together.

    Args:
        rows: All person rows with record, resident.
        records: `record_rows`.
        group: By record number, the records that are linked, directly or through others.

    Returns:
        left < right (record numbers), sorted.
    """
    home = records.select(
        "record", "source", "property", "words", "one_adult", group=pl.Series(group)
    ).filter(
        records["ends"].is_null() & records["property"].is_not_null() & records["source"].is_in(_ALONE_ON)
    )
    home = home.filter(pl.len().over("source", "group") > 1)
    both = home.join(home, on=["source", "group"], suffix="_r").filter(
        (pl.col("record") < pl.col("record_r"))
        & (pl.col("property") != pl.col("property_r"))
        & (pl.col("words") != pl.col("words_r")).fill_null(value=True)
    )
    alone = pl.any_horizontal("one_adult", "one_adult_r").fill_null(value=False)
    pairs = both.select(left="record", right="record_r", alone=alone).cast(
        {"left": pl.UInt32, "right": pl.UInt32}
    )
    pairs = pairs.sort("left", "right")
    shared = among(pairs, sharing(rows, pl.concat([pairs["left"], pairs["right"]])))
    told = pl.col("alone") & ~among(pairs, _of_the_same_people(pairs, rows))
    return pairs.filter(~shared | told).select("left", "right")


def _of_the_same_people(pairs: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Those pairs of records that name the same people: left, right."""
    asked = pl.concat([pairs["left"], pairs["right"]]).unique()
    people = rows.select("record", "resident").filter(pl.col("record").is_in(asked.implode())).unique()
    named = people.sort("record", "resident").group_by("record", maintain_order=True).agg("resident")
    both = pairs.join(named, left_on="left", right_on="record").join(
        named, left_on="right", right_on="record", suffix="_r"
    )
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
