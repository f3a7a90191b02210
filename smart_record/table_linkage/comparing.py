"""Pairs of rows compared field by field, as the mapping declares the fields."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from smart_record.linkage.names.name_comparison import Names
from smart_record.linkage.rows.traits import is_odd_forename
from smart_record.table_linkage.declared_comparisons import SWAPPED
from smart_record.table_linkage.text_levels import (
    ALIKE,
    EQUAL,
    NOT_KNOWN,
    SLIP,
    SOMEWHAT,
    Levels,
    Measure,
    Rows,
    Texts,
    by_digits,
    by_equality,
    by_initial,
    by_mailbox,
    by_parts_of_date,
    by_spelling,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs and their levels.

    Attributes:
        left, right: Row numbers.
        levels: By comparison, the level of each pair; NOT_KNOWN where a row does not say.
    """

    left: Rows
    right: Rows
    levels: Mapping[str, Levels]


_SIMPLE: Mapping[str, tuple[str, Measure]] = {
    "middle": ("middle name", by_initial),
    "sex": ("sex", by_equality),
    "birth": ("date of birth", by_parts_of_date),
    "identifier": ("identifier", by_digits),
    "telephone": ("telephone", by_digits),
    "email": ("email", by_mailbox),
}
"""By column: the comparison it makes alone, and how."""

_PLACES: Mapping[str, Measure] = {
    "number": by_digits,
    "street": by_spelling,
    "postcode": by_digits,
    "locality": by_spelling,
    "state": by_equality,
}
_NEARLY_EQUAL = 3
"""Level of a name from which it is the same name in other words or letters."""

_ONE_STREET = 3
"""Level of an address from which its street is the same."""


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares any pairs of the rows of a matching.

    Attributes:
        people: forename, surname, middle and forename_odd by row; None where rows lack forename or surname.
        texts: By column, its texts.
        categories: Columns of which only equality is asked.
    """

    people: pl.DataFrame | None
    texts: Mapping[str, Texts]
    categories: frozenset[str]

    @classmethod
    def of(cls, rows: pl.DataFrame, *, categories: frozenset[str] = frozenset()) -> "Comparer":
        """Number what the rows say.

        Args:
            rows: `standard_rows`.
            categories: Columns of which only equality is asked.
        """
        here = set(rows.columns)
        whole = {"forename", "surname"} <= here
        compared = here & {*_SIMPLE, *_PLACES} | {name for name in here if name.startswith("other.")}
        alone = set() if whole else here & {"forename", "surname"}
        texts = {name: Texts.of(rows[name]) for name in sorted(compared | alone)}
        return cls(_people(rows) if whole else None, texts, categories)

    def __call__(self, left: Rows, right: Rows) -> Compared:
        """Compare pairs of rows.

        Args:
            left: Row numbers.
            right: As many row numbers.
        """
        found: dict[str, Levels] = {}
        if self.people is not None:
            found |= _names(self.people, left, right)
        for column, texts in self.texts.items():
            if column in ("forename", "surname"):
                found[column] = _raised(texts.levels(left, right, by_spelling))
            elif column in _SIMPLE:
                name, measure = _SIMPLE[column]
                found[name] = texts.levels(left, right, measure)
            elif column not in _PLACES:
                measure = by_equality if column in self.categories else by_spelling
                found[column] = texts.levels(left, right, measure)
        if "email" in found:
            found["email"] = _beside_names(found)
        return Compared(left, right, found | self._places(left, right))

    def _places(self, left: Rows, right: Rows) -> dict[str, Levels]:
        """Address and area; one street in two rows says the area already: that agreeing counts no more."""
        found = {}
        level = {
            name: self.texts[name].levels(left, right, measure)
            if name in self.texts
            else np.full(len(left), NOT_KNOWN, dtype=np.int8)
            for name, measure in _PLACES.items()
        }
        if self.texts.keys() & {"number", "street"}:
            found["address"] = _address(level["number"], level["street"])
        if self.texts.keys() & {"postcode", "locality", "state"}:
            area = _area(level["postcode"], level["locality"], level["state"])
            if "address" in found:
                area = np.where((found["address"] >= _ONE_STREET) & (area >= 3), np.int8(NOT_KNOWN), area)
            found["area"] = area
        return found


def _people(rows: pl.DataFrame) -> pl.DataFrame:
    middle = rows["middle"] if "middle" in rows.columns else pl.lit(None, pl.String)
    people = rows.select("forename", "surname").with_columns(middle=middle)
    return people.with_columns(forename_odd=is_odd_forename(pl.col("forename")))


def _names(people: pl.DataFrame, left: Rows, right: Rows) -> dict[str, Levels]:
    """The house's own knowledge of names; where they agree crosswise they count once, as that."""
    levels = Names.of(people).levels(pl.DataFrame({"left": left, "right": right}))
    swapped = levels["swapped"].to_numpy()
    forename, surname = (
        levels[name].fill_null(NOT_KNOWN).cast(pl.Int8).to_numpy() for name in ("forename", "surname")
    )
    return {
        "forename": np.where(swapped, np.int8(SWAPPED), forename),
        "surname": np.where(swapped, np.int8(NOT_KNOWN), surname),
    }


def _raised(levels: Levels) -> Levels:
    """Levels of a text as those of a name: equal is 5."""
    return np.where(levels == EQUAL, np.int8(5), levels)


def _beside_names(found: Mapping[str, Levels]) -> Levels:
    """The level of the email; mailboxes made of one name are alike because the names are, and say no more."""
    email = found["email"]
    if not {"forename", "surname"} <= found.keys():
        return email
    one_name = (found["forename"] >= _NEARLY_EQUAL) & (found["surname"] >= _NEARLY_EQUAL)
    return np.where(one_name & ((email == ALIKE) | (email == SOMEWHAT)), np.int8(NOT_KNOWN), email)


def _address(number: Levels, street: Levels) -> Levels:
    """5 both equal, 4 one of them a slip apart, 3 street alike, 2 number only, 1 street somewhat, 0."""
    same_street, near_street = street == EQUAL, street >= ALIKE
    same_number, near_number = number == EQUAL, number == SLIP
    level = np.where(street == SOMEWHAT, 1, 0)
    level = np.where(same_number, 2, level)
    level = np.where(near_street, 3, level)
    level = np.where((near_street & same_number) | (same_street & near_number), 4, level)
    level = np.where(same_street & same_number, 5, level)
    unknown = (street == NOT_KNOWN) & (number == NOT_KNOWN)
    half = (street == NOT_KNOWN) & (number != EQUAL)
    return np.asarray(np.where(unknown | half, NOT_KNOWN, level), dtype=np.int8)


def _area(postcode: Levels, locality: Levels, state: Levels) -> Levels:
    """5 postcode and locality, 4 postcode, 3 locality, 2 postcode but for a slip, 1 state, 0."""
    near = locality >= SLIP
    level = np.where(state == EQUAL, 1, 0)
    level = np.where(postcode == SLIP, 2, level)
    level = np.where(near, 3, level)
    level = np.where(postcode == EQUAL, 4, level)
    level = np.where((postcode == EQUAL) & near, 5, level)
    unknown = (postcode == NOT_KNOWN) & (locality == NOT_KNOWN) & (state == NOT_KNOWN)
    return np.asarray(np.where(unknown, NOT_KNOWN, level), dtype=np.int8)
