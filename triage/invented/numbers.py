"""National Insurance numbers, telephones and emails of people who don't exist."""

import numpy as np
import polars as pl

_FIRST = "ABCEGHJKLMNOPRSTWXYZ"
_SECOND = "ABCEGHJKLMNPRSTWXYZ"
_NOT_ISSUED = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ", "OO", "CR", "FY", "MW", "NC"})
PREFIXES = [a + b for a in _FIRST for b in _SECOND if a + b not in _NOT_ISSUED]
_SCATTER = 86_028_121  # a prime that does not divide the count of numbers, so that each comes once only


def ninos(rng: np.random.Generator, size: int) -> pl.Series:
    """`size` distinct National Insurance numbers of the right form (HMRC NIM39110)."""
    numbers = len(PREFIXES) * 1_000_000
    code = (rng.integers(numbers) + np.arange(size, dtype=np.int64) * _SCATTER) % numbers
    prefix = pl.Series(PREFIXES).gather(code // 1_000_000)
    suffix = pl.Series(list("ABCD")).gather(rng.integers(0, 4, size))
    digits = pl.Series(code % 1_000_000).cast(pl.String).str.zfill(6)
    return prefix + digits + suffix


def telephones(rng: np.random.Generator, size: int) -> pl.Series:
    """`size` numbers of the length of a mobile number."""
    return pl.Series("072" + pl.Series(rng.integers(0, 10**8, size)).cast(pl.String).str.zfill(8))


def emails(rng: np.random.Generator, people: pl.DataFrame) -> pl.Series:
    """An address at example.org, which can never receive mail (RFC 2606), for each person."""
    number = pl.Series(rng.integers(0, 1000, people.height)).cast(pl.String)
    plain = [
        people[name].str.to_lowercase().str.replace_all("[^a-z]", "") for name in ("forename", "surname")
    ]
    return plain[0] + "." + plain[1] + number + "@example.org"
