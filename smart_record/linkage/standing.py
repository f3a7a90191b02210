"""What stands of last night's matching where nothing that it rests on has changed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.comparable import Comparable
from smart_record.linkage.memory import RECORD, ROW, LastNight, row_key
from smart_record.standardise.distinct import Distinct


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Last night's result for the records that are not matched again.

    Attributes:
        rows: source, record_ref, role, key, match_weight, evidence, and last night's resident_id and
            household_id.
        households, possible: As of `matching.Linkage`.
        records: source, record_ref, circle.
    """

    rows: pl.DataFrame
    households: pl.DataFrame
    possible: pl.DataFrame
    records: pl.DataFrame


def what_stands(rows: Comparable, chosen: npt.NDArray[np.bool_], last: LastNight) -> Standing:
    """Take from last night what is not matched again.

    Args:
        rows: Tonight's rows.
        chosen: By record number, which are matched again.
        last: Last night.
    """
    again = rows.records.select(RECORD).filter(pl.Series(~chosen))
    known = last.memory.records.with_row_index("record")
    stay = known.join(again, on=RECORD, how="semi", maintain_order="left")
    there = np.zeros(known.height, dtype=np.bool_)
    there[stay["record"].to_numpy()] = True
    told = last.memory.rows.select(*ROW, "record", "match_weight", "evidence")
    told = pl.concat([told, last.links.select("resident_id", "household_id")], how="horizontal")
    told = told.filter(pl.Series(there).gather(told["record"])).drop("record")
    homes = told["household_id"].unique().implode()
    possible = last.possible
    for side in ("", "other_"):
        ends = [f"{side}{name}" for name in RECORD]
        possible = possible.join(stay, left_on=ends, right_on=RECORD, how="semi")
    return Standing(
        rows=told.with_columns(row_key()),
        households=last.households.filter(pl.col("household_id").is_in(homes)),
        possible=possible,
        records=stay.drop("seal", "record"),
    )


def numbered_on(stood: pl.DataFrame, beyond: int) -> pl.DataFrame:
    """The rows of which last night's result stands, their clusters numbered from `beyond`.

    Args:
        stood: `Standing.rows`.
        beyond: A number that no cluster matched tonight has, nor any above it.

    Returns:
        source, record_ref, role, key, match_weight, evidence, resident, household, stood (last night's
        household_id).
    """
    clusters = (
        (Distinct.of(stood[f"{name}_id"]).codes + beyond).cast(pl.UInt32).alias(name)
        for name in ("resident", "household")
    )
    return stood.select(*ROW, "key", "match_weight", "evidence", *clusters, stood="household_id")
