"""The two rows of each pair beside each other, as numbers.

What is asked of most columns is whether two rows have the same: for that a text need only be its hash. One
column at a time is laid beside each other, for the pairs of interest: a million pairs need little room.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.sources import SOURCES

Numbers = npt.NDArray[np.signedinteger[Any]]
Rows = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Truths = npt.NDArray[np.bool_]

UNKNOWN = -(2**31)
FOR_EVER = 2**31 - 1
NOT_KNOWN = np.int8(-128)
"""The level of a comparison that can't be made."""

_SOURCES = pl.Enum([one.source for one in SOURCES])


def as_numbers(column: pl.Series, *, unknown: int = UNKNOWN) -> Numbers:
    """A column of which only equality or order is asked, as numbers without nulls.

    Of ten million pairs of different texts two have one hash of 64 bits in one of a million million nights.
    """
    if column.dtype == pl.String:
        return column.hash().reinterpret(signed=True).set(column.is_null(), unknown).to_numpy()
    return column.to_physical().cast(pl.Int32).fill_null(unknown).to_numpy()


def kinds(sources: pl.Series) -> Numbers:
    """The source of each row as a number: its place among `SOURCES`."""
    return sources.cast(_SOURCES).to_physical().cast(pl.Int32).to_numpy()


@dataclass(frozen=True, slots=True)
class Beside:
    """Pairs of rows.

    Attributes:
        columns: Columns of numbers by name, one number for each row; `UNKNOWN` where nothing is known.
        left, right: The rows of each pair.
        laid: Columns that were laid beside each other already: most are asked about more than once.
    """

    columns: Mapping[str, Numbers]
    left: Rows
    right: Rows
    laid: dict[str, tuple[Numbers, Numbers]] = field(default_factory=dict, init=False, repr=False)

    def some(self, pairs: Rows) -> "Beside":
        """Some of the pairs, by their places."""
        return Beside(self.columns, self.left.take(pairs), self.right.take(pairs))

    def both(self, name: str) -> tuple[Numbers, Numbers]:
        """A column of the left rows and of the right ones."""
        if name not in self.laid:
            values = self.columns[name]
            self.laid[name] = values.take(self.left), values.take(self.right)
        return self.laid[name]

    def known(self, name: str) -> Truths:
        """Whether both rows of a pair say something."""
        one, other = self.both(name)
        return np.asarray((one != UNKNOWN) & (other != UNKNOWN), dtype=np.bool_)

    def same(self, name: str) -> Truths:
        """Whether both rows of a pair say the same."""
        one, other = self.both(name)
        return np.asarray((one == other) & (one != UNKNOWN), dtype=np.bool_)

    def differ(self, name: str) -> Truths:
        """Whether the rows of a pair say different things."""
        one, other = self.both(name)
        return np.asarray((one != other) & (one != UNKNOWN) & (other != UNKNOWN), dtype=np.bool_)


def levels(found: Levels) -> pl.Series:
    """Levels as a column, null where not known."""
    column = pl.Series(found)
    return column.set(pl.Series(found == NOT_KNOWN), None) if (found == NOT_KNOWN).any() else column
