"""Account and day as one number, so that a sorted array of them answers "as of" by bisection."""

from datetime import date
from typing import Final, TypeAlias, overload

import numpy as np
import numpy.typing as npt
import polars as pl

IntArray: TypeAlias = npt.NDArray[np.int64]
Places: TypeAlias = npt.NDArray[np.intp]
"""For each account, how many entries of a whole sorted array come before a point in its own time."""

_EPOCH = date(1970, 1, 1)
_DAY_BITS: Final = 17

LAST_DAY: Final = (1 << 16) - 1
"""Days are counted from 1970 and held between 0 and this one, in 2149. Twice as many are kept for each
account, so that neither an impossible date nor four weeks after it runs over into the next one's days."""

NO_KEY: Final = np.iinfo(np.int64).max
"""Greater than every key; no account's."""


@overload
def key_of(accounts: IntArray, day: int) -> IntArray: ...
@overload
def key_of(accounts: int, day: int) -> int: ...
def key_of(accounts: IntArray | int, day: int) -> IntArray | int:
    """Account numbers and a day number as keys that sort by account, then day."""
    return (accounts << _DAY_BITS) + day


def account_of(keys: IntArray) -> IntArray:
    """The account number in each key."""
    return keys >> _DAY_BITS


def day_of(keys: IntArray) -> IntArray:
    """The day number in each key."""
    return keys & ((1 << _DAY_BITS) - 1)


def day_number(day: date) -> int:
    """Days since 1970, within what a key can hold."""
    return min(max((day - _EPOCH).days, 0), LAST_DAY)


def days(keys: IntArray, *, known: npt.NDArray[np.bool_]) -> pl.Series:
    """The dates of keys, null where not known."""
    numbers = pl.Series(day_of(keys)).cast(pl.Int32).cast(pl.Date)
    return pl.select(pl.when(pl.lit(pl.Series(known))).then(numbers)).to_series()


def ended(keys: IntArray, by: int) -> IntArray:
    """The keys with one more at their end, so that a place past the last one reads `by`."""
    return np.append(keys, by)


def totals(amounts: IntArray) -> IntArray:
    """Sum up as one goes, from a 0 before the first: `a[i:j]` sums to the j-th less the i-th."""
    running = np.empty(amounts.size + 1, dtype=np.int64)
    running[0] = 0
    np.cumsum(amounts, out=running[1:])
    return running
