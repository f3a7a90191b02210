"""Names that agree only as a whole: by a middle name, or with the same letters in another order of words."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.beside import UNKNOWN, Numbers, Rows, Truths
from smart_record.linkage.names.name_likeness import Forenames, Likeness, distinct_pairs_once
from smart_record.linkage.names.name_words import Several
from smart_record.standardise.distinct import Distinct

Ends = tuple[Rows, Rows]
"""The left and the right rows of pairs."""

Letters = npt.NDArray[np.uint64]
"""The letters of each text as one number, whatever their order."""

_LETTERS_OF_A_NAME = 2
"""Letters of the shortest middle name; one is an initial."""

_BEFORE_THE_NAME = [
    "MOHAMMED", "MUHAMMAD", "MOHAMMAD", "MOHAMED", "MUHAMMED", "MOHAMAD", "MUHAMAD", "MOHD", "MUHD", "MD",
    "SYED", "SAYED", "SYEDA", "SHEIKH", "SHAIKH", "ABDUL",
]  # fmt: skip
"""Names that many bear before the one they are called by, which some systems leave out."""

_FEWEST_LETTERS = 6
"""Letters of two whole names that can't have the same ones by chance."""

_OF_LETTER = np.zeros(256, dtype=np.uint64)
_OF_LETTER[ord("A") : ord("Z") + 1] = np.random.default_rng(1).integers(1, 2**64, 26, dtype=np.uint64)
"""Numbers drawn for the letters, so that those of two names add up to one sum only if they are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeNames:
    """What two rows may share whose forenames are not alike.

    Attributes:
        names: Every forename, and every word of a middle name.
        forename: The forename of each row among `names`, `UNKNOWN` where it has none.
        middle: The middle name of each row among `middles`, `UNKNOWN` where it has an initial or none.
        middles: The words of each middle name, among `names`.
        alone: Whether the forename of each row is one that stands before another, which is not there.
        letters: The letters of the whole name of each row.
        enough: Whether these are too many to be another's by chance.
    """

    names: Forenames
    forename: Numbers
    middle: Numbers
    middles: Several
    alone: Truths
    letters: Letters
    enough: Truths

    @classmethod
    def of(cls, adults: pl.DataFrame, names: Forenames, forename: Numbers) -> "WholeNames":
        """Read the names.

        Args:
            adults: Person rows in order of their number with forename, middle and surname.
            names: Every forename, and every word of a middle name (`middle_words`).
            forename: The forename of each row among `names`.
        """
        middles = Distinct.of(adults["middle"])
        words = _split(middles.texts).join(
            names.words.texts.to_frame("word").with_row_index("name"), on="word"
        )
        place, name = (words[column].cast(pl.Int64).to_numpy() for column in ("place", "name"))
        whole = middles.texts.str.len_bytes() >= _LETTERS_OF_A_NAME
        number = pl.int_range(len(whole), eager=True).set(~whole, UNKNOWN)
        middle = middles.spread(number).fill_null(UNKNOWN).to_numpy()
        before = np.flatnonzero(names.words.texts.is_in(_BEFORE_THE_NAME).to_numpy())
        letters, how_many = _letters_of(adults)
        return cls(
            names=names,
            forename=forename,
            middle=middle,
            middles=Several.of(place, name, len(middles.texts)),
            alone=np.isin(forename, before) & (middle == UNKNOWN),
            letters=letters,
            enough=how_many >= _FEWEST_LETTERS,
        )

    def some(self, rows: Rows) -> "WholeNames":
        """Those of some of the rows, by their numbers."""
        names = ("forename", "middle", "alone", "letters", "enough")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def known_by_middle(self, pairs: Ends, *, least: Likeness = Likeness.SLIP) -> Truths:
        """Which pairs may be somebody known by a second forename: one's is among the other's middle names.

        Mohammed Bilal is Bilal, and Belal. `least` says how like the two must be.
        """
        lengths = self.names.words.lengths
        found = np.zeros(len(pairs[0]), dtype=np.bool_)
        for one, other in (pairs, pairs[::-1]):
            which, forename, word = self._beside_middle_names(one, other)
            names = np.minimum(lengths[forename], lengths[word]) >= _LETTERS_OF_A_NAME
            level = distinct_pairs_once(self.names.likeness, forename[names], word[names])
            found[which[names][level >= least]] = True
        return found

    def initial_of_middle(self, pairs: Ends) -> Truths:
        """Which pairs have a forename that is one letter, and begins a middle name of the other's.

        So says nothing for the two being one person, but they aren't two for that: `B KHAN`, Mohammed Bilal
        Khan.
        """
        words = self.names.words
        found = np.zeros(len(pairs[0]), dtype=np.bool_)
        for one, other in (pairs, pairs[::-1]):
            which, forename, word = self._beside_middle_names(one, other)
            begins = (words.lengths[forename] == 1) & (words.initials[forename] == words.initials[word])
            found[which[begins]] = True
        return found

    def only_before_the_name(self, pairs: Ends) -> Truths:
        """Which pairs have a forename that stands before another, which is not there: Mohammed for his Bilal.

        So says nothing for the two being one person, but they aren't two for that.
        """
        one, other = pairs
        known = (self.forename[one] != UNKNOWN) & (self.forename[other] != UNKNOWN)
        asked = np.flatnonzero((self.alone[one] | self.alone[other]) & known)
        lengths = [self.names.words.lengths[self.forename[end[asked]]] for end in pairs]
        found = np.zeros(len(one), dtype=np.bool_)
        found[asked] = np.minimum(*lengths) >= _LETTERS_OF_A_NAME
        return found

    def same_letters(self, pairs: Ends) -> Truths:
        """Which pairs have whole names of the same letters: `XIN YI LIU`, `LIU XINYI`.

        Asked only where one has a middle name: two words alone are compared as they stand and turned round.
        """
        one, other = pairs
        same = (self.letters[one] == self.letters[other]) & self.enough[one]
        same &= (self.middle[one] != UNKNOWN) | (self.middle[other] != UNKNOWN)
        return np.asarray(same, dtype=np.bool_)

    def _beside_middle_names(self, one: Rows, other: Rows) -> tuple[Rows, Numbers, Numbers]:
        """Pair by pair the forename of one row beside each word of the other's middle name."""
        asked = np.flatnonzero((self.forename[one] != UNKNOWN) & (self.middle[other] != UNKNOWN))
        which, word = self.middles.each(self.middle[other[asked]])
        return asked[which], self.forename[one[asked[which]]], word


