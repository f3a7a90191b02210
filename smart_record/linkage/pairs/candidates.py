"""Pairs of person rows worth comparing: rows that share one of several keys, none of them common."""

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.graph.packed_pairs import HALF, Packed, ends, once_each, unpacked, without_repeats
from smart_record.linkage.pairs.blocks import blocks_of, row_bits
from smart_record.linkage.pairs.contradictions import Contradictions

_AT_ONCE = 60_000
"""Pairs looked at for what keeps them apart at one time: few enough to stay in a processor's own memory."""


def candidate_pairs(adults: pl.DataFrame) -> pl.DataFrame:
    """Pairs to compare: all that share a key, but for those that `contradictions` plainly keep apart.

    Args:
        adults: Person rows, numbered from 0, with `blocks.BLOCKED_BY` and what `Contradictions.of` reads.

    Returns:
        Distinct pairs, left < right by person number, never of one record, sorted. Columns: left, right.
    """
    last, blocks = row_bits(adults.height), blocks_of(adults)
    pairs = np.concatenate([pairs_in_runs(once_each(one.rows), last, longest=one.largest) for one in blocks])
    pairs.sort()
    record, against = adults["record"].to_numpy(), Contradictions.of(adults)
    found = [pairs[:0]]
    for at in range(0, len(pairs), _AT_ONCE):
        some = without_repeats(pairs[at : at + _AT_ONCE])
        left, right = ends(some)
        some = some[record.take(left) != record.take(right)]
        found.append(some[~against.between(*ends(some))])
    return unpacked(without_repeats(np.concatenate(found)))


def of_two_records(pairs: Packed, record: pl.Series) -> pl.DataFrame:
    """The pairs but for those of one record, as a table. Columns: left, right."""
    left, right = (pairs >> HALF).astype(np.uint32), pairs.astype(np.uint32)
    of = record.to_numpy()
    asked = of[left] != of[right]
    return pl.DataFrame({"left": left[asked], "right": right[asked]})


def lengths_of_runs(rows: Packed, last: np.uint64) -> npt.NDArray[np.int64]:
    """How many rows in a run are alike but for their last bits, run by run."""
    if not len(rows):
        return np.empty(0, dtype=np.int64)
    starts = np.flatnonzero(np.append(True, (rows[1:] ^ rows[:-1]) > last))
    return np.diff(starts, append=len(rows))


def pairs_in_runs(rows: Packed, last: np.uint64, *, longest: int) -> Packed:
    """All pairs of rows with one key; two numbers in one.

    Runs of one length stand beside each other as columns, of which any two are pairs: no join.

    Args:
        rows: Key and row as one number, sorted.
        last: The bits that hold the row.
        longest: A key that more rows share is left out.
    """
    goes_on = np.zeros(len(rows) + 1, dtype=np.bool_)
    goes_on[1:-1] = (rows[1:] ^ rows[:-1]) <= last
    first, last_of_run = goes_on[1:] > goes_on[:-1], goes_on[1:] < goes_on[:-1]
    starts = np.flatnonzero(first)
    lengths = np.flatnonzero(last_of_run) - starts + 1
    few = lengths <= longest
    lengths = lengths[few].astype(np.uint16)
    starts = starts[few][np.argsort(lengths, kind="stable")]
    found, begin = [np.empty(0, dtype=np.uint64)], 0
    for length, runs in enumerate(np.bincount(lengths)):
        beside = rows.take(starts[begin : begin + runs] + np.arange(length)[:, np.newaxis]) & last
        one, other = np.triu_indices(length, 1)
        found.append(((beside[one] << HALF) | beside[other]).ravel())
        begin += runs
    return np.concatenate(found)
