"""Pairs of rows that a night's changes bear on: the keys of few rows, looked for among those of all.

Whether two rows are compared depends on them alone but for one thing: a key that too many rows share tells
nothing. So a row that comes or goes can make a pair of two others that stayed, or unmake it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from smart_record.linkage.blocks import Block
from smart_record.linkage.candidates import Limited, lengths_of_runs, pairs_in_runs
from smart_record.linkage.packed_pairs import HALF, Packed, once_each

_PREFIX = np.uint64(64 - 22)
"""Keys that begin with these bits alike are taken together when those of few rows are looked for."""

Truths = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Disturbed:
    """Pairs of rows, left < right.

    Attributes:
        met: Candidates tonight, of which one row at least has come.
        told: Of rows that stayed: those that share a key which told nothing last night and tells something
            tonight, or the other way round.
    """

    met: Packed
    told: Packed


@dataclass(frozen=True, slots=True)
class Moved:
    """Of tonight's rows and, behind them, those of last night that are gone or were otherwise.

    Attributes:
        came: Which are new or otherwise tonight.
        went: Which are last night's.
    """

    came: Truths
    went: Truths

    @classmethod
    def of(cls, came: Truths, went: int) -> "Moved":
        """Tonight's rows of which some came, and how many of last night's stand behind them."""
        behind = np.ones(went, dtype=np.bool_)
        return cls(np.concatenate([came, ~behind]), np.concatenate([np.zeros_like(came), behind]))


def disturbed_pairs(blocks: Iterable[Limited], moved: Moved) -> Disturbed:
    """The pairs that rows which came or went make, or unmake.

    Args:
        blocks: `candidates.limited_blocks` of the rows that `moved` speaks of.
        moved: Which rows came, and which went.
    """
    met, told, came, went = [_NONE], [_NONE], moved.came, moved.went
    for one in blocks:
        keys = _Keys.near(one.block, came | went)
        now, before = keys.count(~went) <= one.largest, keys.count(~came) <= one.largest
        met.append(keys.pairs(now & (keys.count(came) > 0), of=~went))
        told.append(keys.pairs(now != before, of=~(came | went)))
    pairs = np.concatenate(met)
    left, right = (pairs >> HALF).astype(np.uint32), pairs.astype(np.uint32)
    return Disturbed(once_each(pairs[came[left] | came[right]]), once_each(np.concatenate(told)))


def pairs_among(blocks: Iterable[Limited], rows: Truths) -> Packed:
    """The candidates among some of tonight's rows; how many share a key is counted over all of tonight's.

    Args:
        blocks: As of `disturbed_pairs`.
        rows: Which of tonight's.
    """
    found = [_NONE]
    for one in blocks:
        tonight = one.block.persons < len(rows)
        here = Block(one.block.persons[tonight], one.block.keys[tonight])
        keys = _Keys.near(here, rows)
        found.append(keys.pairs(keys.count(np.ones_like(rows)) <= one.largest, of=rows))
    return once_each(np.concatenate(found))


_NONE = np.empty(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class _Keys:
    """Rows in order of their keys, key and row in one number as `candidates.pairs_in_runs` wants them.

    Attributes:
        rows: Key and row.
        row: The row alone.
        key: The place of its key among all.
        last: The bits that hold the row.
    """

    rows: Packed
    row: Numbers
    key: Numbers
    last: np.uint64

    @classmethod
    def near(cls, block: Block, of: Truths) -> "_Keys":
        """The keys of a block that these rows have, and a few others."""
        prefix = block.keys >> _PREFIX
        asked = np.zeros(1 << (64 - int(_PREFIX)), dtype=np.bool_)
        asked[prefix[of[block.persons]]] = True
        near = asked[prefix]
        last = (np.uint64(1) << np.uint64(max(len(of), 1).bit_length())) - np.uint64(1)
        rows = once_each((block.keys[near] & ~last) | block.persons[near])
        length = lengths_of_runs(rows, last)
        return cls(rows, (rows & last).astype(np.int64), np.repeat(np.arange(len(length)), length), last)

    def count(self, of: Truths) -> Numbers:
        """How many of these rows have each key."""
        return np.bincount(self.key[of[self.row]], minlength=self.key.max(initial=-1) + 1)

    def pairs(self, keys: Truths, *, of: Truths) -> Packed:
        """The pairs of these rows that share one of these keys."""
        asked = self.rows[keys[self.key] & of[self.row]]
        return pairs_in_runs(asked, self.last, longest=len(asked))
