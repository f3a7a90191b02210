"""The names of each pair compared, in the order supplied or the other way round."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
from smart_record.linkage.names.name_likeness import (
    Forenames,
    Likeness,
    Measure,
    Surnames,
    crosswise_likeness,
    distinct_pairs_once,
)
from smart_record.linkage.names.whole_names import Ends, WholeNames, middle_words
from smart_record.standardise.distinct import Distinct

_BY_MIDDLE = np.int8(Likeness.SLIP)
_REORDERED = np.int8(Likeness.SLIP)
_GARBLED = np.int8(Likeness.SIMILAR)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of person rows, numbered, so that two names are compared once however many pairs have them.

    Attributes:
        forenames, surnames: Every name that is anybody's forename, surname or middle name.
        numbers: By column (forename, surname) the name of each row, `UNKNOWN` where it has none.
        whole: The names of each row as a whole.
        odd: Whether the forename of each row is a name that nobody is known to bear.
    """

    forenames: Forenames
    surnames: Surnames
    numbers: Mapping[str, Numbers]
    whole: WholeNames
    odd: Truths

    @classmethod
    def of(cls, adults: pl.DataFrame) -> "Names":
        """Read the names.

        Args:
            adults: Person rows in order of their number with forename, forename_odd, middle and surname.
        """
        middle = middle_words(adults["middle"])
        words = Distinct.of(pl.concat([adults["forename"], adults["surname"], middle]))
        codes = as_numbers(words.codes)
        forename, surname = codes[: adults.height], codes[adults.height : 2 * adults.height]
        forenames = Forenames.of(words.texts)
        return cls(
            forenames,
            Surnames.of(words.texts),
            {"forename": forename, "surname": surname},
            WholeNames.of(adults, forenames, forename),
            adults["forename_odd"].fill_null(value=False).to_numpy(),
        )

    def some(self, rows: pl.Series) -> "Names":
        """The names of some of the rows, by their numbers."""
        asked = rows.to_numpy()
        numbers = {column: names[asked] for column, names in self.numbers.items()}
        return replace(self, numbers=numbers, whole=self.whole.some(asked), odd=self.odd[asked])

    def levels(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Compare forename and surname of each pair.

        Args:
            pairs: Columns left, right: rows.

        Returns:
            One row per pair, in their order: forename, surname (`Likeness`, null if not known), swapped
            (bool: they agree only with forename and surname the other way round in one row), by_middle (bool:
            the forename of one is a middle name of the other, in this spelling or another).
        """
        rows = _ends(pairs)
        return self._levels(rows, self._forenames(rows))

    def levels_of_alike(self, pairs: pl.DataFrame, identified: Truths) -> tuple[pl.Series, pl.DataFrame]:
        """Compare the names of those pairs alone whose forenames are not plainly two people's.

        Most candidates are a household's, a street's or a month's, of two forenames: for them nothing more
        needs to be looked at.

        Args:
            pairs: As `levels`.
            identified: By pair, whether it is to be compared whatever the forenames.

        Returns:
            By pair, whether its names were compared; and, one row per pair that was, what `levels` returns.
        """
        rows = _ends(pairs)
        forename = self._forenames(rows)
        alike = (forename != Likeness.UNLIKE) | identified
        unlike = np.flatnonzero(~alike)
        alike[unlike] = self._alike_otherwise(_of(rows, unlike))
        kept = np.flatnonzero(alike)
        return pl.Series(alike), self._levels(_of(rows, kept), forename[kept])

    def _levels(self, rows: Ends, forename: Levels) -> pl.DataFrame:
        surname = self._likeness(rows, ("surname", "surname"), self.surnames.likeness)
        swapped = np.zeros(len(forename), dtype=np.bool_)
        unlike = np.flatnonzero(np.maximum(forename, surname) <= Likeness.SIMILAR)
        one, other, agree = self._crossed(_of(rows, unlike))
        garbled, by_middle = self._garbled(forename, rows), self._by_middle(forename, rows)
        forename[garbled] = _GARBLED
        forename[by_middle] = _BY_MIDDLE
        crossed = unlike[agree]
        below = np.flatnonzero(np.minimum(forename, surname) < _REORDERED)
        reordered = below[self.whole.same_letters(_of(rows, below))]
        forename[crossed], surname[crossed], swapped[crossed] = one, other, True
        for level in (forename, surname):
            level[reordered] = np.maximum(level[reordered], _REORDERED)
        second = np.zeros(len(forename), dtype=np.bool_)
        second[by_middle] = self.whole.known_by_middle(_of(rows, by_middle), least=Likeness.ALIAS)
        found = {"forename": levels(forename), "surname": levels(surname)}
        return pl.DataFrame({**found, "swapped": swapped, "by_middle": second})

    def _alike_otherwise(self, rows: Ends) -> Truths:
        """Which pairs of unlike forenames may be one by a middle name, by two slips or crosswise."""
        unlike = np.full(len(rows[0]), np.int8(Likeness.UNLIKE))
        found = np.zeros(len(unlike), dtype=np.bool_)
        found[self._garbled(unlike, rows)] = True
        found[self._by_middle(unlike, rows)] = True
        found |= self.whole.same_letters(rows)
        two_surnames = np.flatnonzero(~found & Beside(self.numbers, *rows).differ("surname"))
        found[two_surnames] = self._crossed(_of(rows, two_surnames))[2]
        return found

    def _crossed(self, rows: Ends) -> tuple[Levels, Levels, Truths]:
        """Forename and surname of the pairs whose names agree crosswise, and which pairs these are.

        Of the two crosswise likenesses an initial is the forename's, and what is like `BEGUM` the surname's.
        """
        one = self._likeness(rows, ("forename", "surname"), self._crosswise)
        near = np.flatnonzero(one >= Likeness.SIMILAR)
        other = np.full(len(one), NOT_KNOWN)
        other[near] = self._likeness(_of(rows, near), ("surname", "forename"), self._crosswise)
        lesser, greater = np.minimum(one, other), np.maximum(one, other)
        agree = (lesser >= Likeness.INITIAL) & (greater >= Likeness.SLIP)
        agree |= (lesser == Likeness.SIMILAR) & (greater == Likeness.EQUAL)
        agree |= (lesser == Likeness.INITIAL) & (greater == Likeness.INITIAL)
        initial, little = lesser == Likeness.INITIAL, self._say_little(rows) & (lesser == Likeness.SIMILAR)
        forename = np.where(initial, lesser, np.where(little, greater, one))
        surname = np.where(initial, greater, np.where(little, lesser, other))
        return forename[agree], surname[agree], agree

    def _say_little(self, rows: Ends) -> Truths:
        """Whether one of the surnames of each pair may stand beside another."""
        left, right = (self.numbers["surname"].take(end) for end in rows)
        known = (left != UNKNOWN) & (right != UNKNOWN)
        beside = self.surnames.beside
        if not len(beside):  # nobody has a surname
            return np.zeros(len(known), dtype=np.bool_)
        either = beside[np.where(known, left, 0)] | beside[np.where(known, right, 0)]
        return np.asarray(known & either, dtype=np.bool_)

    def _crosswise(self, left: Numbers, right: Numbers) -> Levels:
        return crosswise_likeness(self.forenames, self.surnames, left, right)

    def _forenames(self, rows: Ends) -> Levels:
        return self._likeness(rows, ("forename", "forename"), self.forenames.likeness)

    def _likeness(self, rows: Ends, columns: tuple[str, str], measure: Measure) -> Levels:
        """The likeness of one column of each left row to one of the right, in the order of the pairs.

        Nearly all pairs of one name are told apart from the rest before any pair of names is looked up.
        """
        left, right = (self.numbers[column].take(end) for column, end in zip(columns, rows, strict=True))
        found = np.full(len(left), NOT_KNOWN)
        same = np.flatnonzero((left == right) & (left != UNKNOWN))
        unequal = np.flatnonzero((left != right) & (left != UNKNOWN) & (right != UNKNOWN))
        words = np.flatnonzero(np.bincount(left[same], minlength=1))
        of_itself = np.full(len(self.forenames.words.texts) + 1, NOT_KNOWN)
        of_itself[words] = measure(words, words)
        found[same] = of_itself[left[same]]
        found[unequal] = distinct_pairs_once(measure, left[unequal], right[unequal])
        return found

    def _by_middle(self, level: Levels, rows: Ends) -> Rows:
        """The pairs of forenames below a slip of which one is known by a second forename: a middle name."""
        below = np.flatnonzero(level < _BY_MIDDLE)
        return below[self.whole.known_by_middle(_of(rows, below))]

    def _garbled(self, level: Levels, rows: Ends) -> Rows:
        """The pairs of unlike forenames that may be one: misspelt more than once, a part of it or an initial.

        The first is asked only where one of them is no name that anybody is known to bear: two names of their
        own right are two people's, however like each other they are.
        """
        unlike = np.flatnonzero(level == Likeness.UNLIKE)
        odd, other_odd = (self.odd[end] for end in _of(rows, unlike))
        asked = unlike[odd | other_odd]
        left, right = (self.numbers["forename"][end] for end in _of(rows, asked))
        misspelt = asked[self.forenames.misspelt_alike(left, right)]
        some = _of(rows, unlike)
        in_part = self.whole.initial_of_middle(some) | self.whole.only_before_the_name(some)
        return np.union1d(misspelt, unlike[in_part])


def _ends(pairs: pl.DataFrame) -> Ends:
    left, right = (pairs[side].to_numpy().astype(np.int64) for side in ("left", "right"))
    return left, right


def _of(rows: Ends, asked: Rows) -> Ends:
    return rows[0][asked], rows[1][asked]
