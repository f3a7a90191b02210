"""Texts that come again and again, worked on once each."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import numpy as np
import polars as pl
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Distinct:
    """A column of text as its distinct texts and, row by row, which of them it has.

    Attributes:
        texts: Each text once, in the order in which it first comes.
        codes: Row by row the place of its text in `texts` (u32); null where the row has none.
    """

    texts: pl.Series
    codes: pl.Series

    @classmethod
    def of(cls, column: pl.Series) -> "Distinct":
        """Number the distinct texts of a column."""
        there = column.drop_nulls()
        if there.is_empty():
            return cls(there, _no_codes(column))
        first, numbers = _numbered(there)
        codes = pl.Series(column.name, numbers)
        if len(there) < len(column):
            codes = _no_codes(column).scatter(column.is_not_null().arg_true(), codes)
        return cls(there.gather(first), codes)

    def uses(self) -> pl.Series:
        """How many rows have each text."""
        codes = self.codes.drop_nulls().to_numpy()
        return pl.Series(np.bincount(codes, minlength=len(self.texts)), dtype=pl.Int64)

    def spread(self, values: pl.Series) -> pl.Series:
        """Values by text as values by row."""
        return values.gather(self.codes)


def _no_codes(column: pl.Series) -> pl.Series:
    return pl.Series(column.name, [None], dtype=pl.UInt32).new_from_index(0, len(column))


def _numbered(texts: pl.Series) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """The first row of each distinct text, rising, and row by row the number of its text.

    Texts are told apart by a hash, which numpy sorts several times faster than any table of texts is built.
    Another hash sees to it that no two texts share one: where they do, the next pair of hashes is tried.
    """
    for seed in count(step=2):
        keys = texts.hash(seed).to_numpy()
        order = np.argsort(keys)
        keys = keys[order]
        begins = np.append([True], keys[1:] != keys[:-1])
        other = texts.hash(seed + 1).to_numpy()[order]
        if np.all(begins[1:] | (other[1:] == other[:-1])):
            break
    first = np.minimum.reduceat(order, np.flatnonzero(begins))
    by_first = np.argsort(first)
    numbers = np.empty(len(first), np.uint32)
    numbers[by_first] = np.arange(len(first), dtype=np.uint32)
    codes = np.empty(len(texts), np.uint32)
    codes[order] = numbers[np.cumsum(begins) - 1]
    return first[by_first], codes


def each_once(column: pl.Series, form: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """The column brought to a form, each distinct text once.

    Args:
        column: Texts.
        form: A function of the text alone that gives null for null.
    """
    distinct = Distinct.of(column)
    # lazy, so that what a form names twice is worked out once
    formed = distinct.texts.to_frame("text").lazy().select(form(pl.col("text"))).collect()
    return distinct.spread(formed.to_series()).alias(column.name)
