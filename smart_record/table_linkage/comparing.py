"""Pairs of rows compared field by field, as the mapping declares the fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from smart_record.linkage.name_comparison import name_levels
from smart_record.table_linkage.declared_comparisons import SWAPPED
from smart_record.table_linkage.text_levels import (
    ALIKE,
    DIFFER,
    EQUAL,
    NOT_KNOWN,
    SLIP,
    SOMEWHAT,
    Levels,
    Measure,
    Rows,
    by_digits,
    by_equality,
    by_mailbox,
    by_parts_of_date,
    by_spelling,
    levels_of,
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


Comparer = Callable[[Rows, Rows], Compared]


def compare_rows(rows: pl.DataFrame, left: Rows, right: Rows, *, categories: frozenset[str]) -> Compared:
    """Compare pairs of rows.

    Args:
        rows: `standard_rows`, with `address` (`with_address_key`).
        left: Row numbers.
        right: As many row numbers.
        categories: Columns of which only equality is asked.
    """
    found: dict[str, Levels] = {}
    here = set(rows.columns)
    if {"forename", "surname"} <= here:
        found |= _names(rows, left, right)
    for name in {"forename", "surname"} & here - set(found):
        found[name] = _raised(levels_of(rows[name], left, right, by_spelling))
    if "middle" in here:
        found["middle name"] = levels_of(rows["middle"], left, right, _by_initial)
    simple: dict[str, tuple[str, Measure]] = {
        "sex": ("sex", by_equality),
        "birth": ("date of birth", by_parts_of_date),
        "identifier": ("identifier", by_digits),
        "telephone": ("telephone", by_digits),
        "email": ("email", by_mailbox),
    }
    for column, (name, measure) in simple.items():
        if column in here:
            found[name] = levels_of(rows[column], left, right, measure)
    for column in sorted(column for column in here if column.startswith("other.")):
        measure = by_equality if column in categories else by_spelling
        found[column] = levels_of(rows[column], left, right, measure)
    found |= _places(rows, left, right)
    return Compared(left, right, found)


def _names(rows: pl.DataFrame, left: Rows, right: Rows) -> dict[str, Levels]:
    """The house's own knowledge of names; where they agree crosswise they count once, as that."""
    people = rows.select("forename", "surname")
    middle = rows["middle"] if "middle" in rows.columns else pl.Series([None] * rows.height, dtype=pl.String)
    pairs = pl.DataFrame({"left": left, "right": right}).cast(pl.UInt32)
    levels = name_levels(pairs, people.with_columns(middle=middle))
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


def _by_initial(one: list[str], other: list[str]) -> Levels:
    same = np.array([a[0] == b[0] for a, b in zip(one, other, strict=True)])
    short = np.array([min(len(a), len(b)) == 1 for a, b in zip(one, other, strict=True)])
    return np.asarray(np.where(same, np.where(short, SLIP, SOMEWHAT), DIFFER), dtype=np.int8)


def with_address_key(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `address`: number and street, where both are known."""
    if not {"number", "street"} <= set(rows.columns):
        return rows.with_columns(address=pl.lit(None, pl.String))
    return rows.with_columns(address=pl.concat_str("number", "street", separator=" "))


def _places(rows: pl.DataFrame, left: Rows, right: Rows) -> dict[str, Levels]:
    """Address and area; one address in two rows says the area already: that agreeing too counts no more."""
    here = set(rows.columns)
    found = {}

    def level(name: str, measure: Measure) -> Levels:
        if name not in here:
            return np.full(len(left), NOT_KNOWN, dtype=np.int8)
        return levels_of(rows[name], left, right, measure)

    if here & {"number", "street"}:
        found["address"] = _address(level("number", by_digits), level("street", by_spelling))
    if here & {"postcode", "locality", "state"}:
        area = _area(
            level("postcode", by_digits), level("locality", by_spelling), level("state", by_equality)
        )
        if "address" in found:
            area = np.where((found["address"] == 5) & (area >= 3), np.int8(NOT_KNOWN), area)
        found["area"] = area
    return found


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
