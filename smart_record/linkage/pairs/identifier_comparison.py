"""Dates of birth, National Insurance numbers, middle names and sex of each pair compared."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from smart_record.linkage.beside import NOT_KNOWN, UNKNOWN, Beside, Levels, Numbers, Truths, as_numbers

_NINO_SLIPS = 2
"""Of two rows of one person each may have one."""

GENERATION_YEARS = 13
"""Two people of one name in one household are parent and child, and so at least so far apart."""


def identifier_columns(adults: pl.DataFrame) -> Mapping[str, Numbers]:
    """What the comparisons of this module read of each row."""
    initial = adults["middle"].str.slice(0, 1)
    born = adults["dob"]
    parts = {"year": born.dt.year(), "month": born.dt.month(), "day": born.dt.day()}
    return {
        "dob": as_numbers(born),
        **{name: as_numbers(part) for name, part in parts.items()},
        "dob_weak": as_numbers(adults["dob_weak"].cast(pl.Int32), unknown=0),
        "middle": as_numbers(initial),
        "generation": as_numbers(adults["generation"]),
        "sex": as_numbers(adults["sex"]),
        "sex_likely": as_numbers(adults["sex_likely"]),
    }


def middle_level(pairs: Beside) -> Levels:
    """1 the first middle initials agree, -1 they differ, 0 not known."""
    one, other = pairs.both("middle")
    level = np.where(one == other, np.int8(1), np.int8(-1))
    return np.where((one == UNKNOWN) | (other == UNKNOWN), np.int8(0), level)


def sex_level(pairs: Beside) -> Levels:
    """-2 titles or claims say different sexes, -1 a forename does, 0 nothing is said."""
    likely = np.where(pairs.differ("sex_likely"), np.int8(-1), np.int8(0))
    return np.where(pairs.differ("sex"), np.int8(-2), likely)


def birth_level(pairs: Beside) -> Levels:
    """3 equal, 2 a slip apart, 1 and -1 the year agrees or not where only it is known, 0 differ."""
    year, month, day = (pairs.same(name) for name in ("year", "month", "day"))
    one_wrong = (year & (month | day)) | (month & day & _year_slip(*pairs.both("year")))
    level = np.where((year & _crossed(pairs)) | one_wrong, np.int8(2), np.int8(0))
    level[pairs.same("dob")] = 3
    weak = np.maximum(*pairs.both("dob_weak")) > 0
    level[weak] = np.where(year, np.int8(1), np.int8(-1))[weak]
    return np.where(pairs.known("dob"), level, NOT_KNOWN)


def one_generation(pairs: Beside) -> Truths:
    """Whether two dates of birth that differ may be one, wrong twice, and not a parent's and a child's.

    Something of the date is the same, or day and month stand in the other order.
    """
    common = pairs.same("year") | pairs.same("day") | pairs.same("month")
    one, other = pairs.both("year")
    near = pairs.known("dob") & (np.abs(one - other) < GENERATION_YEARS)
    return np.asarray(near & (common | _crossed(pairs)), dtype=np.bool_)


def _crossed(pairs: Beside) -> Truths:
    """Whether day and month stand in the other order."""
    day, other_day = pairs.both("day")
    month, other_month = pairs.both("month")
    return np.asarray((day == other_month) & (month == other_day), dtype=np.bool_)


def _year_slip(one: Numbers, other: Numbers) -> Truths:
    """One digit of the year wrong by one, or its last two the other way round."""
    crossed = (one // 100 == other // 100) & (one % 10 == other // 10 % 10) & (one // 10 % 10 == other % 10)
    return np.asarray(np.isin(np.abs(one - other), (1, 10)) | crossed, dtype=np.bool_)


def nino_levels(ninos: pl.Series, left: Numbers, right: Numbers) -> Levels:
    """2 equal, 1 up to two characters wrong or swapped with a neighbour, 0 differ.

    Two numbers drawn at random are so near once in a million pairs.

    Args:
        ninos: The number of each row.
        left, right: The rows of each pair.
    """
    pairs = Beside({"nino": as_numbers(ninos)}, left, right)
    level = np.where(pairs.same("nino"), np.int8(2), NOT_KNOWN)
    unequal = np.flatnonzero(pairs.differ("nino"))
    sides = [ninos.gather(end[unequal]).to_list() for end in (left, right)]
    edits = process.cpdist(*sides, scorer=OSA.distance, score_cutoff=_NINO_SLIPS)
    level[unequal] = np.asarray(edits) <= _NINO_SLIPS
    return level
