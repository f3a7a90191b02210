"""What follows from a date alone, worked out once for each day."""

from collections.abc import Callable

import polars as pl


def each_day(days: pl.Series, form: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """What `form` makes of each date; of millions of dates it sees each day between the first and the last.

    Args:
        days: Dates.
        form: A function of the date alone.

    Returns:
        Row by row; null where there is no date.
    """
    numbers = days.to_physical()
    here = numbers.drop_nulls().to_numpy()
    first, last = (here.min(), here.max()) if len(here) else (0, -1)
    span = pl.select(day=pl.int_range(first, last + 1, dtype=pl.Int32).cast(pl.Date))
    return span.select(form(pl.col("day"))).to_series().gather(numbers - first)
