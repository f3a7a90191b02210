"""Distinct names, numbered, with all that their likeness is read from: worked out once each."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.beside import Numbers, as_numbers
from smart_record.linkage.names.name_tables import NameTable

_CONFUSED = {"RN": "M", "VV": "W"}
"""Letters that scanners take for others, read as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Names, each once.

    Attributes:
        texts: The names, capital letters, run together.
        table: What is known of such names.
        lengths: Bytes of each.
        initials: A number for the first letter of each.
        spelled: Each as its spelling is compared.
        spelled_lengths: Bytes of that.
        skeletons: A number for the skeleton of that.
        entries: The place of each in the table, -1 where it is not there.
    """

    texts: pl.Series
    table: NameTable
    lengths: Numbers
    initials: Numbers
    spelled: npt.NDArray[np.object_]
    spelled_lengths: Numbers
    skeletons: Numbers
    entries: Numbers

    @classmethod
    def of(cls, texts: pl.Series, table: NameTable) -> "Words":
        """Read distinct names."""
        spelled = texts.str.replace_many(_CONFUSED)
        return cls(
            texts=texts,
            table=table,
            lengths=_lengths(texts),
            initials=as_numbers(texts.str.slice(0, 1)),
            spelled=spelled.to_numpy(),
            spelled_lengths=_lengths(spelled),
            skeletons=as_numbers(name_skeletons(spelled)),
            entries=table.entries(texts),
        )


def _lengths(texts: pl.Series) -> Numbers:
    return texts.str.len_bytes().cast(pl.Int64).to_numpy()


@dataclass(frozen=True, slots=True)
class Several:
    """Numbers of which a name has none, one or several.

    Attributes:
        begins: Where the numbers of each name begin among `values`, and behind the last of them the end.
        values: The numbers, name by name.
    """

    begins: Numbers
    values: Numbers

    @classmethod
    def of(cls, names: Numbers, values: Numbers, how_many: int) -> "Several":
        """Numbers by name; `how_many` names there are."""
        order = np.lexsort((values, names))
        begins = np.searchsorted(names[order], np.arange(how_many + 1))
        return cls(begins, values[order])

    def each(self, names: Numbers) -> tuple[Numbers, Numbers]:
        """Every number of some names: the place of the name among them, and the number."""
        times = self.begins[names + 1] - self.begins[names]
        which = np.repeat(np.arange(len(names)), times)
        ahead = np.repeat(self.begins[names] - (np.cumsum(times) - times), times)
        return which, self.values[np.arange(len(which)) + ahead]


def name_skeletons(names: pl.Series) -> pl.Series:
    """The skeleton of each name, each distinct name taken once; null for a name that is not known.

    A skeleton is the first letter's sound and the consonants that transliterations agree on: `YOUSUF` and
    `YUSEF` are `YSF`, `KOWALSKI` and `KOVALSKY` `KVLSK`.
    """
    distinct = names.drop_nulls().unique()
    sounds = distinct.str.replace_many(_SOUNDS, leftmost=True)
    first = sounds.str.slice(0, 1).replace(_FIRST_SOUNDS)
    rest = sounds.str.slice(1).str.replace_many(_UNSOUNDED).str.replace_many(_ONCE)
    return names.replace_strict(distinct, first + rest, default=None, return_dtype=pl.String)


_SOUNDS = {
    "TSCH": "K",
    "TCH": "K",
    "SCH": "S",
    "CZ": "K",
    "CS": "K",
    "SZ": "S",
    "RN": "M",
    "PH": "F",
    "GH": "K",
    "KH": "K",
    "CK": "K",
    "CH": "K",
    "SH": "S",
    "TH": "T",
    "DH": "D",
    "Q": "K",
    "C": "K",
    "W": "V",
    "Z": "S",
    "-": "",
}
"""Sounds and how they are written, the longer first: the first that fits is taken."""

_FIRST_SOUNDS = {"J": "Y", "E": "A", "I": "A", "U": "O"}
_UNSOUNDED = dict.fromkeys("AEIOUYHJ", "")
_ONCE = {letter * 2: letter for letter in "BDFGKLMNPRSTVX"}
"""Doubled consonants are written once."""
