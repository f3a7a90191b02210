"""How like two texts are, each distinct pair of texts measured once however many rows have it."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

Levels = npt.NDArray[np.int8]
Rows = npt.NDArray[np.int64]
Measure = Callable[[list[str], list[str]], Levels]

NOT_KNOWN = -1
EQUAL, SLIP, ALIKE, SOMEWHAT, DIFFER = 4, 3, 2, 1, 0
_ALIKE_WINKLER, _SOMEWHAT_WINKLER = 0.9, 0.8
_LONG = 8
"""Letters from which two slips are still a slip."""


def levels_of(texts: pl.Series, left: Rows, right: Rows, measure: Measure) -> Levels:
    """The level of each pair of rows by one text column; NOT_KNOWN where either is null.

    Args:
        texts: The column, by row number.
        left: Row numbers.
        right: As many row numbers.
        measure: Levels of unequal texts, side by side; never asked about equal ones.
    """
    words = texts.drop_nulls().unique().sort()
    if words.is_empty():
        return np.full(len(left), NOT_KNOWN, dtype=np.int8)
    codes = texts.cast(pl.Enum(words)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    one, other = codes[left], codes[right]
    levels = np.where(one == other, EQUAL, NOT_KNOWN).astype(np.int8)
    levels[(one < 0) | (other < 0)] = NOT_KNOWN
    asked = ((one >= 0) & (other >= 0) & (one != other)).nonzero()[0]
    if not len(asked):
        return levels
    keys = np.minimum(one[asked], other[asked]) * len(words) + np.maximum(one[asked], other[asked])
    distinct, place = np.unique(keys, return_inverse=True)
    first = words.gather(distinct // len(words)).to_list()
    second = words.gather(distinct % len(words)).to_list()
    levels[asked] = measure(first, second)[place]
    return levels


def by_spelling(one: list[str], other: list[str]) -> Levels:
    """SLIP, ALIKE, SOMEWHAT or DIFFER for words and short phrases."""
    edits = process.cpdist(one, other, scorer=OSA.distance, score_cutoff=3)
    winkler = process.cpdist(one, other, scorer=JaroWinkler.similarity)
    shorter = np.minimum([len(text) for text in one], [len(text) for text in other])
    slip = (edits <= np.where(shorter >= _LONG, 2, 1)) & (shorter > 2)
    levels = np.where(winkler >= _SOMEWHAT_WINKLER, SOMEWHAT, DIFFER)
    levels = np.where(winkler >= _ALIKE_WINKLER, ALIKE, levels)
    return np.asarray(np.where(slip, SLIP, levels), dtype=np.int8)


def by_digits(one: list[str], other: list[str]) -> Levels:
    """SLIP where one character is wrong, missing, extra or swapped with its neighbour; ALIKE for two."""
    edits = process.cpdist(one, other, scorer=OSA.distance, score_cutoff=3)
    return np.asarray(np.where(edits <= 1, SLIP, np.where(edits <= 2, ALIKE, DIFFER)), dtype=np.int8)


def by_equality(one: list[str], _other: list[str]) -> Levels:
    """All unequal texts differ alike."""
    return np.zeros(len(one), dtype=np.int8)


def by_parts_of_date(one: list[str], other: list[str]) -> Levels:
    """SLIP for one digit or day and month changed round, ALIKE for two parts equal, SOMEWHAT for the year."""
    a, b = (np.array(dates).astype("U8") for dates in (one, other))
    year_a, year_b = a.astype("U4"), b.astype("U4")
    rest_a, rest_b = ([date[4:] for date in dates] for dates in (one, other))
    turned = np.array([date[2:] + date[:2] for date in rest_a]) == np.array(rest_b)
    year = year_a == year_b
    month = np.array([x[:2] == y[:2] for x, y in zip(rest_a, rest_b, strict=True)])
    day = np.array([x[2:] == y[2:] for x, y in zip(rest_a, rest_b, strict=True)])
    edits = process.cpdist(one, other, scorer=OSA.distance, score_cutoff=2)
    levels = np.where(year | (month & day), SOMEWHAT, DIFFER)
    levels = np.where(year & (month | day) | (month & day), ALIKE, levels)
    return np.asarray(np.where((edits <= 1) | (year & turned), SLIP, levels), dtype=np.int8)


def by_mailbox(one: list[str], other: list[str]) -> Levels:
    """SLIP up to two characters, ALIKE for one mailbox name at two providers."""
    edits = process.cpdist(one, other, scorer=OSA.distance, score_cutoff=3)
    names = [[text.split("@")[0] for text in texts] for texts in (one, other)]
    winkler = process.cpdist(*names, scorer=JaroWinkler.similarity)
    same = np.array([a == b and len(a) > 2 for a, b in zip(*names, strict=True)])
    levels = np.where(winkler >= _ALIKE_WINKLER, SOMEWHAT, DIFFER)
    return np.asarray(np.where(edits <= 2, SLIP, np.where(same, ALIKE, levels)), dtype=np.int8)
