"""Pairs of numbers held as one number each, which numpy sorts several times faster than a table."""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Packed = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.integer[Any]]

HALF = np.uint64(32)


def packed(left: Numbers, right: Numbers) -> Packed:
    """Each pair as one number, which sorts as the pair does."""
    return (left.astype(np.uint64) << HALF) | right.astype(np.uint64)


def unpacked(pairs: Packed) -> pl.DataFrame:
    """The pairs as a table. Columns: left, right (u32)."""
    return pl.DataFrame({"left": (pairs >> HALF).astype(np.uint32), "right": pairs.astype(np.uint32)})


def ends(pairs: Packed) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The first and the second number of each pair."""
    return (pairs >> HALF).astype(np.int64), pairs.astype(np.uint32).astype(np.int64)


def once_each(values: Packed) -> Packed:
    """The values sorted, without repeats (numpy's own `unique` hashes, which is slower than the sort).

    Args:
        values: Sorted in place: millions are not held twice.
    """
    values.sort()
    return without_repeats(values)


def without_repeats(values: Packed) -> Packed:
    """Each of some sorted values once."""
    again = values[1:] == values[:-1]
    return values[np.append(True, ~again)] if again.any() else values


def packed_ends(pairs: pl.DataFrame) -> Packed:
    """Each row's left and right as one number."""
    return packed(pairs["left"].to_numpy(), pairs["right"].to_numpy())


def among(pairs: pl.DataFrame, others: pl.DataFrame) -> pl.Series:
    """Whether each pair (left, right) is one of the others."""
    return pl.Series(are_in(packed_ends(pairs), np.sort(packed_ends(others))))


def are_in(values: Packed, keys: Packed) -> npt.NDArray[np.bool_]:
    """Whether each value is one of the keys, which are sorted."""
    if not len(keys):
        return np.zeros(len(values), dtype=np.bool_)
    place = np.minimum(np.searchsorted(keys, values), len(keys) - 1)
    return np.asarray(keys[place] == values, dtype=np.bool_)


def numbered(values: Packed) -> tuple[Packed, npt.NDArray[np.int64]]:
    """The distinct values sorted, and the place of each value among them."""
    order = np.argsort(values)
    in_order = values[order]
    begins = np.append([True], in_order[1:] != in_order[:-1])[: len(values)]
    place = np.empty(len(values), dtype=np.int64)
    place[order] = np.cumsum(begins) - 1
    return in_order[begins], place
