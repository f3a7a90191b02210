"""Names that agree only as a whole: by a middle name, or with the same letters in another order of words."""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.beside import Rows, Truths
from smart_record.linkage.name_likeness import Likeness, forename_likeness

Ends = tuple[Rows, Rows]

_LETTERS_OF_A_NAME = 2
"""Letters of the shortest middle name; one is an initial."""

_FEWEST_LETTERS = 6
"""Letters of two whole names that can't have the same ones by chance."""


def known_by_middle(ends: Ends, adults: pl.DataFrame) -> Truths:
    """Which pairs may be somebody known by a second forename: one's is among the other's middle names.

    Mohammed Bilal is Bilal, and Belal.

    Args:
        ends: The left and the right rows of pairs.
        adults: Person rows in order of their number with forename and middle.
    """
    has_middle = _has_middle(adults)
    found = np.zeros(len(ends[0]), dtype=np.bool_)
    for one, other in (ends, ends[::-1]):
        asked = np.flatnonzero(has_middle[other])
        forename = adults["forename"].gather(one[asked])
        middle = adults["middle"].gather(other[asked])
        both = pl.DataFrame({"left": forename, "middle": middle}).with_row_index("pair")
        known = both.filter(pl.col("left").str.len_bytes() >= _LETTERS_OF_A_NAME)
        found[asked[_alike(known)]] = True
    return found


def _alike(pairs: pl.DataFrame) -> npt.NDArray[np.integer[Any]]:
    """The pairs of a forename (left) and middle names of which one may be the same name."""
    words = pairs.select("pair", "left", right=pl.col("middle").str.split(" "))
    words = words.explode("right", empty_as_null=True, keep_nulls=True)
    words = words.filter(pl.col("right").str.len_bytes() >= _LETTERS_OF_A_NAME)
    alike = forename_likeness(words.select("left", "right").unique())
    alike = alike.filter(pl.col("likeness") >= Likeness.SLIP)
    return words.join(alike, on=["left", "right"], how="semi")["pair"].unique().to_numpy()


def initial_of_middle(ends: Ends, adults: pl.DataFrame) -> Truths:
    """Which pairs have a forename that is one letter, and begins a middle name of the other's.

    So says nothing for the two being one person, but they aren't two for that: `B KHAN`, Mohammed Bilal Khan.

    Args:
        ends: The left and the right rows of pairs.
        adults: Person rows in order of their number with forename and middle.
    """
    letter = (adults["forename"].str.len_bytes() == 1).fill_null(value=False).to_numpy()
    has_middle = _has_middle(adults)
    found = np.zeros(len(ends[0]), dtype=np.bool_)
    for one, other in (ends, ends[::-1]):
        asked = np.flatnonzero(letter[one] & has_middle[other])
        initials = " " + adults["middle"].gather(other[asked])
        both = pl.DataFrame({"letter": adults["forename"].gather(one[asked]), "middle": initials})
        begins = both.select(pl.col("middle").str.contains(" " + pl.col("letter"), literal=True)).to_series()
        found[asked[begins.to_numpy()]] = True
    return found


def same_letters(ends: Ends, adults: pl.DataFrame) -> Truths:
    """Which pairs have whole names of the same letters: `XIN YI LIU`, `LIU XINYI`.

    Asked only where one has a middle name: two words alone are compared as they stand and turned round.

    Args:
        ends: The left and the right rows of pairs.
        adults: Person rows in order of their number with forename, middle and surname.
    """
    has_middle = _has_middle(adults)
    asked = np.flatnonzero(has_middle[ends[0]] | has_middle[ends[1]])
    one, other = (_letters(adults, end[asked]) for end in ends)
    found = np.zeros(len(ends[0]), dtype=np.bool_)
    found[asked] = ((one == other) & (one.str.len_bytes() >= _FEWEST_LETTERS)).fill_null(value=False)
    return found


def _letters(adults: pl.DataFrame, rows: Rows) -> pl.Series:
    """The letters of whole names, sorted."""
    whole = pl.concat_str("forename", "middle", "surname", ignore_nulls=True).str.replace_all("[^A-Z]", "")
    letters = whole.str.split("").list.sort().list.join("")
    named = adults.select(pl.col("forename", "middle", "surname").gather(rows))
    return named.select(letters=letters).to_series()


def _has_middle(adults: pl.DataFrame) -> Truths:
    has = (adults["middle"].str.len_bytes() >= _LETTERS_OF_A_NAME).fill_null(value=False)
    return np.asarray(has.to_numpy(), dtype=np.bool_)
