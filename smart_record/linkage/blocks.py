"""What rows of one person are likely to share: the keys under which rows are looked for.

No block needs the name spelled alike, the place known and the date of birth known all at once: each forgives
what another asks for. A key is one number mixed from several, so that millions are sorted in no time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.name_likeness import name_skeletons
from smart_record.linkage.name_tables import groups_of_forenames
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


@dataclass(frozen=True, slots=True)
class Block:
    """Rows by key: row `persons[i]` has `keys[i]`; a row may have several keys."""

    persons: npt.NDArray[np.uint64]
    keys: npt.NDArray[np.uint64]

    @classmethod
    def by(cls, *columns: pl.Series, persons: pl.Series | None = None) -> "Block":
        """The rows that have all these columns (numbers or dates), known by them together."""
        known = np.ones(len(columns[0]), dtype=np.bool_)
        for column in columns:
            known &= column.is_not_null().to_numpy()
        rows = np.flatnonzero(known)
        keys = np.zeros(len(rows), dtype=np.uint64)
        for column in columns:
            number = column.to_physical().fill_null(0).to_numpy()[rows].astype(np.int64).view(np.uint64)
            keys = (keys ^ number) * _MULTIPLIER
            keys ^= keys >> _HALF_WORD
        named = rows if persons is None else persons.to_numpy()[rows]
        return cls(named.astype(np.uint64), keys * _MULTIPLIER)

    @classmethod
    def any_of(cls, blocks: Iterable["Block"]) -> "Block":
        """Rows that share a key of any of these."""
        found = list(blocks)
        persons = np.concatenate([block.persons for block in found])
        return cls(persons, np.concatenate([block.keys for block in found]))


def home_block(adults: pl.DataFrame) -> Block:
    """Rows at one property."""
    return Block.by(_numbered(adults["property"]))


def other_blocks(adults: pl.DataFrame) -> Iterator[Block]:
    """Every other reason to compare two rows.

    Args:
        adults: Person rows in order of their number with `BLOCKED_BY`.
    """
    for contact in ("nino", "telephone", "email"):
        yield Block.by(_numbered(adults[contact]))
    names = forename, surname = _skeletons(adults)
    beside = [_day_key(adults["dob"]), _numbered(adults["building"]), _numbered(adults["postcode"])]
    for known in beside:
        yield Block.any_of(Block.by(known, name) for name in names)
    yield Block.any_of(Block.by(adults[day], name) for day in ("starts", "ends") for name in names)
    initials = _initials(adults)
    with_initial = [(surname, initials[0]), (forename, initials[1])]
    yield Block.any_of(Block.by(month, *name) for month in _months(adults) for name in with_initial)
    yield Block.any_of(Block.by(month, adults["dob"]) for month in _months(adults))
    yield Block.any_of(Block.by(adults[day], initials[1]) for day in ("starts", "ends"))
    reduction = adults["award_pence"].set(adults["award_pence"] <= 0, None)
    yield Block.any_of(Block.by(reduction, *name) for name in with_initial)
    full = pl.DataFrame({"one": forename, "other": surname})
    in_order = full.select(pl.min_horizontal(pl.all()), pl.max_horizontal(pl.all()).alias("last"))
    yield Block.by(*(column.set(forename.is_null() | surname.is_null(), None) for column in in_order))
    yield _nicknames(adults["forename"], surname)


def _numbered(column: pl.Series) -> pl.Series:
    """A column of which only equality is asked, as numbers."""
    return Distinct.of(column).codes if column.dtype == pl.String else column


def _skeletons(adults: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Forename and surname as numbers of their skeletons, alike for both, so that a swapped pair meets."""
    words = Distinct.of(pl.concat([adults["forename"], adults["surname"]]))
    numbers = words.spread(Distinct.of(name_skeletons(words.texts)).codes)
    return numbers.head(adults.height), numbers.tail(adults.height)


def _initials(adults: pl.DataFrame) -> list[pl.Series]:
    """The first sounds of forename and surname, as numbers."""
    words = [Distinct.of(adults[name]) for name in ("forename", "surname")]
    return [word.spread(_letter(name_skeletons(word.texts))) for word in words]


def _letter(skeletons: pl.Series) -> pl.Series:
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    return skeletons.str.slice(0, 1).cast(pl.Enum(["", *letters])).to_physical()


def _nicknames(forenames: pl.Series, surname: pl.Series) -> Block:
    """Rows under their forename and under each group of names it belongs to, so that BILL meets WILLIAM."""
    groups = groups_of_forenames()
    borne = pl.DataFrame({"name": forenames, "surname": surname}).with_row_index("person").drop_nulls()
    grouped = borne.join(groups, on="name")
    as_it_is = Distinct.of(borne["name"]).codes + groups.height  # numbers that no group has
    return Block.any_of(
        Block.by(number, rows["surname"], persons=rows["person"])
        for number, rows in ((grouped["group"], grouped), (as_it_is, borne))
    )


def _months(adults: pl.DataFrame) -> Iterator[pl.Series]:
    """The months about a start or an end; a move whose dates are weeks apart shares one."""
    dates = [adults["starts"], *(adults["ends"].dt.offset_by(f"{days}d") for days in (-16, 0, 16))]
    return (day.dt.year().cast(pl.Int32) * 12 + day.dt.month() for day in dates)


def _day_key(born: pl.Series) -> pl.Series:
    """The date of birth with day and month in one order, so that a swapped pair falls in one block."""
    day, month = born.dt.day().cast(pl.Int32), born.dt.month().cast(pl.Int32)
    both = pl.DataFrame({"day": day, "month": month}).select(
        less=pl.min_horizontal("day", "month"), more=pl.max_horizontal("day", "month")
    )
    return born.dt.year().cast(pl.Int32) * 10_000 + both["less"] * 100 + both["more"]
