"""Rows that an extract brings more than once, taken once, whichever way round the file has them."""

from collections.abc import Sequence

import polars as pl


def once_each(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """One row per key, sorted by it.

    Of several rows with one key the first by all columns is kept: not because it is right (intake sets aside
    what contradicts), but because that does not depend on the order of the file.
    """
    repeated = pl.struct(key).is_duplicated()
    twice = rows.filter(repeated).sort(rows.columns, nulls_last=True)
    first = twice.unique(key, keep="first", maintain_order=True)
    return pl.concat([rows.filter(~repeated), first]).sort(key)
