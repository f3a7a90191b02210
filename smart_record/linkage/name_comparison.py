"""The names of each pair compared, in the order supplied or the other way round."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from smart_record.linkage.beside import (
    NOT_KNOWN,
    UNKNOWN,
    Beside,
    Levels,
    Numbers,
    Rows,
    Truths,
    as_numbers,
    levels,
)
from smart_record.linkage.name_likeness import (
    Likeness,
    crosswise_likeness,
    forename_likeness,
    misspelt_alike,
    surname_likeness,
)
from smart_record.linkage.packed_pairs import Packed, numbered, packed, unpacked
from smart_record.linkage.whole_names import Ends, initial_of_middle, known_by_middle, same_letters
from smart_record.standardise.distinct import Distinct

_NAMES = ("forename", "surname")
_BY_MIDDLE = np.int8(Likeness.SLIP)
_REORDERED = np.int8(Likeness.SLIP)
_GARBLED = np.int8(Likeness.SIMILAR)
Measure = Callable[[pl.DataFrame], pl.DataFrame]
"""The likeness of distinct pairs of names, in their order."""


def name_levels(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """Compare forename and surname of each pair.

    Args:
        pairs: Columns left, right: person numbers.
        adults: Person rows in order of their number with forename, forename_odd, middle and surname.

    Returns:
        One row per pair, in their order: forename, surname (`Likeness`, null if not known), swapped (bool:
        they agree only with forename and surname the other way round in one row).
    """
    names, ends = _Names.of(adults), _ends(pairs)
    return _levels(names, adults, ends, names.forenames(ends))


def levels_of_alike(
    pairs: pl.DataFrame, adults: pl.DataFrame, identified: Truths
) -> tuple[pl.Series, pl.DataFrame]:
    """Compare the names of those pairs alone whose forenames are not plainly two people's.

    Most candidates are a household's, a street's or a month's, of two forenames: for them nothing more needs
    to be looked at.

    Args:
        pairs: As `name_levels`.
        adults: As `name_levels`.
        identified: By pair, whether it is to be compared whatever the forenames.

    Returns:
        By pair, whether its names were compared; and, one row per pair that was, the columns of
        `name_levels`.
    """
    names, ends = _Names.of(adults), _ends(pairs)
    forename = names.forenames(ends)
    alike = (forename != Likeness.UNLIKE) | identified
    unlike = np.flatnonzero(~alike)
    alike[unlike] = _alike_otherwise(names, adults, _of(ends, unlike))
    kept = np.flatnonzero(alike)
    return pl.Series(alike), _levels(names, adults, _of(ends, kept), forename[kept])


def _ends(pairs: pl.DataFrame) -> Ends:
    left, right = (pairs[side].to_numpy().astype(np.int64) for side in ("left", "right"))
    return left, right


def _of(ends: Ends, asked: Rows) -> Ends:
    return ends[0][asked], ends[1][asked]


def _levels(names: "_Names", adults: pl.DataFrame, ends: Ends, forename: Levels) -> pl.DataFrame:
    surname = names.surnames(ends)
    swapped = np.zeros(len(forename), dtype=np.bool_)
    unlike = np.flatnonzero(np.maximum(forename, surname) <= Likeness.SIMILAR)
    one, other, agree = _crossed(names, _of(ends, unlike))
    garbled, by_middle = _garbled(forename, ends, adults), _by_middle(forename, ends, adults)
    forename[garbled] = _GARBLED
    forename[by_middle] = _BY_MIDDLE
    crossed = unlike[agree]
    below = np.flatnonzero(np.minimum(forename, surname) < _REORDERED)
    reordered = below[same_letters(_of(ends, below), adults)]
    forename[crossed], surname[crossed], swapped[crossed] = one, other, True
    for level in (forename, surname):
        level[reordered] = np.maximum(level[reordered], _REORDERED)
    return pl.DataFrame({"forename": levels(forename), "surname": levels(surname), "swapped": swapped})


def _alike_otherwise(names: "_Names", adults: pl.DataFrame, ends: Ends) -> Truths:
    """Which pairs of unlike forenames may be one by a middle name, by two slips or the other way round."""
    unlike = np.full(len(ends[0]), np.int8(Likeness.UNLIKE))
    found = np.zeros(len(unlike), dtype=np.bool_)
    found[_garbled(unlike, ends, adults)] = True
    found[_by_middle(unlike, ends, adults)] = True
    found |= same_letters(ends, adults)
    two_surnames = np.flatnonzero(~found & names.differ("surname", ends))
    found[two_surnames] = _crossed(names, _of(ends, two_surnames))[2]
    return found


def _crossed(names: "_Names", ends: Ends) -> tuple[Levels, Levels, Truths]:
    """Forename and surname of the pairs whose names agree crosswise, and which pairs these are.

    Of the two crosswise likenesses an initial is the forename's.
    """
    one = names.likenesses(ends, ("forename", "surname"), crosswise_likeness)
    near = np.flatnonzero(one >= Likeness.SIMILAR)
    other = np.full(len(one), NOT_KNOWN)
    other[near] = names.likenesses(_of(ends, near), ("surname", "forename"), crosswise_likeness)
    lesser, greater = np.minimum(one, other), np.maximum(one, other)
    agree = (lesser >= Likeness.INITIAL) & (greater >= Likeness.SLIP)
    agree |= (lesser == Likeness.SIMILAR) & (greater == Likeness.EQUAL)
    initial = lesser == Likeness.INITIAL
    return np.where(initial, lesser, one)[agree], np.where(initial, greater, other)[agree], agree


@dataclass(frozen=True, slots=True)
class _Names:
    """All names of the adults, numbered, so that two names are compared once however many pairs have them."""

    words: pl.Series
    numbers: dict[str, Numbers]

    @classmethod
    def of(cls, adults: pl.DataFrame) -> "_Names":
        words = Distinct.of(pl.concat([adults[name] for name in _NAMES]))
        codes = as_numbers(words.codes)
        return cls(words.texts, {"forename": codes[: adults.height], "surname": codes[adults.height :]})

    def forenames(self, ends: Ends) -> Levels:
        """The likeness of each pair's forenames."""
        return self.likenesses(ends, ("forename", "forename"), forename_likeness)

    def surnames(self, ends: Ends) -> Levels:
        """The likeness of each pair's surnames."""
        return self.likenesses(ends, ("surname", "surname"), surname_likeness)

    def differ(self, column: str, ends: Ends) -> Truths:
        """Which pairs have two different names in a column."""
        return Beside(self.numbers, *ends).differ(column)

    def likenesses(self, ends: Ends, columns: tuple[str, str], measure: Measure) -> Levels:
        """The likeness of one column of each left row to one of the right, in the order of the pairs.

        Nearly all pairs of one name are told apart from the rest before any pair of names is looked up.
        """
        left, right = (self.numbers[column].take(end) for column, end in zip(columns, ends, strict=True))
        found = np.full(len(left), NOT_KNOWN)
        same = np.flatnonzero((left == right) & (left != UNKNOWN))
        unequal = np.flatnonzero((left != right) & (left != UNKNOWN) & (right != UNKNOWN))
        words = np.flatnonzero(np.bincount(left[same], minlength=1))
        keys, of_key = numbered(packed(left[unequal], right[unequal]))
        measured = self._measured(np.concatenate([packed(words, words), keys]), measure)
        of_itself = np.full(len(self.words), NOT_KNOWN)
        of_itself[words] = measured[: len(words)]
        found[same] = of_itself[left[same]]
        found[unequal] = measured[len(words) :][of_key]
        return found

    def _measured(self, pairs: Packed, measure: Measure) -> Levels:
        """The likeness of distinct pairs of words."""
        if not len(pairs):
            return np.empty(0, dtype=np.int8)
        numbers = unpacked(pairs)
        named = numbers.select(self.words.gather(numbers[side]).alias(side) for side in ("left", "right"))
        return measure(named)["likeness"].to_numpy()


def _by_middle(level: Levels, ends: Ends, adults: pl.DataFrame) -> Rows:
    """The pairs of forenames below a slip of which one is known by a second forename: the other's middle."""
    below = np.flatnonzero(level < _BY_MIDDLE)
    return below[known_by_middle(_of(ends, below), adults)]


def _garbled(level: Levels, ends: Ends, adults: pl.DataFrame) -> Rows:
    """The pairs of unlike forenames that may be one, misspelt more than once, or a middle name's initial.

    The first is asked only where one of them is no name that anybody is known to bear: two names of their own
    right are two people's, however like each other they are.
    """
    odd = adults["forename_odd"].fill_null(value=False).to_numpy()
    left, right = ends
    unlike = np.flatnonzero(level == Likeness.UNLIKE)
    asked = unlike[odd[left[unlike]] | odd[right[unlike]]]
    sides = {"left": adults["forename"].gather(left[asked]), "right": adults["forename"].gather(right[asked])}
    alike: Truths = misspelt_alike(pl.DataFrame(sides)).to_numpy()
    by_initial = unlike[initial_of_middle(_of(ends, unlike), adults)]
    return np.union1d(asked[alike], by_initial)
