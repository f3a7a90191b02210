"""How like two texts are, each distinct pair of texts measured once however many rows have it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from smart_record.standardise.distinct import Distinct

Levels = npt.NDArray[np.int8]
Rows = npt.NDArray[np.int64]
Measure = Callable[[pl.Series, pl.Series], Levels]

NOT_KNOWN = -1
EQUAL, SLIP, ALIKE, SOMEWHAT, DIFFER = 4, 3, 2, 1, 0
_ALIKE_WINKLER, _SOMEWHAT_WINKLER = 0.9, 0.8
_LONG = 8
"""Letters from which two slips are still a slip."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts, numbered, so that each distinct pair of texts is measured once.

    Attributes:
        words: Each text once.
        codes: By row, the place of its text in `words`; -1 where the row has none.
    """

    words: pl.Series
    codes: Rows

    @classmethod
    def of(cls, column: pl.Series) -> "Texts":
        """Number the texts of a column."""
        found = Distinct.of(column)
        return cls(found.texts, found.codes.cast(pl.Int64).fill_null(-1).to_numpy())

    def levels(self, left: Rows, right: Rows, measure: Measure) -> Levels:
        """The level of each pair of rows; NOT_KNOWN where either has no text.

        Args:
            left: Row numbers.
            right: As many row numbers.
            measure: Levels of unequal texts, side by side; never asked about equal ones.
        """
        one, other = self.codes[left], self.codes[right]
        known = (one >= 0) & (other >= 0)
        levels = np.where(known & (one == other), np.int8(EQUAL), np.int8(NOT_KNOWN))
        asked = (known & (one != other)).nonzero()[0]
        if not len(asked):
            return levels
        keys = np.minimum(one[asked], other[asked]) * len(self.words) + np.maximum(one[asked], other[asked])
        order = np.argsort(keys)
        keys = keys[order]
        begins = np.append(True, keys[1:] != keys[:-1])
        distinct = keys[begins]
        first = self.words.gather(distinct // len(self.words))
        second = self.words.gather(distinct % len(self.words))
        levels[asked[order]] = measure(first, second)[np.cumsum(begins) - 1]
        return levels


def by_spelling(one: pl.Series, other: pl.Series) -> Levels:
    """SLIP, ALIKE, SOMEWHAT or DIFFER for words and short phrases."""
    edits, winkler = _edits(one, other), _winkler(one, other)
    shorter = np.minimum(one.str.len_chars().to_numpy(), other.str.len_chars().to_numpy())
    slip = (edits <= np.where(shorter >= _LONG, 2, 1)) & (shorter > 2)
    levels = np.where(winkler >= _SOMEWHAT_WINKLER, SOMEWHAT, DIFFER)
    levels = np.where(winkler >= _ALIKE_WINKLER, ALIKE, levels)
    return np.asarray(np.where(slip, SLIP, levels), dtype=np.int8)


def by_digits(one: pl.Series, other: pl.Series) -> Levels:
    """SLIP where one character is wrong, missing, extra or swapped with its neighbour; ALIKE for two."""
    edits = _edits(one, other)
    return np.asarray(np.where(edits <= 1, SLIP, np.where(edits <= 2, ALIKE, DIFFER)), dtype=np.int8)


def by_equality(one: pl.Series, _other: pl.Series) -> Levels:
    """All unequal texts differ alike."""
    return np.zeros(len(one), dtype=np.int8)


def by_initial(one: pl.Series, other: pl.Series) -> Levels:
    """SLIP for an initial of the other, SOMEWHAT for the same first letter."""
    same = (one.str.slice(0, 1) == other.str.slice(0, 1)).to_numpy()
    short = ((one.str.len_chars() == 1) | (other.str.len_chars() == 1)).to_numpy()
    return np.asarray(np.where(same, np.where(short, SLIP, SOMEWHAT), DIFFER), dtype=np.int8)


def by_parts_of_date(one: pl.Series, other: pl.Series) -> Levels:
    """SLIP for one digit or day and month changed round, ALIKE for two parts equal, SOMEWHAT for the year.

    Args:
        one: Dates as eight digits, yyyymmdd.
        other: As many.
    """
    a, b = (dates.cast(pl.Int64).to_numpy() for dates in (one, other))
    year, month, day = a // 10_000 == b // 10_000, a // 100 % 100 == b // 100 % 100, a % 100 == b % 100
    turned = (a // 100 % 100 == b % 100) & (a % 100 == b // 100 % 100)
    levels = np.where(year | (month & day), SOMEWHAT, DIFFER)
    levels = np.where(year & (month | day) | (month & day), ALIKE, levels)
    return np.asarray(np.where(_one_digit_off(a, b) | (year & turned), SLIP, levels), dtype=np.int8)


def _one_digit_off(a: Rows, b: Rows) -> npt.NDArray[np.bool_]:
    """Whether of eight digits one is wrong, or two neighbours are swapped."""
    wrong = np.zeros(len(a), dtype=np.int8)
    swapped = np.zeros(len(a), dtype=np.bool_)
    for place in 10 ** np.arange(8):
        wrong += a // place % 10 != b // place % 10
        pair_a, pair_b = a // place % 100, b // place % 100
        swapped |= (pair_a % 10 == pair_b // 10) & (pair_a // 10 == pair_b % 10) & (pair_a != pair_b)
    return np.asarray((wrong <= 1) | (swapped & (wrong == 2)), dtype=np.bool_)


def by_mailbox(one: pl.Series, other: pl.Series) -> Levels:
    """SLIP up to two letters, ALIKE for one mailbox name at two providers, SOMEWHAT for names alike.

    A mailbox is mostly its holder's name and a number: jo.smith85 and jo.smith12 are two people's.
    """
    edits = _edits(one, other)
    mailboxes = [side.str.replace(r"@.*$", "") for side in (one, other)]
    numbers = [side.str.replace_all(r"[^0-9]", "") for side in mailboxes]
    one_number = (numbers[0] == numbers[1]).to_numpy()
    winkler = _winkler(*mailboxes)
    same = ((mailboxes[0] == mailboxes[1]) & (mailboxes[0].str.len_chars() > 2)).to_numpy()
    levels = np.where(one_number & (winkler >= _ALIKE_WINKLER), SOMEWHAT, DIFFER)
    levels = np.where(same, ALIKE, levels)
    return np.asarray(np.where(one_number & (edits <= 2) | (edits <= 1), SLIP, levels), dtype=np.int8)


def _edits(one: pl.Series, other: pl.Series) -> npt.NDArray[np.int64]:
    """How many letters are wrong, missing, extra or swapped with a neighbour; more than three are four."""
    found = process.cpdist(one.to_list(), other.to_list(), scorer=OSA.distance, score_cutoff=3)
    return np.asarray(found, dtype=np.int64)


def _winkler(one: pl.Series, other: pl.Series) -> npt.NDArray[np.float64]:
    found = process.cpdist(one.to_list(), other.to_list(), scorer=JaroWinkler.similarity)
    return np.asarray(found, dtype=np.float64)
