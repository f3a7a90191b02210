"""Forename and surname changed round where the council at large uses each as the other."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from smart_record.linkage.names.name_tables import known_forenames
from smart_record.standardise.distinct import Distinct

Numbers = NDArray[np.uint32]

_PLAINLY_TURNED = 50.0
"""How many times likelier forename and surname must be the other way round, by their use in other rows."""

_LIKE_A_FORENAME = 5.0
"""How many times likelier a forename of the tables is one, beside a word that the tables don't know."""

_LIKE_AN_INITIAL = 20.0
"""How many times likelier a single letter is a forename's than a surname's."""


def names_in_order(forenames: pl.Series, surnames: pl.Series) -> tuple[Distinct, Distinct]:
    """Change forename and surname round where they plainly stand in the other's place.

    A word is weighed by how often other rows use it as a forename and as a surname. Names that serve as both
    (James Thomas, Ali Hassan) stay as they are, for the comparison to try both ways.

    Args:
        forenames: Row by row.
        surnames: Likewise.

    Returns:
        Forenames and surnames, row by row.
    """
    names = Distinct.of(forenames), Distinct.of(surnames)
    words = Distinct.of(pl.concat([one.texts.alias("word") for one in names]))
    first_words = len(names[0].texts)
    sides = names[0].spread(words.codes.head(first_words)), names[1].spread(words.codes.slice(first_words))
    both = (sides[0].is_not_null() & sides[1].is_not_null()).arg_true()
    first, last = (side.gather(both) for side in sides)
    uses = [Distinct(words.texts, side).uses().to_numpy() for side in sides]
    plainly = _plainly_turned(words.texts, (first.to_numpy(), last.to_numpy()), (uses[0], uses[1]))
    turned, their_first, their_last = (side.filter(pl.Series(plainly)) for side in (both, first, last))
    run_together = words.texts.str.replace_all("-", "", literal=True)
    either = Distinct.of(pl.concat([words.texts, run_together]))  # begins with the words as they are numbered
    as_forename = either.codes.tail(len(run_together)).gather(their_last)
    return (
        Distinct(either.texts, sides[0].scatter(turned, as_forename)).borne(),
        Distinct(words.texts, sides[1].scatter(turned, their_first)).borne(),
    )


def _plainly_turned(
    words: pl.Series, ends: tuple[Numbers, Numbers], uses: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> NDArray[np.bool_]:
    """Row by row, of rows that have both names.

    Args:
        words: Each word once.
        ends: Which of them is the row's forename, and which its surname.
        uses: How many rows have each word as a forename, and as a surname.
    """
    (forename, surname), (as_first, as_last) = ends, uses
    known = words.is_in(known_forenames().implode()).to_numpy()
    letter = (words.str.len_bytes() == 1).to_numpy()
    whole = (words.str.len_bytes() > 1).to_numpy()
    # without the row itself, and one more of each, so that a name nobody else bears decides nothing
    first_is_surname = (as_last[forename] + 1) / as_first[forename]
    last_is_forename = (as_first[surname] + 1) / as_last[surname]
    last_is_forename[letter[surname] & whole[forename]] = _LIKE_AN_INITIAL
    by_table = np.where(known[surname] & ~known[forename], _LIKE_A_FORENAME, 1.0)
    likelier = first_is_surname * last_is_forename * by_table
    turned: NDArray[np.bool_] = (likelier >= _PLAINLY_TURNED) & whole[forename]
    return turned
