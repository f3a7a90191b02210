"""Rows that an extract brings more than once, taken once, whichever way round the file has them."""

from collections.abc import Mapping
from itertools import takewhile

import polars as pl

from smart_record.linkage.sources import COLUMNS_READ

_BYTES = 8


def extracts_in_order(extracts: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The columns that the matching reads of each extract that is there, one row per record_ref, sorted."""
    return {
        name: once_each(extracts[name].select(_there(extracts[name], read)))
        for name, read in COLUMNS_READ.items()
        if name in extracts
    }


def once_each(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per record_ref, sorted by it.

    Of several rows with one reference the first by all columns is kept: not because it is right (intake sets
    aside what contradicts), but because that does not depend on the order of the file.
    """
    if _rises(rows["record_ref"]):
        return rows
    ordered = _by_reference(rows)
    if _rises(ordered["record_ref"]):
        return ordered
    first_of_all = ["record_ref", *(name for name in rows.columns if name != "record_ref")]
    again = ordered.filter(pl.col("record_ref").is_duplicated()).sort(first_of_all, nulls_last=True)
    kept = again.unique("record_ref", keep="first", maintain_order=True)
    return pl.concat([ordered.filter(pl.col("record_ref").is_unique()), kept]).sort("record_ref")


def _by_reference(rows: pl.DataFrame) -> pl.DataFrame:
    """Sorted by record_ref, as numbers where what the references do not share fits into eight bytes.

    A sort of texts takes ten times as long.
    """
    keys = rows["record_ref"]
    least, most = str(keys.min() or ""), str(keys.max() or "")
    shared = list(takewhile(lambda both: both[0] == both[1], zip(least, most, strict=False)))
    own = keys.str.slice(len(shared))  # whatever stands between two that begin alike begins so too
    short = (own.str.len_bytes() <= _BYTES) & (own.str.len_bytes() == own.str.len_chars())
    if not short.fill_null(value=False).all():
        return rows.sort("record_ref")
    numbers = own.str.pad_end(_BYTES, "\0").cast(pl.Binary).bin.reinterpret(dtype=pl.UInt64, endianness="big")
    order = numbers.arg_sort()
    return pl.DataFrame([rows[name].rechunk().gather(order) for name in rows.columns])  # one copy at a time


def _there(rows: pl.DataFrame, columns: frozenset[str]) -> list[str]:
    return [name for name in rows.columns if name in columns]


def _rises(keys: pl.Series) -> bool:
    """Whether each is greater than the one before."""
    return keys.len() < 2 or bool((keys.slice(1) > keys.head(-1)).fill_null(value=False).all())
