"""Texts that nearly all come in one form already: the long way of reading is gone only with the others."""

from collections.abc import Callable

import polars as pl


def unless_usual(
    text: pl.Expr,
    careful: Callable[[pl.Expr], pl.Expr],
    *,
    usual: Callable[[pl.Expr], pl.Expr],
    simple: Callable[[pl.Expr], pl.Expr],
) -> pl.Expr:
    """What the careful reading gives, found by the simple one where a text has the usual form.

    Args:
        text: Texts.
        careful: Reads any text; null for null.
        usual: Says which texts both read alike.
        simple: Reads those; null for null.
    """

    def read(texts: pl.Series) -> pl.Series:
        frame = texts.to_frame("text")
        quick = frame.select(simple(pl.col("text"))).to_series()
        others = frame.select(~usual(pl.col("text"))).to_series().arg_true()
        if others.is_empty():
            return quick
        # lazy, so that what an expression names twice is worked out once
        slow = frame.select(pl.col("text").gather(others)).lazy().select(careful(pl.col("text"))).collect()
        return quick.clone().scatter(others, slow.to_series())

    return text.map_batches(read, pl.String, is_elementwise=True)


def shaped(pattern: str) -> Callable[[pl.Expr], pl.Expr]:
    """Says which texts have a pattern."""
    return lambda text: text.str.contains(pattern)
