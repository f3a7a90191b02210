"""What officers decided about links: it stands whatever the evidence says, tonight and every later night.

A verdict names rows, never ids, so that it holds whatever the rows are called tomorrow. One about rows that
are not there tonight does nothing tonight.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from smart_record.errors import LinkageError
from smart_record.linkage.graph.clusters import components
from smart_record.linkage.sources import BENEFITS, DEPENDANTS


class VerdictKind(StrEnum):
    """What an officer may decide of two person rows, or of two records."""

    SAME_PERSON = "same_person"
    DIFFERENT_PEOPLE = "different_people"
    SAME_HOUSEHOLD = "same_household"
    DIFFERENT_HOUSEHOLDS = "different_households"


PERSONS = (VerdictKind.SAME_PERSON, VerdictKind.DIFFERENT_PEOPLE)
"""Verdicts about two person rows; the others are about two records and have no roles."""

_ROW = ("source", "record_ref", "role")
_RECORD = ("source", "record_ref")
VERDICT_COLUMNS = ("kind", *_ROW, *(f"other_{name}" for name in _ROW))
"""Columns of the frame of standing verdicts, all text; role and other_role null for households."""

CONFIRMED_BY_OFFICER = "confirmed by an officer"
"""The evidence of what an officer joined."""

HOUSEHOLD_CONFIRMED = "household confirmed by an officer"

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The verdicts that have both their rows tonight, by number: `left` < `right`, distinct, sorted."""

    same: pl.DataFrame
    apart: pl.DataFrame


def no_verdicts() -> pl.DataFrame:
    """The frame of a council whose officers decided nothing yet."""
    return pl.DataFrame(schema=dict.fromkeys(VERDICT_COLUMNS, pl.String))


def settled_persons(verdicts: pl.DataFrame, persons: pl.DataFrame) -> Settled:
    """The verdicts about two rows of tonight, both adults' or both children's, by person number.

    Raises:
        LinkageError: If verdicts contradict each other.
    """
    return _settled(verdicts, persons.select(*_ROW, number="person"), PERSONS)


def settled_records(verdicts: pl.DataFrame, records: pl.DataFrame) -> Settled:
    """The verdicts about two records of tonight, by record number.

    Raises:
        LinkageError: If verdicts contradict each other.
    """
    kinds = (VerdictKind.SAME_HOUSEHOLD, VerdictKind.DIFFERENT_HOUSEHOLDS)
    return _settled(verdicts, records.select(*_RECORD, number="record"), kinds)


def check_verdicts(verdicts: pl.DataFrame) -> None:
    """Refuse verdicts that can't all be true.

    Args:
        verdicts: Columns `VERDICT_COLUMNS`.

    Raises:
        LinkageError: If one person would be two parties of one record, or two rows both the same and not.
    """
    kinds = tuple(VerdictKind)
    for same, apart, columns in ((kinds[0], kinds[1], _ROW), (kinds[2], kinds[3], _RECORD)):
        group = _joined(list(_pairs(verdicts, same, columns)))
        for one, other in _pairs(verdicts, apart, columns):
            if group.get(one, one) == group.get(other, other):
                raise LinkageError(
                    f"Officers' verdicts contradict each other: {_told(one)} and {_told(other)} are "
                    f"{apart.replace('_', ' ')} by one, but {same.replace('_', ' ')} by another or by "
                    "several together. Withdraw one with: triage links withdraw VERDICT_ID"
                )
        if columns == _ROW:
            _check_records(group)


def _check_records(group: dict[_Key, _Key]) -> None:
    """Nobody is two parties of one record."""
    held: dict[tuple[_Key, _Key], _Key] = {}
    for row, first in sorted(group.items()):
        other = held.setdefault((first, _record_of(row)), row)
        if other != row:
            raise LinkageError(
                f"One person can't be both {_told(other)} and {_told(row)}: they are two parties of one "
                "record, and officers' verdicts would make them one. Withdraw one of these with: "
                "triage links withdraw VERDICT_ID"
            )


def _record_of(row: _Key) -> _Key:
    source, ref = row[0], row[1]
    return (BENEFITS, ref.rsplit("/", 1)[0]) if source == DEPENDANTS else (source, ref)


def _told(key: _Key) -> str:
    return "/".join(key)


def _pairs(verdicts: pl.DataFrame, kind: str, columns: tuple[str, ...]) -> Iterator[tuple[_Key, _Key]]:
    others = [f"other_{name}" for name in columns]
    for row in verdicts.filter(pl.col("kind") == kind).select(*columns, *others).sort(pl.all()).iter_rows():
        yield row[: len(columns)], row[len(columns) :]


def _joined(pairs: list[tuple[_Key, _Key]]) -> dict[_Key, _Key]:
    """Each key that a pair names with the smallest key of its group."""
    keys = sorted({key for pair in pairs for key in pair})
    number = {key: at for at, key in enumerate(keys)}
    left = pl.Series([number[one] for one, _ in pairs], dtype=pl.UInt32)
    right = pl.Series([number[other] for _, other in pairs], dtype=pl.UInt32)
    if not keys:
        return {}
    return {key: keys[first] for key, first in zip(keys, components(len(keys), left, right), strict=True)}


def _settled(verdicts: pl.DataFrame, rows: pl.DataFrame, kinds: tuple[VerdictKind, VerdictKind]) -> Settled:
    key = [name for name in rows.columns if name != "number"]
    others = [f"other_{name}" for name in key]
    here = (
        verdicts.filter(pl.col("kind").is_in([str(kind) for kind in kinds]))
        .join(rows, on=key)
        .join(rows, left_on=others, right_on=key, suffix="_r")
    )
    check_verdicts(here.select(VERDICT_COLUMNS))
    pairs = here.select(
        "kind",
        left=pl.min_horizontal("number", "number_r"),
        right=pl.max_horizontal("number", "number_r"),
    )
    same, apart = (
        pairs.filter(pl.col("kind") == kind).select("left", "right").unique().sort("left", "right")
        for kind in kinds
    )
    return Settled(same=same, apart=apart)
