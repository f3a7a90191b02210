"""Each candidate pair compared field by field: the levels from which evidence and match weight follow."""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from smart_record.linkage.beside import (
    FOR_EVER,
    NOT_KNOWN,
    UNKNOWN,
    Beside,
    Levels,
    Numbers,
    Truths,
    as_numbers,
    kinds,
    levels,
)
from smart_record.linkage.names.name_comparison import Names
from smart_record.linkage.pairs.identifier_comparison import (
    birth_level,
    identifier_columns,
    middle_level,
    nino_levels,
    one_generation,
    sex_level,
)
from smart_record.linkage.sources import BENEFITS, SOURCES

Comparison = Callable[[pl.DataFrame, pl.DataFrame, Names | None], pl.DataFrame]
_AS_THEY_ARE = ("property", "building", "postcode", "words", "telephone", "email", "starts")
_SHARES = ("forename_share", "surname_share", "at_property")
_AT_ONCE = 40_000
"""Pairs whose fields are laid side by side at one time: few enough to stay in a processor's own memory."""

_FEW = 4
"""Where there are so many times as many rows as pairs, only those are read that the pairs name."""

_COMPARED = (
    "left", "right", "record_l", "record_r", "forename", "surname", "swapped", "nino", "place", "middle",
    "sex", "dob", "elsewhere", "moved", "award", "contact", "one_generation", "senior_and_junior",
    "other_contact", "moved_share", "started", "award_share", "first", "by_middle", *_SHARES,
)  # fmt: skip
_FIRST_ROLES = ("liable_1", "claimant", "tenant")
_CLAIM = [one.source for one in SOURCES].index(BENEFITS)
_MOVE_DAYS = 31
OVERLAP_DAYS = 60
"""Two bills may run together for a few weeks around a move; for longer they are two households'."""


def compare(pairs: pl.DataFrame, adults: pl.DataFrame, names: Names | None = None) -> pl.DataFrame:
    """Compare the two rows of each pair.

    Args:
        pairs: Columns left, right: person numbers.
        adults: Person rows with their record's columns and `traits`.
        names: Their names, read before; read here if left out.

    Returns:
        The pairs, sorted, with record_l, record_r and:
        forename, surname: `Likeness`, null if not known; swapped (bool): the two stand in the other order.
        middle: 1 agree, -1 differ, 0 not known, or the forename of one is a middle name of the other.
        sex: -2 titles differ, -1 a title and a forename or two forenames speak of different sexes, 0.
        dob: 3 equal, 2 a slip or swap apart, 1 and -1 the year agrees and differs where one is a 1 January
            (which says the year at most), 0 differ, null not known.
        nino: 2 equal, 1 a slip apart, 0 differ, null not known.
        place: 4 same property, 3 same building, the flat not known, 2 same postcode, 0 elsewhere (another
            property, or other words and another outward code), null not known.
        one_generation (bool): two dates of birth that may be one, wrong twice.
        senior_and_junior (bool): one is called senior and the other junior.
        contact (bool): telephone or email shared.
        other_contact (bool): both have a telephone number, and another one.
        elsewhere: what speaks against one household: 1 a claim elsewhere at one time (claims lag), 2 records
            of two sources elsewhere at one time, or two of one kind here, 3 two of one kind elsewhere at one
            time, 4 here but one after the other, 5 a bill or a tenancy ended at one place, and when the
            other's record began is not known, 0 nothing.
        moved: days between the end of one record and the start of the other, null if over 31.
        started (bool): records of two sources start on one day.
        award: 1 same reduction, -1 two different ones, -2 only one has any, 0 not known.
        by_middle (bool): the forename of one is a middle name of the other.
        first (bool): both are the first named of their record or both are not.
        forename_share, surname_share, award_share, moved_share: how common what they share is, of two the
            commoner; at_property: rows of one source there.
    """
    if _FEW * pairs.height < adults.height:
        return _of_few(compare, pairs, adults, names)
    names = Names.of(adults) if names is None else names
    return _compared(pairs, adults, names.levels(pairs))


