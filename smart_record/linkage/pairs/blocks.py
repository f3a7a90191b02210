"""What rows of one person are likely to share: the keys under which rows are looked for.

No block needs the name spelled alike, the place known and the date of birth known all at once: each forgives
what another asks for. A key is one number mixed from several, so that millions are sorted in no time.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.days import each_day
from smart_record.linkage.names.name_tables import groups_of_forenames
from smart_record.linkage.names.name_words import name_skeletons
from smart_record.standardise.distinct import Distinct

BLOCKED_BY = (
    "forename",
    "surname",
    "dob",
    "nino",
    "property",
    "building",
    "postcode",
    "telephone",
    "email",
    "starts",
    "ends",
    "award_pence",
)
"""The columns of adult rows from which every key is made."""

_MULTIPLIER, _HALF_WORD = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
_NOT_KNOWN = 0
_MONTHS_A_YEAR, _ABOUT_DAYS = 12, 16

Keys = npt.NDArray[np.uint64]
"""One number for each row, alike where what it stands for is, and nought where that is not known."""

Keyed = npt.NDArray[np.uint64]
"""Rows under their keys, key and row in one number, the row in its last bits (`row_bits`); a row may have
several keys. Of a key as many bits are left as tell millions apart."""

_LARGEST_AT_HOME = 60
"""Rows at one property that are all compared; of a larger one (a hostel, an office) only those with a name
in common, as for a street."""

_LARGEST = 12
"""Rows that may share any other key; what more share (a common name, the 1st of April) tells nothing."""

_LARGEST_BY_INITIAL = 5
"""The same of a date or an award beside an initial: in a large council chance alone brings some together."""


@dataclass(frozen=True, slots=True)
class Block:
    """A reason to compare rows: those that share a key, unless more do than `largest`."""

    rows: Keyed
    largest: int = _LARGEST


def row_bits(rows: int) -> np.uint64:
    """The last bits of a number in a block of so many rows, which hold the row."""
    return np.uint64((1 << rows.bit_length()) - 1)


def _by(*parts: Keys) -> Keyed:
    """The rows of which all these are known, known by them together."""
    known = parts[0] != _NOT_KNOWN
    for part in parts[1:]:
        known &= part != _NOT_KNOWN
    rows = np.flatnonzero(known)
    block = parts[0].take(rows)
    for part in parts[1:]:
        block = _mixed(block, part.take(rows))
    block &= ~row_bits(len(known))
    block |= rows.view(np.uint64)
    return block


def _any_of(blocks: Iterable[Keyed]) -> Keyed:
    """Rows that share a key of any of these."""
    return np.concatenate(list(blocks))


def blocks_of(adults: pl.DataFrame) -> Iterator[Block]:
    """Every reason to compare two rows.

    Args:
        adults: Person rows in order of their number with `BLOCKED_BY`.
    """
    yield Block(_by(_keys(adults["property"])), _LARGEST_AT_HOME)
    for contact in ("nino", "telephone", "email"):
        yield Block(_by(_keys(adults[contact])))
    forenames, surnames = (Distinct.of(adults[name]) for name in ("forename", "surname"))
    sounds = [(words, name_skeletons(words.texts)) for words in (forenames, surnames)]
    forename = _spread(*sounds[0])
    surname, first_half = (_spread(surnames, name_skeletons(half)) for half in _halves(surnames.texts))
    names = forename, surname, first_half
    beside = each_day(adults["dob"], _in_either_order), adults["building"], adults["postcode"]
    for known in beside:
        yield Block(_any_of(_by(_keys(known), name) for name in names))
    starts, ends, born = (_keys(adults[day]) for day in ("starts", "ends", "dob"))
    yield Block(_any_of(_by(day, name) for day in (starts, ends) for name in names))
    initials = [_spread(words, skeletons.str.slice(0, 1)) for words, skeletons in sounds]
    with_initial = [(surname, initials[0]), (forename, initials[1])]
    few, months = _LARGEST_BY_INITIAL, _months(adults)
    yield Block(_any_of(_by(month, *name) for month in months for name in with_initial), few)
    yield Block(_any_of(_by(month, born) for month in months))
    yield Block(_any_of(_by(day, initials[1]) for day in (starts, ends)), few)
    reduction = _keys(adults["award_pence"].set(adults["award_pence"] <= 0, None))
    yield Block(_any_of(_by(reduction, *name) for name in with_initial), few)
    yield Block(_by(np.minimum(forename, surname), np.maximum(forename, surname)))
    known_as = [_keys(adults["forename"]), *_groups(forenames)]
    yield Block(_any_of(_by(name, surname) for name in known_as))


def _halves(surnames: pl.Series) -> list[pl.Series]:
    """The last half of each surname, or the name if it is no double one, and its first half, if it is."""
    return [surnames.str.extract(half, 1) for half in (r"([^-]+)$", r"^([^-]+)-")]


def _keys(column: pl.Series) -> Keys:
    """The keys of a column: hashes, which tell any two of some millions of values apart."""
    return column.hash().set(column.is_null(), _NOT_KNOWN).to_numpy()


def _spread(words: Distinct, column: pl.Series) -> Keys:
    """Row by row the key of what is known of its text."""
    keys = np.append(_keys(column), np.uint64(_NOT_KNOWN))
    return keys.take(words.codes.fill_null(len(column)).to_numpy())


def _mixed(keys: Keys, others: Keys) -> Keys:
    """Two keys as one; pairs that differ at all give keys that differ in most bits."""
    both = others >> np.uint64(1)
    both ^= keys
    both *= _MULTIPLIER
    both ^= both >> _HALF_WORD
    both *= _MULTIPLIER
    return both


def _groups(forenames: Distinct) -> Iterator[Keys]:
    """Row by row a group of names that the forename belongs to, then another, so that BILL meets WILLIAM."""
    names = forenames.texts.alias("name").to_frame()
    for _, table in groups_of_forenames().group_by(pl.int_range(pl.len()).over("name"), maintain_order=True):
        group = names.join(table, on="name", how="left", maintain_order="left")["group"]
        yield _spread(forenames, group)


def _months(adults: pl.DataFrame) -> list[Keys]:
    """The months about a start or an end; a move whose dates are weeks apart shares one."""
    ends = [each_day(adults["ends"], _month_after(days)) for days in (-_ABOUT_DAYS, 0, _ABOUT_DAYS)]
    return [_keys(month) for month in (each_day(adults["starts"], _month_after(0)), *ends)]


def _month_after(days: int) -> Callable[[pl.Expr], pl.Expr]:
    def month(day: pl.Expr) -> pl.Expr:
        after = day + timedelta(days=days)
        return after.dt.year().cast(pl.Int32) * _MONTHS_A_YEAR + after.dt.month()

    return month


def _in_either_order(born: pl.Expr) -> pl.Expr:
    """The date of birth with day and month in one order, so that a swapped pair falls in one block."""
    day, month = born.dt.day().cast(pl.Int32), born.dt.month().cast(pl.Int32)
    year = born.dt.year().cast(pl.Int32)
    return year * 10_000 + pl.min_horizontal(day, month) * 100 + pl.max_horizontal(day, month)
