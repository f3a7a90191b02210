"""Pairs that can't be one person on dates and places alone: most candidates, left before names are compared.

What is left out here the comparison in full would refuse too (`conflicts.conflicts`); a test holds the two
together. Only where such a pair falls inside one group of linked rows is it looked at again.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.beside import FOR_EVER, UNKNOWN, Truths, as_numbers, kinds
from smart_record.linkage.comparisons import OVERLAP_DAYS
from smart_record.linkage.identifier_comparison import GENERATION_YEARS

Numbers = npt.NDArray[np.int32]


def without_contradictions(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """The pairs that neither two dates of birth nor two homes at one time plainly keep apart.

    Args:
        pairs: Columns left, right: person numbers.
        adults: Person rows with their record's columns and `traits`.
    """
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    same_number = _equal(as_numbers(adults["nino"]), left, right)
    born = as_numbers(adults["dob"])
    same_birth = _equal(born, left, right)
    doubtful = np.flatnonzero(~same_number & ~same_birth)
    left, right = left[doubtful], right[doubtful]
    apart = _two_births(adults, left, right)
    rest = np.flatnonzero(~apart)
    apart[rest] = _two_homes(adults, left[rest], right[rest])
    keep = np.ones(pairs.height, dtype=np.bool_)
    keep[doubtful[apart]] = False
    return pairs.filter(pl.Series(keep))


def _two_births(adults: pl.DataFrame, left: Numbers, right: Numbers) -> Truths:
    """Both dates of birth known, more than their year, and further apart than a slip or a swap.

    Of two rows of one name less than a generation apart the comparison in full decides.
    """
    sure = adults.select(pl.when(~pl.col("dob_weak")).then("dob")).to_series()
    known = sure.is_not_null().to_numpy()
    both = np.flatnonzero(known[left] & known[right])
    one, other = left[both], right[both]
    year, month, day = (
        part.fill_null(0).to_numpy().astype(np.int16)
        for part in (sure.dt.year(), sure.dt.month(), sure.dt.day())
    )
    same_year, same_month, same_day = (part[one] == part[other] for part in (year, month, day))
    swapped = same_year & (month[one] == day[other]) & (day[one] == month[other])
    slip = (same_year & (same_month | same_day)) | (same_month & same_day)
    named = [as_numbers(adults[name]) for name in ("forename", "surname")]
    namesakes = _equal(named[0], one, other) & _equal(named[1], one, other)
    wrong_twice = namesakes & (np.abs(year[one] - year[other]) < GENERATION_YEARS)
    apart = np.zeros(len(left), dtype=np.bool_)
    apart[both] = ~(swapped | slip | wrong_twice)
    return apart


def _two_homes(adults: pl.DataFrame, left: Numbers, right: Numbers) -> Truths:
    """Records of one source, at two known properties, that run together for longer than a move takes."""
    kind = kinds(adults["source"])
    home, words = (as_numbers(adults[name]) for name in ("property", "words"))
    begun, ended = as_numbers(adults["starts"]), as_numbers(adults["ends"], unknown=FOR_EVER)
    known = (home[left] != UNKNOWN) & (home[right] != UNKNOWN)
    apart = known & (home[left] != home[right]) & (kind[left] == kind[right]) & ~_equal(words, left, right)
    for reached_by in (as_numbers(adults[name]) for name in ("telephone", "email")):
        apart &= ~_equal(reached_by, left, right)  # an end that nobody wrote
    begun_both = (begun[left] != UNKNOWN) & (begun[right] != UNKNOWN)
    dated = begun_both | ((ended[left] == FOR_EVER) & (ended[right] == FOR_EVER))
    last = np.minimum(ended[left], ended[right]).astype(np.int64)
    together = last - np.maximum(begun[left], begun[right])
    return np.asarray(apart & dated & (together > OVERLAP_DAYS), dtype=np.bool_)


def _equal(values: Numbers, left: Numbers, right: Numbers) -> Truths:
    return np.asarray((values[left] == values[right]) & (values[left] != UNKNOWN), dtype=np.bool_)