def compare_alike(pairs: pl.DataFrame, adults: pl.DataFrame, names: Names | None = None) -> pl.DataFrame:
    """Compare those pairs alone whose forenames, numbers or births at one property may be one person's.

    What is left out here the comparison in full would refuse (`conflicts.conflicts`: two forenames).

    Args:
        pairs: As `compare`.
        adults: As `compare`.
        names: As `compare`.

    Returns:
        As `compare`, of the pairs compared.
    """
    if _FEW * pairs.height < adults.height:
        return _of_few(compare_alike, pairs, adults, names)
    left, right = (pairs[side].to_numpy().astype(np.int64) for side in ("left", "right"))
    both = Beside({name: as_numbers(adults[name]) for name in ("nino", "dob")}, left, right)
    identified = both.same("nino")
    born_alike, homes = np.flatnonzero(both.same("dob")), adults["property"]
    at_home = homes.gather(left[born_alike]) == homes.gather(right[born_alike])
    identified[born_alike] |= at_home.fill_null(value=False).to_numpy()
    names = Names.of(adults) if names is None else names
    alike, levels_of_names = names.levels_of_alike(pairs, identified)
    return _compared(pairs.filter(alike), adults, levels_of_names)


def _compared(pairs: pl.DataFrame, adults: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    columns = _columns(adults)
    left, right = (pairs[side].to_numpy().astype(np.int64) for side in ("left", "right"))
    nino = levels(nino_levels(adults["nino"], left, right))
    compared = [
        _side_by_side(Beside(columns, left[at : at + _AT_ONCE], right[at : at + _AT_ONCE]), adults)
        for at in range(0, max(pairs.height, 1), _AT_ONCE)
    ]
    together = pl.concat(compared).with_columns(*names, nino=nino)
    # whose forename is the other's middle name has another middle name, or none
    together = together.with_columns(
        pl.when(~pl.col("by_middle")).then("middle").otherwise(0).alias("middle")
    )
    return together.with_columns(pairs["left"], pairs["right"]).select(_COMPARED)


def _of_few(
    comparison: Comparison, pairs: pl.DataFrame, adults: pl.DataFrame, names: Names | None
) -> pl.DataFrame:
    """The comparison of few pairs: their rows alone, numbered anew."""
    persons = pl.concat([pairs["left"], pairs["right"]]).unique().sort()
    number = pl.zeros(adults.height, pl.UInt32, eager=True)
    number = number.scatter(persons, pl.arange(len(persons), dtype=pl.UInt32, eager=True))
    ends = pairs.select(number.gather(pairs[side]).alias(side) for side in ("left", "right"))
    few = names.some(persons) if names is not None else None
    compared = comparison(ends, adults.select(pl.all().gather(persons)), few)
    return compared.with_columns(persons.gather(compared[side]).alias(side) for side in ("left", "right"))


def _columns(adults: pl.DataFrame) -> Mapping[str, Numbers]:
    """What is read of each row, as numbers."""
    first = adults.select(pl.col("role").is_in(_FIRST_ROLES).cast(pl.Int32)).to_series()
    return {
        **identifier_columns(adults),
        **{name: as_numbers(adults[name]) for name in _AS_THEY_ARE},
        "outward": as_numbers(adults["postcode"].str.head(-3)),
        "ends": as_numbers(adults["ends"], unknown=FOR_EVER),
        "kind": kinds(adults["source"]),
        "award": as_numbers(adults["award_pence"].clip(UNKNOWN + 1, FOR_EVER)),
        "first": as_numbers(first),
    }


def _side_by_side(pairs: Beside, adults: pl.DataFrame) -> pl.DataFrame:
    ends = pl.Series(pairs.left), pl.Series(pairs.right)
    place, (first, other_first) = _place(pairs), pairs.both("first")
    moved, ends_first = _moved(pairs)
    return pl.DataFrame(
        {
            "record_l": adults["record"].gather(ends[0]),
            "record_r": adults["record"].gather(ends[1]),
            "place": levels(place),
            "middle": middle_level(pairs),
            "sex": sex_level(pairs),
            "dob": levels(birth_level(pairs)),
            "elsewhere": _elsewhere(pairs, place),
            "moved": levels(moved),
            "award": _award(pairs),
            "contact": pairs.same("telephone") | pairs.same("email"),
            "one_generation": one_generation(pairs),
            "senior_and_junior": pairs.differ("generation"),
            "other_contact": pairs.differ("telephone"),
            "moved_share": adults["ends_share"].gather(np.where(ends_first, pairs.left, pairs.right)),
            "started": pairs.same("starts") & _across(pairs),
            "award_share": adults["award_share"].gather(ends[0]),
            "first": first == other_first,
            **{name: _commoner(adults[name], *ends) for name in _SHARES},
        }
    )


def _commoner(share: pl.Series, left: pl.Series, right: pl.Series) -> pl.Series:
    return pl.select(pl.max_horizontal(share.gather(left), share.gather(right))).to_series()


def _across(pairs: Beside) -> Truths:
    one, other = pairs.both("kind")
    return np.asarray(one != other, dtype=np.bool_)


def _place(pairs: Beside) -> Levels:
    unknown = ~pairs.known("property")
    same_words = pairs.same("words") & ~pairs.differ("outward")
    place = np.where(unknown, NOT_KNOWN, np.int8(0))
    place[pairs.differ("words") & pairs.differ("outward")] = 0
    place[pairs.same("postcode")] = 2
    place[pairs.same("building") & unknown] = 3
    place[pairs.same("property") | same_words] = 4
    return place


def _elsewhere(pairs: Beside, place: Levels) -> Levels:
    """Two records at one time that one household hardly has: at two places, or of one kind."""
    apart, here = (place == 0) | (place == 2), place > 2
    across, (kind, other_kind) = _across(pairs), pairs.both("kind")
    claim = (kind == _CLAIM) != (other_kind == _CLAIM)
    of_one_kind = np.where(apart, np.int8(3), np.int8(2))
    of_two = np.where(apart, np.where(claim, np.int8(1), np.int8(2)), np.int8(0))
    at_one_time, never = _together(pairs)
    found = np.where(never & here, np.int8(4), np.int8(0))
    found[apart & _left_for_the_other(pairs)] = 5
    return np.where(at_one_time, np.where(across, of_two, of_one_kind), found)


def _together(pairs: Beside) -> tuple[Truths, Truths]:
    """Whether two records run together for longer than a move takes; whether so long lies between them."""
    start, other_start = pairs.both("starts")
    end, other_end = pairs.both("ends")
    began = np.maximum(start, other_start)
    days = np.minimum(end, other_end).astype(np.int64) - began
    unknown = began == UNKNOWN
    running = (end == FOR_EVER) & (other_end == FOR_EVER)  # today, and so together, whenever they began
    dated = running | ((start != UNKNOWN) & (other_start != UNKNOWN))
    return dated & (unknown | (days > OVERLAP_DAYS)), ~unknown & (days < -OVERLAP_DAYS)


def _left_for_the_other(pairs: Beside) -> Truths:
    """A bill or a tenancy that ended, and a record that runs, which began nobody knows when."""
    running, other_running = (end == FOR_EVER for end in pairs.both("ends"))
    undated, other_undated = (start == UNKNOWN for start in pairs.both("starts"))
    of_one, of_other = (kind != _CLAIM for kind in pairs.both("kind"))
    left = np.where(running, ~other_running & undated & of_other, other_running & other_undated & of_one)
    return np.asarray(left, dtype=np.bool_)


def _moved(pairs: Beside) -> tuple[Levels, Truths]:
    """Days between the end of one record and the start of the other; whether it is the left one that ends."""
    starts, ends = pairs.both("starts"), pairs.both("ends")
    one, other = (_days_between(end, start) for end, start in zip(ends, starts[::-1], strict=True))
    nearest = np.minimum(one, other)
    moved = np.where(nearest <= _MOVE_DAYS, nearest, NOT_KNOWN).astype(np.int8)
    return moved, (one <= other) & (one < FOR_EVER)


def _days_between(end: Numbers, start: Numbers) -> Numbers:
    days = np.abs(end.astype(np.int64) - start)
    return np.where((end == FOR_EVER) | (start == UNKNOWN), FOR_EVER, days)


def _award(pairs: Beside) -> Levels:
    one, other = pairs.both("award")
    running, other_running = (end == FOR_EVER for end in pairs.both("ends"))
    told = _across(pairs) & pairs.known("award") & running & other_running & ((one != 0) | (other != 0))
    unequal = np.where((one > 0) & (other > 0), np.int8(-1), np.int8(-2))
    return np.where(told, np.where(one == other, np.int8(1), unequal), np.int8(0))
