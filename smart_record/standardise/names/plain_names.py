"""The names that most fields hold, read word by word: perhaps a title, a forename or two, a surname.

A council has hundreds of thousands of whole names, made of a few thousand words. So each word is read once,
and names without anything out of the way are put together from them; `names` reads all others, and what it
says of these is the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from smart_record.standardise.distinct import Distinct
from smart_record.standardise.names.name_remarks import BEHIND_A_NAME
from smart_record.standardise.names.name_words import PARTICLES, TITLE, as_forename, as_surname

_FEW_WORDS = r"^[A-Z0-9'-]+(?: [A-Z0-9'-]+){0,3}$"
_ITS_TITLE = rf"^{TITLE}$"
_OUT_OF_THE_WAY = rf"^{TITLE}\b|^{PARTICLES}$|\bO$|{BEHIND_A_NAME}"
"""Words on which it depends how the others are read: second titles, particles, the O of an Irish surname, and
what stands behind a name."""

_MOST_NAMES = 3
"""Names beside the title: a forename, a middle name and a surname."""


_PARTS = ("title", "forename", "middle", "surname")


@dataclass(frozen=True, slots=True)
class _Words:
    """Names as words, one after the other.

    Attributes:
        distinct: Each word once.
        codes: Which word stands in each place.
        begins: The place of each name's first word.
        ends: The place behind its last.
    """

    distinct: pl.Series
    codes: NDArray[np.uint32]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, names: pl.Series) -> "_Words":
        """Take names apart at their spaces."""
        words = names.str.split(" ")
        ends = words.list.len().cast(pl.Int64).cum_sum().to_numpy()
        distinct = Distinct.of(words.explode(empty_as_null=True, keep_nulls=True))
        return cls(distinct.texts, distinct.codes.to_numpy(), np.append([0], ends[:-1]), ends)

    def have(self, pattern: str) -> NDArray[np.bool_]:
        """Place by place whether its word has the pattern."""
        found: NDArray[np.bool_] = self.distinct.str.contains(pattern).to_numpy()[self.codes]
        return found

    def formed(self, form: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
        """Each word once, brought to a form."""
        return self.distinct.to_frame("word").select(form(pl.col("word"))).to_series()

    def at(self, places: NDArray[np.int64], *, where: NDArray[np.bool_]) -> pl.Series:
        """The number of the word in each of these places; null where there is none."""
        return pl.Series(self.codes[np.where(where, places, 0)]).set(pl.Series(~where), None)


def plain_name_parts(names: pl.Series) -> pl.DataFrame:
    """Take apart the names that are plain.

    Args:
        names: Whole names in plain capitals.

    Returns:
        One row per plain name, in order: row (u32, its place among the names), title, forename, middle,
        surname, generation (null: a name that says it is not plain).
    """
    rows = names.str.contains(_FEW_WORDS).fill_null(value=False).arg_true()
    if rows.is_empty():
        return pl.DataFrame(schema={"row": pl.UInt32, **dict.fromkeys((*_PARTS, "generation"), pl.String)})
    words = _Words.of(names.gather(rows))
    titled = words.have(_ITS_TITLE)[words.begins]
    first, last = words.begins + titled, words.ends - 1
    names_left = words.ends - first
    out_of_the_way = np.add.reduceat(words.have(_OUT_OF_THE_WAY), words.begins, dtype=np.int64) - titled
    plain = (out_of_the_way == 0) & (names_left > 0) & (names_left <= _MOST_NAMES)
    plain &= ~words.have("^.$")[last]  # an initial at the end: the surname stands first
    parts = {
        "title": (words.distinct, words.at(words.begins, where=titled)),
        "forename": (words.formed(as_forename), words.at(first, where=names_left > 1)),
        "middle": (words.distinct, words.at(first + 1, where=names_left > 2)),
        "surname": (words.formed(as_surname), words.at(last, where=plain)),
    }
    kept = pl.Series(plain)
    read = [texts.gather(codes.filter(kept)).alias(name) for name, (texts, codes) in parts.items()]
    plain_rows = pl.DataFrame([rows.filter(kept).alias("row"), *read])
    return plain_rows.with_columns(generation=pl.lit(None, pl.String))
