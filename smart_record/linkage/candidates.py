"""Pairs of person rows worth comparing: rows that share one of several keys, none of them common."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.blocks import BLOCKED_BY, Block, home_block, other_blocks
from smart_record.linkage.packed_pairs import HALF, Packed, once_each

_LARGEST_AT_HOME = 60
"""Rows at one property that are all compared; of a larger one (a hostel, an office) only those with a name
in common, as for a street."""

_LARGEST = 12
"""Rows that may share any other key; what more share (a common name, the 1st of April) tells nothing."""


@dataclass(frozen=True, slots=True)
class Limited:
    """A block, and how many rows may share a key of it before the key tells nothing."""

    block: Block
    largest: int


def limited_blocks(adults: pl.DataFrame) -> Iterator[Limited]:
    """Every reason to compare two rows.

    Args:
        adults: Person rows, numbered from 0, with `blocks.BLOCKED_BY`.
    """
    rows = adults.select(BLOCKED_BY)
    yield Limited(home_block(rows), _LARGEST_AT_HOME)
    for block in other_blocks(rows):
        yield Limited(block, _LARGEST)


def candidate_pairs(adults: pl.DataFrame) -> pl.DataFrame:
    """Pairs to compare.

    Args:
        adults: Person rows, numbered from 0, with person, record and `blocks.BLOCKED_BY`.

    Returns:
        Distinct pairs, left < right by person number, never of one record, sorted. Columns: left, right.
    """
    last = (np.uint64(1) << np.uint64(max(adults.height, 1).bit_length())) - np.uint64(1)
    pairs = once_each(np.concatenate([_pairs(one, last) for one in limited_blocks(adults)]))
    return of_two_records(pairs, adults["record"])


def of_two_records(pairs: Packed, record: pl.Series) -> pl.DataFrame:
    """The pairs but for those of one record, as a table. Columns: left, right."""
    left, right = (pairs >> HALF).astype(np.uint32), pairs.astype(np.uint32)
    of = record.to_numpy()
    asked = of[left] != of[right]
    return pl.DataFrame({"left": left[asked], "right": right[asked]})


def _pairs(limited: Limited, last: np.uint64) -> Packed:
    """All pairs of rows with one key, for keys that few enough share.

    Key and row are sorted as one number, the row in its `last` bits: of the key as many bits are left as tell
    millions apart.
    """
    rows = once_each((limited.block.keys & ~last) | limited.block.persons)
    length = lengths_of_runs(rows, last)
    return pairs_in_runs(rows[np.repeat(length <= limited.largest, length)], last)


def lengths_of_runs(rows: Packed, last: np.uint64) -> npt.NDArray[np.int64]:
    """How many rows in a run are alike but for their last bits, run by run."""
    if not len(rows):
        return np.empty(0, dtype=np.int64)
    starts = np.flatnonzero(np.append(True, (rows[1:] ^ rows[:-1]) > last))
    return np.diff(np.append(starts, len(rows)))


def pairs_in_runs(rows: Packed, last: np.uint64) -> Packed:
    """All pairs of rows with one key; two numbers in one.

    Each is paired with the next, the next but one and so on: no join.

    Args:
        rows: Key and row as one number, sorted; of each key no more than can all be paired.
        last: The bits that hold the row.
    """
    length = lengths_of_runs(rows, last)
    length = np.repeat(length, length)
    found = [np.empty(0, dtype=np.uint64)]
    for step in range(1, int(length.max(initial=1))):
        few = length > step
        rows, length = rows[few], length[few]
        one, other = rows[:-step], rows[step:]
        same = (one ^ other) <= last
        found.append(((one[same] & last) << HALF) | (other[same] & last))
    return np.concatenate(found)
