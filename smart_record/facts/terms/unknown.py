"""How a household's figure follows from those of its records when some are not known. Null is never zero.

All are for `group_by(...).agg(...)` over the rows that count; a household without such a row is not there at
all, and so has null.
"""

import polars as pl


def sum_of_all(values: pl.Expr) -> pl.Expr:
    """The sum where every value is known; one that isn't makes the sum not known."""
    return pl.when(values.null_count() == 0).then(values.sum())


def sum_of_known(values: pl.Expr) -> pl.Expr:
    """The sum of the values that are known, null where none is.

    For what is owed: each known debt is owed whether or not another can be read, so the sum is the least
    that is owed.
    """
    return pl.when(values.count() > 0).then(values.sum())


def any_yes(values: pl.Expr) -> pl.Expr:
    """Yes if one says yes; no only if all are known and say no."""
    return values.any(ignore_nulls=False)


def any_said(values: pl.Expr) -> pl.Expr:
    """Yes if one says yes; no if one says no and none says yes; null where nobody says."""
    return values.max()
