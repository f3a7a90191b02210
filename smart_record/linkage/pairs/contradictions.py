"""Pairs that can't be one person on dates and places alone: most candidates, left before names are compared.

What is left out here the comparison in full would refuse too (`conflicts.conflicts`); a test holds the two
together. Only where such a pair falls inside one group of linked rows is it looked at again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from smart_record.linkage.beside import FOR_EVER, UNKNOWN, Beside, Numbers, Rows, Truths, as_numbers
from smart_record.linkage.days import each_day
from smart_record.linkage.pairs.comparisons import OVERLAP_DAYS
from smart_record.linkage.pairs.identifier_comparison import GENERATION_YEARS

_AS_THEY_ARE = (
    "nino",
    "dob",
    "forename",
    "surname",
    "property",
    "words",
    "telephone",
    "email",
    "source",
    "starts",
)
_READ = (*_AS_THEY_ARE, "dob_weak", "ends")
_FIELD, _TWO_FIELDS = 1 << 5, np.int32(10)
_LAST, _MIDDLE = np.int32(31), np.int32(31 << 5)
"""A date as one number: day and month have a field of five bits each, the year stands before them."""


def _in_fields(year: pl.Expr, middle: pl.Expr, last: pl.Expr) -> pl.Expr:
    return (year.cast(pl.Int32) * _FIELD + middle) * _FIELD + last


_IN_FIELDS: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "born": lambda born: _in_fields(born.dt.year(), born.dt.month(), born.dt.day()),
    "turned": lambda born: _in_fields(born.dt.year(), born.dt.day(), born.dt.month()),
}


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What keeps two rows plainly apart.

    Attributes:
        columns: What is read of each row, as numbers. born and turned are the date of birth, if more than its
            year is known, and the same with day and month in each other's place.
    """

    columns: dict[str, Numbers]

    @classmethod
    def of(cls, adults: pl.DataFrame) -> "Contradictions":
        """Read the rows.

        Args:
            adults: Person rows in order of their number with source, dob_weak and their record's columns.
        """
        sure = adults["dob"].set(adults["dob_weak"].fill_null(value=False), None)
        return cls(
            {
                **{name: as_numbers(adults[name]) for name in _AS_THEY_ARE},
                **{name: as_numbers(each_day(sure, form)) for name, form in _IN_FIELDS.items()},
                "ends": as_numbers(adults["ends"], unknown=FOR_EVER),
            }
        )

    def between(self, left: Rows, right: Rows) -> Truths:
        """Whether two dates of birth, or two homes at one time, plainly keep the rows of each pair apart."""
        pairs = Beside(self.columns, left, right)
        apart = _two_births(pairs)
        rest = np.flatnonzero(~apart)
        apart[rest] = _two_homes(pairs.some(rest))
        doubtful = np.flatnonzero(apart)
        some = pairs.some(doubtful)
        apart[doubtful[some.same("nino") | some.same("dob")]] = False
        return apart


def _two_births(pairs: Beside) -> Truths:
    """Both dates of birth known, more than their year, and further apart than a slip or a swap.

    Of two rows of one name less than a generation apart the comparison in full decides.
    """
    one, other = pairs.both("born")
    unlike = one ^ other
    day, month = (unlike & _LAST) != 0, (unlike & _MIDDLE) != 0
    apart = ((unlike >> _TWO_FIELDS != 0) & (day | month)) | (day & month)
    apart &= np.minimum(one, other) != UNKNOWN
    years = np.abs((one >> _TWO_FIELDS) - (other >> _TWO_FIELDS))
    near = np.flatnonzero(apart & (years < GENERATION_YEARS))
    some = pairs.some(near)
    swapped = one.take(near) == some.columns["turned"].take(some.right)
    apart[near[swapped | (some.same("forename") & some.same("surname"))]] = False
    return np.asarray(apart, dtype=np.bool_)


def _two_homes(pairs: Beside) -> Truths:
    """Records of one source, at two known properties, that run together for longer than a move takes.

    Whom one telephone or email reaches at both has left one of them: an end that nobody wrote.
    """
    source, other_source = pairs.both("source")
    asked = np.flatnonzero(source == other_source)
    asked = asked[pairs.some(asked).differ("property")]
    asked = asked[_run_together(pairs.some(asked))]
    some = pairs.some(asked)
    asked = asked[~(some.same("words") | some.same("telephone") | some.same("email"))]
    apart = np.zeros(len(source), dtype=np.bool_)
    apart[asked] = True
    return apart


def _run_together(pairs: Beside) -> Truths:
    begun, other_begun = pairs.both("starts")
    ended, other_ended = pairs.both("ends")
    last = np.minimum(ended, other_ended).astype(np.int64)
    dated = (begun != UNKNOWN) & (other_begun != UNKNOWN)
    dated |= (ended == FOR_EVER) & (other_ended == FOR_EVER)
    return np.asarray(dated & (last - np.maximum(begun, other_begun) > OVERLAP_DAYS), dtype=np.bool_)


def without_contradictions(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """The pairs, of few rows, that neither two dates of birth nor two homes at one time plainly keep apart.

    Args:
        pairs: Columns left, right: person numbers.
        adults: As `Contradictions.of`; only the rows that the pairs name are read.
    """
    left, right = (pairs[side].to_numpy() for side in ("left", "right"))
    named = np.zeros(adults.height, dtype=np.bool_)
    named[left] = named[right] = True
    against = Contradictions.of(adults.select(_READ).filter(pl.Series(named)))
    number = np.cumsum(named) - 1
    return pairs.filter(~pl.Series(against.between(number[left], number[right]), dtype=pl.Boolean))
