"""Records whose people may be one person with somebody of another record, and last night might not, or were.

Whether two rows may be one depends on their two records alone and on which of their people are compared.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from smart_record.linkage.graph.packed_pairs import among, once_each, packed, packed_ends, unpacked
from smart_record.linkage.nights.disturbed import Disturbed
from smart_record.linkage.pairs.candidates import of_two_records
from smart_record.linkage.pairs.contradictions import without_contradictions
from smart_record.linkage.pairs.weight_table import Weights
from smart_record.linkage.people.residents import Asked, may_be_one
from smart_record.linkage.rows.comparable import Comparable, Part, Truths

_PAIRS = {"left": pl.UInt32, "right": pl.UInt32}


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided that the matching heeds: of rows, and what agreements weigh."""

    verdicts: pl.DataFrame
    weights: Weights | None


def records_newly_near(rows: Comparable, came: Truths, disturbed: Disturbed, decided: Decided) -> Truths:
    """Find the records that are near another by what came, or by a key told otherwise than last night.

    Args:
        rows: Tonight's rows.
        came: By record number, which came or changed.
        disturbed: The pairs that this bears on.
        decided: What officers decided, and the weights.

    Returns:
        By record number.
    """
    record = rows.adults["record"]
    told = _of_records(of_two_records(disturbed.told, record), record)
    met = of_two_records(disturbed.met, record)
    pairs = unpacked(once_each(np.concatenate([packed_ends(met), packed_ends(_all_of(told, record))])))
    near = _of_records(_near(pairs, rows, came, decided), record)
    left, right = (near[end].to_numpy() for end in ("left", "right"))
    otherwise = came[left] | came[right] | among(near, told).to_numpy()
    found = np.zeros(len(came), dtype=np.bool_)
    found[np.concatenate([left[otherwise], right[otherwise]])] = True
    return found


def _of_records(pairs: pl.DataFrame, record: pl.Series) -> pl.DataFrame:
    """The records of pairs of people, each pair of records once. Columns: left, right."""
    ends = (record.gather(pairs[end]).to_numpy() for end in ("left", "right"))
    return unpacked(once_each(packed(*ends)))


def _all_of(records: pl.DataFrame, record: pl.Series) -> pl.DataFrame:
    """Every pair of people of two records: whatever else is compared can only make a pair likelier."""
    people = record.to_frame("record").with_row_index("person")
    one = records.join(people, left_on="left", right_on="record").rename({"person": "one"})
    both = one.join(people, left_on="right", right_on="record")
    return both.select(left="one", right="person")


def _near(pairs: pl.DataFrame, rows: Comparable, came: Truths, decided: Decided) -> pl.DataFrame:
    """Those of the pairs that may be one person, by their numbers in the whole."""
    record = rows.adults["record"]
    asked = came.copy()
    for end in ("left", "right"):
        asked[record.gather(pairs[end]).to_numpy()] = True
    part = Part.of(rows, asked)
    hopeful = without_contradictions(part.pairs(pairs, rows), part.rows.adults)
    what = Asked(pairs=hopeful, settled=part.rows.settled(decided.verdicts).adults)
    near = may_be_one(part.rows.adults, part.rows.records, what, decided.weights)
    return pl.DataFrame({end: part.persons[near[end].to_numpy()] for end in ("left", "right")}, _PAIRS)
