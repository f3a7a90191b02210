"""Texts that come again and again, worked on once each."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl


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
        numbered = column.cast(pl.Categorical(pl.Categories.random()))
        texts = numbered.drop_nulls().unique()
        in_order = texts.to_physical().arg_sort()
        return cls(texts.gather(in_order).cast(pl.String), numbered.to_physical().cast(pl.UInt32))

    def spread(self, values: pl.Series) -> pl.Series:
        """Values by text as values by row."""
        return values.gather(self.codes)


def each_once(column: pl.Series, form: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """The column brought to a form, each distinct text once.

    Args:
        column: Texts.
        form: A function of the text alone that gives null for null.
    """
    distinct = Distinct.of(column)
    formed = distinct.texts.to_frame("text").select(form(pl.col("text"))).to_series()
    return distinct.spread(formed).alias(column.name)
