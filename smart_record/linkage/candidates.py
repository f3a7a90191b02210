"""Pairs of person rows worth comparing: rows that share one of several keys, none of them common."""

from collections.abc import Iterable, Iterator
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

_PREFIX = np.uint64(64 - 22)
"""Keys that begin with these bits alike are taken together where only some rows' keys are of interest."""

Truths = npt.NDArray[np.bool_]


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


def candidate_pairs(
    adults: pl.DataFrame, *, blocks: Iterable[Limited] | None = None, of: Truths | None = None
) -> pl.DataFrame:
    """Pairs to compare.

    Args:
        adults: Person rows, numbered from 0, with person, record and `blocks.BLOCKED_BY`.
        blocks: Their `limited_blocks`, with any other rows behind them; made anew if left out.
        of: By person number, the rows whose pairs are asked for; all if left out. How many rows share a key
            is counted over all rows either way.

    Returns:
        Distinct pairs, left < right by person number, never of one record, sorted. Columns: left, right.
    """
    bits = np.uint64(max(adults.height, 1).bit_length())
    found = [
        _pairs(one.block if of is None else _about(one.block, of), bits, one.largest)
        for one in blocks or limited_blocks(adults)
    ]
    pairs = once_each(np.concatenate(found))
    left, right = (pairs >> HALF).astype(np.uint32), pairs.astype(np.uint32)
    record = adults["record"].to_numpy()
    asked = record[left] != record[right]
    if of is not None:
        asked &= of[left] | of[right]
    return pl.DataFrame({"left": left[asked], "right": right[asked]})


def rows_told_otherwise(blocks: Iterable[Limited], *, came: Truths, went: Truths) -> Truths:
    """The rows that share a key which told nothing before and tells something now, or the other way round.

    Args:
        blocks: `limited_blocks` of tonight's rows and of those of last night that are gone or were otherwise.
        came: Which of them are new tonight.
        went: Which of them are last night's.
    """
    found, moved = np.zeros(len(came), dtype=np.bool_), came | went
    for one in blocks:
        near = _about(one.block, moved)
        _, key = np.unique(near.keys, return_inverse=True)
        rows = np.unique(np.column_stack([key, near.persons]), axis=0).astype(np.int64)
        now = np.bincount(rows[:, 0], weights=~went[rows[:, 1]])
        before = np.bincount(rows[:, 0], weights=~came[rows[:, 1]])
        told = (now <= one.largest) != (before <= one.largest)
        found[rows[told[rows[:, 0]], 1]] = True
    return found


def _about(block: Block, of: Truths) -> Block:
    """The part of a block whose keys these rows have, and a few others; of the rows that `of` speaks of."""
    prefix = block.keys >> _PREFIX
    here = block.persons < len(of)
    asked = np.zeros(1 << (64 - int(_PREFIX)), dtype=np.bool_)
    asked[prefix[here][of[block.persons[here]]]] = True
    near = asked[prefix] & here
    return Block(block.persons[near], block.keys[near])


def _pairs(block: Block, bits: np.uint64, largest: int) -> Packed:
    """All pairs of rows with one key, for keys that at most `largest` rows share; two numbers in one.

    Key and row are sorted as one number, the row in its last `bits`: of the key as many bits are left as tell
    millions apart. Each is then paired with the next, the next but one and so on: no join, no large block.
    """
    person = (np.uint64(1) << bits) - np.uint64(1)
    rows = once_each((block.keys & ~person) | block.persons)
    if not len(rows):
        return rows
    starts = np.flatnonzero(np.append(True, (rows[1:] ^ rows[:-1]) > person))
    lengths = np.diff(np.append(starts, len(rows)))
    length = np.repeat(lengths, lengths)
    found = [np.empty(0, dtype=np.uint64)]
    for step in range(1, largest):
        few = (length > step) & (length <= largest)
        rows, length = rows[few], length[few]
        if not len(rows):
            break
        one, other = rows[:-step], rows[step:]
        same = (one ^ other) <= person
        found.append(((one[same] & person) << HALF) | (other[same] & person))
    return np.concatenate(found)
