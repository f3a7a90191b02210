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
        new, codes = _numbered(len(there), there.hash)
        texts = there.gather(np.flatnonzero(new))
        if len(there) == len(column):
            return cls(texts, pl.Series(column.name, codes))
        present = column.is_not_null()
        by_row = np.zeros(len(column), np.uint32)
        by_row[present.to_numpy()] = codes
        return cls(texts, pl.Series(column.name, by_row).set(~present, None))

    @classmethod
    def of_rows(cls, rows: pl.DataFrame) -> "Distinct":
        """Number the distinct rows of a frame; for its text stands the place where each first comes."""
        new, codes = _numbered(rows.height, lambda seed: rows.hash_rows(seed=seed))
        return cls(pl.Series(np.flatnonzero(new)), pl.Series(codes))

    def uses(self) -> pl.Series:
        """How many rows have each text."""
        codes = self.codes.drop_nulls().to_numpy()
        return pl.Series(np.bincount(codes, minlength=len(self.texts)), dtype=pl.Int64)

    def borne(self) -> "Distinct":
        """Without the texts that no row has."""
        some = self.uses() > 0
        numbers = some.cast(pl.UInt32).cum_sum() - 1
        return Distinct(self.texts.filter(some), numbers.gather(self.codes))

    def replaced(self, texts: pl.Series) -> "Distinct":
        """The column with another text, or none, for each of its own."""
        once = Distinct.of(texts)
        return Distinct(once.texts, self.spread(once.codes))

    def formed(self, form: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
        """Each text brought to a form.

        Args:
            form: A function of the text alone.
        """
        # lazy, so that what a form names twice is worked out once
        return self.texts.to_frame("text").lazy().select(form(pl.col("text"))).collect().to_series()

    def spread(self, values: pl.Series) -> pl.Series:
        """Values by text as values by row."""
        return values.gather(self.codes)


def _no_codes(column: pl.Series) -> pl.Series:
    return pl.Series(column.name, [None], dtype=pl.UInt32).new_from_index(0, len(column))


def _numbered(rows: int, hashes: Callable[[int], pl.Series]) -> tuple[NDArray[np.bool_], NDArray[np.uint32]]:
    """Row by row whether its text comes for the first time, and the number of its text.

    Texts are told apart by a hash, whose last bits make room for the row: numpy sorts such numbers many times
    faster than any table of texts is built. Another hash sees to it that no two texts share one: where they
    do, the next pair of hashes is tried.
    """
    place_of_row = np.uint64(rows.bit_length())
    row_only = (np.uint64(1) << place_of_row) - np.uint64(1)
    for seed in count(step=2):
        keys = hashes(seed).to_numpy() & ~row_only
        keys |= np.arange(rows, dtype=np.uint64)
        keys.sort()
        order = (keys & row_only).view(np.int64)
        keys >>= place_of_row
        begins = np.ones(rows, np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=begins[1:])
        other = hashes(seed + 1).to_numpy().astype(np.uint32).take(order)
        if np.all(begins[1:] | (other[1:] == other[:-1])):
            break
    places = np.flatnonzero(begins)
    first = order[places]
    new = np.zeros(rows, np.bool_)
    new[first] = True
    numbers = np.cumsum(new, dtype=np.uint32) - np.uint32(1)
    codes = np.empty(rows, np.uint32)
    codes[order] = np.repeat(numbers[first], np.diff(places, append=rows))
    return new, codes


def each_once(column: pl.Series, form: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """The column brought to a form, each distinct text once.

    Args:
        column: Texts.
        form: A function of the text alone that gives null for null.
    """
    distinct = Distinct.of(column)
    return distinct.spread(distinct.formed(form)).alias(column.name)
