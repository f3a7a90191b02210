"""Who takes over a parent's bill or tenancy: a daughter in her mother's home.

Nobody is on both records: what shows them is one surname at one home, births a generation apart and no day
between. A home let to somebody new most often stands empty for some days, and a stranger of the name has come
from somewhere.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.graph.clusters import Numbers
from smart_record.linkage.homes.families import generation_apart, of_one_family
from smart_record.linkage.pairs.evidence import ONE_HOUSEHOLD
from smart_record.linkage.sources import COUNCIL_TAX, RENT

_BEGINS = "begins on the day the other ends"
SUCCESSION = f"{ONE_HOUSEHOLD}at one home, one surname, a generation apart, {_BEGINS}"
SUCCESSION_OF_BOTH = f"{SUCCESSION}, bill and tenancy alike"
SUCCESSION_BY_NAME = f"{ONE_HOUSEHOLD}at one home, one surname, {_BEGINS}, bill and tenancy alike"

_DAYS_BETWEEN = 1
"""An end is the last day of one system and the first day without in another."""


def successions(people: pl.DataFrame, records: pl.DataFrame, group: Numbers) -> pl.DataFrame:
    """Bills and tenancies that follow one another at a home, from parent to child.

    Where births are not known, only bill and tenancy that follow alike say so: a home that is sold has no
    tenancy. Where several end or begin at a home on that day it is a shared house. Who has a home elsewhere
    now, or came from one, is left alone: those are two households that happen to be kin.

    Args:
        people: Adult person rows with record, resident, surname, dob.
        records: `record_rows`.
        group: By record number, the records that are one household without this.

    Returns:
        left < right (record numbers), loose (the later), told (one of the sentences above), sorted.
    """
    pairs = _following(people, records, group)
    pairs = pairs.filter(
        ~pl.Series(_housed_elsewhere(pairs["record"], pairs["property"], records, group, running=True)),
        ~pl.Series(_housed_elsewhere(pairs["record_r"], pairs["property"], records, group, running=False)),
    )
    named = people.select("record", "resident", "surname").drop_nulls("surname")
    kin = pairs.join(named, on="record").join(named, left_on="record_r", right_on="record", suffix="_r")
    kin = generation_apart(of_one_family(kin), people)
    ends = (pl.Series(side, group[kin[side].to_numpy()]) for side in ("record", "record_r"))
    kin = kin.with_columns(households=pl.struct(pl.lit(end) for end in ends))
    told = kin.group_by("households").agg(
        both=pl.col("source").n_unique() > 1, apart=pl.col("apart").any(), known=pl.col("apart").count() > 0
    )
    kin = kin.select("record", "record_r", "households").unique().join(told, on="households")
    return (
        kin.filter(pl.col("apart") | (pl.col("both") & ~pl.col("known")))
        .select(
            left=pl.min_horizontal("record", "record_r"),
            right=pl.max_horizontal("record", "record_r"),
            loose="record_r",
            told=pl.when("both", "apart")
            .then(pl.lit(SUCCESSION_OF_BOTH))
            .when("apart")
            .then(pl.lit(SUCCESSION))
            .otherwise(pl.lit(SUCCESSION_BY_NAME)),
        )
        .sort("left", "right")
    )


def _following(people: pl.DataFrame, records: pl.DataFrame, group: Numbers) -> pl.DataFrame:
    """Records of one source that follow one another at a home: record, record_r, source, property."""
    naming = np.zeros(records.height, dtype=np.bool_)
    naming[people["record"].to_numpy()] = True
    lasting = records.select("record", "source", "property", "starts", "ends").filter(
        pl.Series(naming), pl.col("source").is_in([COUNCIL_TAX, RENT]), pl.col("property").is_not_null()
    )
    ended = lasting.drop_nulls("ends").select("record", "source", "property", day="ends")
    begun = lasting.drop_nulls("starts").select("record", "source", "property", day="starts")
    pairs = ended.join(begun, on=["source", "property"], suffix="_r").filter(
        pl.col("record") != pl.col("record_r"),
        (pl.col("day_r") - pl.col("day")).dt.total_days().is_between(0, _DAYS_BETWEEN),
    )
    alone = pairs.filter(pl.len().over("record") == 1, pl.len().over("record_r") == 1)
    left, right = (group[alone[side].to_numpy()] for side in ("record", "record_r"))
    return alone.filter(pl.Series(left != right)).select("record", "record_r", "source", "property")


def _housed_elsewhere(
    asked: pl.Series, at: pl.Series, records: pl.DataFrame, group: Numbers, *, running: bool
) -> npt.NDArray[np.bool_]:
    """Whether the household of each record has a bill or tenancy at another home, running or not.

    Args:
        asked: Record numbers.
        at: The property of each.
        records: `record_rows`.
        group: The household of each record.
        running: Only those that run.
    """
    mine = pl.DataFrame({"household": group[asked.to_numpy()], "at": at}).with_row_index("row")
    homes = records.select("property", "source", "ends", household=pl.Series(group)).filter(
        pl.col("household").is_in(mine["household"].unique().implode()),
        pl.col("source").is_in([COUNCIL_TAX, RENT]),
        pl.col("property").is_not_null(),
    )
    if running:
        homes = homes.filter(pl.col("ends").is_null())
    elsewhere = mine.join(homes.select("household", "property").unique(), on="household").filter(
        pl.col("property") != pl.col("at")
    )
    found = np.zeros(len(asked), dtype=np.bool_)
    found[elsewhere["row"].to_numpy()] = True
    return found
