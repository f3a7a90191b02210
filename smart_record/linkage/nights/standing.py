"""What stands of last night's matching where nothing that it rests on has changed.

Which rows are one resident and which records one household is settled within a circle, and a circle stands or
is matched again as a whole: with it every resident, household and open question.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from smart_record.linkage.nights.memory import RECORD, ROW, LastNight
from smart_record.linkage.rows.comparable import Numbers, Truths


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is found of some records, tonight or the night before.

    Attributes:
        links, households: As of `matching.Linkage`.
        possible: Likewise, in any order.
        circles: The circle of each record, in their order.
    """

    links: pl.DataFrame
    households: pl.DataFrame
    possible: pl.DataFrame
    circles: pl.Series


def what_stands(stay: Numbers, last: LastNight) -> Found:
    """Take from last night what is not matched again.

    Args:
        stay: By their number last night the records of which that is so, in order.
        last: Last night.
    """
    records = last.records
    there = np.zeros(records.height, dtype=np.bool_)
    there[stay] = True
    rows, ids = last.rows.select(*ROW, "record", "match_weight", "evidence").collect(), last.links.collect()
    stands = pl.Series(there, dtype=pl.Boolean).gather(rows["record"])
    others = records.select(RECORD).filter(pl.Series(~there, dtype=pl.Boolean))
    parted = ids["household_id"].filter(~stands).unique()
    found = [*(rows[name] for name in ROW), ids["resident_id"], ids["household_id"]]
    return Found(
        links=pl.DataFrame([*found, rows["match_weight"], rows["evidence"]]).filter(stands),
        households=last.households.filter(~pl.col("household_id").is_in(parted.implode())).collect(),
        possible=last.possible.collect().join(others, on=RECORD, how="anti"),
        circles=records["circle"].gather(stay),
    )


def together(matched: Found, stood: Found, again: Truths) -> Found:
    """What was matched tonight and what stands as one.

    Args:
        matched: Of the records matched tonight.
        stood: Of all others.
        again: By record number, which are matched tonight.
    """
    circles = np.empty(len(again), dtype=np.uint64)
    circles[again], circles[~again] = matched.circles.to_numpy(), stood.circles.to_numpy()
    return Found(
        links=stood.links.merge_sorted(matched.links, key=ROW),
        households=stood.households.merge_sorted(matched.households, key="household_id"),
        possible=pl.concat([stood.possible, matched.possible]),
        circles=pl.Series(circles),
    )
