"""How like two names are: equal, known to stand for one another, a slip apart, an initial, or unlike.

Names are numbered, and only distinct pairs are asked about; the string distances are rapidfuzz's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from smart_record.linkage.beside import Levels, Numbers, Truths
from smart_record.linkage.graph.packed_pairs import ends, numbered, packed
from smart_record.linkage.names.name_tables import (
    forename_groups,
    forename_table,
    stands_there,
    surname_table,
)
from smart_record.linkage.names.name_words import Several, Words
from smart_record.standardise.distinct import Distinct

Measure = Callable[[Numbers, Numbers], Levels]
"""The likeness of pairs of names by their numbers."""

Texts = npt.NDArray[np.object_]
Shares = npt.NDArray[np.float64]


class Likeness(IntEnum):
    """How like two names are, from unlike to equal; null is "not known"."""

    UNLIKE = 0
    SIMILAR = 1
    INITIAL = 2
    SLIP = 3
    ALIAS = 4
    EQUAL = 5


_SLIP_WINKLER = 0.93
_SIMILAR_WINKLER = 0.84
_MISSPELT_WINKLER = 0.6
_OF_WOMEN_OR_SIKHS = ["BEGUM", "BIBI", "KHATUN", "KHANUM", "KAUR", "SINGH"]
"""Stand in the place of a surname, and beside it: who bears one may have another surname on another form."""

_PART = 3
"""Letters of the shortest part of a double surname that says who somebody is."""


@dataclass(frozen=True, slots=True)
class Forenames:
    """Distinct forenames, and how like any two are.

    Attributes:
        words: The forenames.
        groups: The groups of names that each belongs to, or belonged to before a slip of the keyboard.
    """

    words: Words
    groups: Several

    @classmethod
    def of(cls, texts: pl.Series) -> "Forenames":
        """Read distinct forenames: capital letters, run together."""
        number = texts.to_frame("name").with_row_index("number")
        groups = forename_groups(texts).join(number, on="name")
        name, group = (groups[column].cast(pl.Int64).to_numpy() for column in ("number", "group"))
        return cls(Words.of(texts, forename_table()), Several.of(name, group, len(texts)))

    def likeness(self, left: Numbers, right: Numbers) -> Levels:
        """The `Likeness` of the two names of each pair, by their numbers.

        A slip of a name is as like to that name's other forms as a slip is.
        """
        level = _likeness(self.words, left, right)
        short = np.minimum(*_of_both(self.words.lengths, left, right)) <= 2
        doubtful = np.flatnonzero((level <= Likeness.SIMILAR) & ~short)
        one, other = left[doubtful], right[doubtful]
        distant = stands_there(self.words.table.distant, *_of_both(self.words.entries, one, other))
        level[doubtful[distant | self._of_one_group(one, other)]] = Likeness.SLIP
        return level

    def misspelt_alike(self, left: Numbers, right: Numbers) -> Truths:
        """Whether each pair may be one name with two slips: `RKOY` and `RYO`, `JOHUAH` and `JOSHXA`."""
        names = self.words.texts.to_numpy()
        edits, winkler = _measured(names[left], names[right], _MISSPELT_WINKLER)
        longer = np.maximum(*_of_both(self.words.lengths, left, right))
        first, other_first = _of_both(self.words.initials, left, right)
        slips = (edits <= 2) | ((edits == 3) & (longer >= 6))
        close = slips & (winkler >= _MISSPELT_WINKLER) & (longer > 1)
        return np.asarray(close & (first == other_first), dtype=np.bool_)

    def _of_one_group(self, left: Numbers, right: Numbers) -> Truths:
        which, group = self.groups.each(left)
        other, other_group = self.groups.each(right[which])
        met = np.zeros(len(left), dtype=np.bool_)
        met[which[other[group[other] == other_group]]] = True
        return met


@dataclass(frozen=True, slots=True)
class Surnames:
    """Distinct surnames, and how like any two are.

    Attributes:
        words: The surnames with the parts of double ones run together, and those parts.
        whole: The word that each surname is.
        parts: The words that its parts are, long enough to tell.
        double: Whether it has several parts.
        beside: Whether it may stand beside another surname.
    """

    words: Words
    whole: Numbers
    parts: Several
    double: Truths
    beside: Truths

    @classmethod
    def of(cls, texts: pl.Series) -> "Surnames":
        """Read distinct surnames: capital letters, hyphens between the parts of double ones."""
        parts = texts.to_frame("part").with_row_index("number")
        parts = parts.with_columns(pl.col("part").str.split("-")).explode(
            "part", keep_nulls=True, empty_as_null=True
        )
        parts = parts.filter(pl.col("part").str.len_bytes() >= _PART)
        whole = texts.str.replace_all("-", "", literal=True)
        words = Distinct.of(pl.concat([whole, parts["part"]]))
        codes = words.codes.cast(pl.Int64).to_numpy()
        by_name = Several.of(parts["number"].cast(pl.Int64).to_numpy(), codes[len(texts) :], len(texts))
        double = texts.str.contains("-", literal=True).to_numpy()
        beside = texts.is_in(_OF_WOMEN_OR_SIKHS).to_numpy()
        return cls(Words.of(words.texts, surname_table()), codes[: len(texts)], by_name, double, beside)

    def likeness(self, left: Numbers, right: Numbers) -> Levels:
        """The `Likeness` of the two names of each pair, by their numbers.

        A double surname is as like as its likest part, at most `SLIP`; beside `BEGUM` none is unlike.
        """
        of_whole = _likeness(self.words, self.whole[left], self.whole[right])
        return np.maximum(np.maximum(of_whole, self.says_little(left, right)), self._by_part(left, right))

    def says_little(self, left: Numbers, right: Numbers) -> Levels:
        """`SIMILAR` where one may stand beside another surname, else `UNLIKE`."""
        return np.where(self.beside[left] | self.beside[right], np.int8(Likeness.SIMILAR), np.int8(0))

    def spelt_or_in_half(self, left: Numbers, right: Numbers) -> Levels:
        """`ALIAS` for spellings of one name, for a double one what its likest part is, else `UNLIKE`."""
        entries = _of_both(self.words.entries[self.whole], left, right)
        level = self._by_part(left, right)
        level[stands_there(self.words.table.aliases, *entries)] = Likeness.ALIAS
        return level

    def _by_part(self, left: Numbers, right: Numbers) -> Levels:
        """How like the likest parts are of two surnames of which one is double."""
        level = np.full(len(left), np.int8(Likeness.UNLIKE))
        double = np.flatnonzero(self.double[left] | self.double[right])
        which, one = self.parts.each(left[double])
        other_which, other = self.parts.each(right[double][which])
        by_part = np.minimum(_likeness(self.words, one[other_which], other), np.int8(Likeness.SLIP))
        np.maximum.at(level, double[which[other_which]], by_part)
        return level


def crosswise_likeness(forenames: Forenames, surnames: Surnames, left: Numbers, right: Numbers) -> Levels:
    """The `Likeness` of one row's forename to another's surname, by their numbers.

    They are as like as two forenames, or as two surnames in other spellings or in half; to `BEGUM` none is
    unlike.
    """
    level = np.maximum(forenames.likeness(left, right), surnames.spelt_or_in_half(left, right))
    return np.maximum(level, surnames.says_little(left, right))


def distinct_pairs_once(measure: Measure, left: Numbers, right: Numbers) -> Levels:
    """The likeness of each pair of names, each distinct pair measured once."""
    keys, of_key = numbered(packed(left, right))
    return measure(*ends(keys))[of_key]


def forename_likeness(pairs: pl.DataFrame) -> pl.DataFrame:
    """Likeness of pairs of forenames.

    Args:
        pairs: Columns left, right (capital letters, run together).

    Returns:
        One row per pair without nulls, in their order: left, right, likeness (i8, `Likeness`).
    """
    known = pairs.select("left", "right").drop_nulls()
    names = Distinct.of(pl.concat([known["left"], known["right"]]))
    numbers = names.codes.cast(pl.Int64).to_numpy()
    level = Forenames.of(names.texts).likeness(numbers[: known.height], numbers[known.height :])
    return known.with_columns(likeness=pl.Series(level))


def _likeness(words: Words, left: Numbers, right: Numbers) -> Levels:
    """The likeness of each pair of words; the first that holds of what a table, a letter, a spelling says."""
    entries, lengths = (_of_both(column, left, right) for column in (words.entries, words.lengths))
    one_letter = np.minimum(*lengths) == 1
    first, other_first = _of_both(words.initials, left, right)
    level = np.full(len(left), np.int8(Likeness.UNLIKE))
    level[one_letter & stands_there(words.table.initials, *entries)] = Likeness.SIMILAR
    alias = stands_there(words.table.aliases, *entries)
    level[alias] = Likeness.ALIAS
    level[left == right] = Likeness.EQUAL
    level[one_letter & (first == other_first)] = Likeness.INITIAL
    spelt = np.flatnonzero(~one_letter & ~alias & (left != right))
    level[spelt] = _by_spelling(words, left[spelt], right[spelt])
    return level


def _by_spelling(words: Words, left: Numbers, right: Numbers) -> Levels:
    """SLIP, SIMILAR or UNLIKE by edit distance, Jaro-Winkler and skeleton."""
    one, other = words.spelled[left], words.spelled[right]
    edits, winkler = _measured(one, other, _SIMILAR_WINKLER)
    shorter = np.minimum(*_of_both(words.spelled_lengths, left, right))
    skeleton, other_skeleton = _of_both(words.skeletons, left, right)
    one_skeleton, close = skeleton == other_skeleton, winkler >= _SIMILAR_WINKLER
    allowed = np.where(shorter >= 8, 2, np.where(shorter >= 3, 1, 0))
    slip = (edits <= allowed) | ((winkler >= _SLIP_WINKLER) & (edits <= 2))
    slip |= one_skeleton & (shorter >= 4) & close
    similar = close | one_skeleton | ((edits == 1) & (shorter >= 2))
    return np.where(slip, np.int8(Likeness.SLIP), np.where(similar, np.int8(Likeness.SIMILAR), np.int8(0)))


def _measured(one: Texts, other: Texts, least: float) -> tuple[Numbers, Shares]:
    """Edit distance, 4 for more than three, and Jaro-Winkler, 0 for less than `least`, of each pair."""
    edits = process.cpdist(one, other, scorer=OSA.distance, score_cutoff=3)
    winkler = process.cpdist(one, other, scorer=JaroWinkler.similarity, score_cutoff=least, dtype=np.float64)
    return edits, winkler


def _of_both(column: Numbers, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    return column[left], column[right]