def middle_words(middle: pl.Series) -> pl.Series:
    """Every word of a middle name, each once."""
    return _split(middle.drop_nulls().unique())["word"].unique().sort()


def _split(middles: pl.Series) -> pl.DataFrame:
    """Each middle name's words, and these run together, as KAMWAH for KAM WAH: place (of the name), word."""
    names = middles.to_frame("word").with_row_index("place")
    words = names.with_columns(pl.col("word").str.split(" "))
    words = words.explode("word", empty_as_null=True, keep_nulls=True).filter(pl.col("word") != "")
    together = names.filter(pl.col("word").str.contains(" ", literal=True))
    return pl.concat([words, together.with_columns(pl.col("word").str.replace_all(" ", "", literal=True))])


def _letters_of(adults: pl.DataFrame) -> tuple[Letters, Numbers]:
    """The letters of each row's whole name, and how many they are."""
    letters, how_many = np.zeros(adults.height, dtype=np.uint64), np.zeros(adults.height, dtype=np.int64)
    for column in ("forename", "middle", "surname"):
        names = Distinct.of(adults[column])
        sums, counts = _letters(names.texts)
        named = names.codes.is_not_null().to_numpy()
        name = names.codes.drop_nulls().to_numpy()
        letters[named] += sums[name]
        how_many[named] += counts[name]
    return letters, how_many


def _letters(texts: pl.Series) -> tuple[Letters, Numbers]:
    """The letters A to Z of each text, and how many they are."""
    every = _OF_LETTER[np.frombuffer("".join(texts).encode(), dtype=np.uint8)]
    ends = np.cumsum(texts.str.len_bytes().cast(pl.Int64).to_numpy())
    sums, counts = (np.append(np.zeros(1, one.dtype), np.cumsum(one)) for one in (every, every > 0))
    starts = np.append(0, ends)[:-1]
    return sums[ends] - sums[starts], counts[ends] - counts[starts]
