"""Pairs of rows that a night's changes bear on: the keys of few rows, looked for among those of all.

Whether two rows are compared depends on them alone but for one thing: a key that too many rows share tells
nothing. So a row that comes or goes can make a pair of two others that stayed, or unmake it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.graph.packed_pairs import Packed, ends, once_each
from smart_record.linkage.pairs.blocks import BLOCKED_BY, blocks_of, row_bits
from smart_record.linkage.pairs.candidates import lengths_of_runs, pairs_in_runs

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
class Keyed:
    """Tonight's rows and, behind them, those of last night that are gone or were otherwise, by their keys.

    Attributes:
        blocks: By reason to compare rows (`blocks.blocks_of`): each key and row in one number, and
            how many rows may share a key.
        last: The bits of such a number that hold the row.
        came: Which rows are new or otherwise tonight.
        went: Which are last night's.
    """

    blocks: list[tuple[Packed, int]]
    last: np.uint64
    came: Truths
    went: Truths

    @classmethod
    def of(cls, adults: pl.DataFrame, went: pl.DataFrame, came: Truths) -> "Keyed":
        """Tonight's adults, of which some came, and last night's that went; both with `blocks.BLOCKED_BY`."""
        rows = pl.concat([adults.select(BLOCKED_BY), went.select(BLOCKED_BY)])
        blocks = [(one.rows, one.largest) for one in blocks_of(rows)]
        behind = np.arange(rows.height) >= adults.height
        return cls(
            blocks, row_bits(rows.height), np.append(came, np.zeros(went.height, dtype=np.bool_)), behind
        )

    def disturbed_pairs(self) -> Disturbed:
        """The pairs that rows which came or went make, or unmake."""
        met, told, came, went = [_NONE], [_NONE], self.came, self.went
        for block, largest in self.blocks:
            keys = _Keys.near(block, came | went, self.last)
            now, before = keys.count(~went) <= largest, keys.count(~came) <= largest
            met.append(keys.pairs(now & (keys.count(came) > 0), of=~went))
            told.append(keys.pairs(now != before, of=~(came | went)))
        pairs = np.concatenate(met)
        left, right = ends(pairs)
        return Disturbed(once_each(pairs[came[left] | came[right]]), once_each(np.concatenate(told)))

    def pairs_among(self, rows: Truths) -> Packed:
        """The candidates among some of tonight's rows; who shares a key is counted over all of tonight's."""
        asked = np.append(rows, np.zeros(len(self.went) - len(rows), dtype=np.bool_))
        found = [_NONE]
        for block, largest in self.blocks:
            keys = _Keys.near(block, asked, self.last)
            found.append(keys.pairs(keys.count(~self.went) <= largest, of=asked))
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
    def near(cls, block: Packed, of: Truths, last: np.uint64) -> "_Keys":
        """The keys of a block that these rows have, and a few others."""
        prefix = block >> _PREFIX
        asked = np.zeros(1 << (64 - int(_PREFIX)), dtype=np.bool_)
        asked[prefix[of[block & last]]] = True
        rows = once_each(block[asked[prefix]])
        length = lengths_of_runs(rows, last)
        return cls(rows, (rows & last).astype(np.int64), np.repeat(np.arange(len(length)), length), last)

    def count(self, of: Truths) -> Numbers:
        """How many of these rows have each key."""
        return np.bincount(self.key[of[self.row]], minlength=self.key.max(initial=-1) + 1)

    def pairs(self, keys: Truths, *, of: Truths) -> Packed:
        """The pairs of these rows that share one of these keys."""
        asked = self.rows[keys[self.key] & of[self.row]]
        return pairs_in_runs(asked, self.last, longest=len(asked))
