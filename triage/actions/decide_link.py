"""An officer decides whether two rows are one person, or two records one household."""

from dataclasses import replace

import polars as pl

from smart_record.errors import LinkageError
from smart_record.linkage.rows.verdicts import PERSONS, VERDICT_COLUMNS, VerdictKind, check_verdicts
from smart_record.linkage.sources import DEPENDANTS, record_of_row
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import PairNotFound, VerdictRefused
from triage.nights import read_frame
from triage.sight import LINKS_FOR, check_may_see
from triage.store.log import insert_event
from triage.store.verdicts import RecordedVerdict, Verdict, insert_verdict, standing_verdicts


def decide_link(council: Council, verdict: Verdict, *, reason: str, actor: Actor) -> RecordedVerdict:
    """Record a verdict; the next run goes by it, and so does every later one until it is withdrawn.

    Raises:
        PurposeRefused: If the rows of all systems may not be seen for the purpose.
        NotReady: Before the first night.
        PairNotFound: If the last night has no such row or record.
        VerdictRefused: If it would make one person two parties of one record, or a child and an adult one;
            if it says nothing: one row twice, no grounds, or what a standing verdict says; if it contradicts
            verdicts that stand.
    """
    check_may_see("What links compare", actor.purpose, LINKS_FOR)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        links = read_frame(council.nights / night.night_id, "links")
        one = _rows(links, (verdict.source, verdict.record_ref, verdict.role), "first")
        other = _rows(links, (verdict.other_source, verdict.other_record_ref, verdict.other_role), "second")
        _check(verdict, links, one, other)
        standing = standing_verdicts(connection)
        _check_new(verdict, standing, reason)
        told = {name: getattr(verdict, name) for name in VERDICT_COLUMNS} | {"kind": str(verdict.kind)}
        _check_with_others(pl.DataFrame([told], schema=dict.fromkeys(VERDICT_COLUMNS, pl.String)), standing)
        event = AuditEvent(
            actor=actor,
            action="decide_link",
            occurred_at=council.clock(),
            household_id=one["household_id"][0],
            subject=f"{verdict.kind}: {_told(one)}, {_told(other)}",
        )
        home = other["household_id"][0]
        if home != event.household_id:  # whose record was touched can be asked of either
            insert_event(connection, replace(event, household_id=home))
        return insert_verdict(connection, verdict, reason=reason, audit=event)


def _check_with_others(told: pl.DataFrame, standing: pl.DataFrame) -> None:
    """Refuse a verdict that can't be true together with those that stand; name those about its records."""
    try:
        check_verdicts(pl.concat([standing.select(VERDICT_COLUMNS), told]))
    except LinkageError as contradiction:
        one, other = ["source", "record_ref"], ["other_source", "other_record_ref"]
        mine = pl.concat([told.select(one), told.select(other).rename(dict(zip(other, one, strict=True)))])
        about = pl.concat(standing.join(mine, left_on=end, right_on=one, how="semi") for end in (one, other))
        numbers = about["verdict_id"].unique().sort().cast(pl.String).to_list()
        raise VerdictRefused(
            "This can't be true together with the verdicts that stand about the same records "
            f"({', '.join(numbers)}). Nothing was changed. Read them with: triage links verdicts. If one is "
            f"wrong, take it back first: triage links withdraw {numbers[0] if numbers else 'VERDICT_ID'}"
        ) from contradiction


def verdict_of(kind: VerdictKind, one_ref: str, other_ref: str) -> Verdict:
    """The verdict on two rows (source/record_ref/role), or on the households of two records (without role).

    Raises:
        VerdictRefused: If a reference has not that form.
    """
    refs = (("first", one_ref), ("second", other_ref))
    one, other = (_parts(ref, which, with_role=kind in PERSONS) for which, ref in refs)
    return Verdict(
        kind=kind,
        source=one[0],
        record_ref=one[1],
        role=one[2],
        other_source=other[0],
        other_record_ref=other[1],
        other_role=other[2],
    )


def _parts(ref: str, which: str, *, with_role: bool) -> tuple[str, str, str | None]:
    """Source, record reference (which may hold a slash) and role."""
    source, _, rest = ref.partition("/")
    record, _, role = rest.rpartition("/") if with_role else (rest, "", "")
    if not source or not record or (with_role and not role):
        form = "source/record_ref/role" if with_role else "source/record_ref"
        raise VerdictRefused(
            f"The {which} reference is not written {form}, as this verdict needs it. Nothing was changed. "
            "Rows are listed by: triage export links"
        )
    return (source, record, role or None)


def _rows(links: pl.DataFrame, row: tuple[str, str, str | None], which: str) -> pl.DataFrame:
    source, record_ref, role = row
    found = links.filter((pl.col("source") == source) & (pl.col("record_ref") == record_ref))
    found = found if role is None else found.filter(pl.col("role") == role)
    if found.is_empty():
        raise PairNotFound(
            f"The last night has no such row as the {which}. Nothing was changed. Rows are listed by: "
            "triage export links"
        )
    return found


def _check(verdict: Verdict, links: pl.DataFrame, one: pl.DataFrame, other: pl.DataFrame) -> None:
    person = verdict.kind in PERSONS
    if person != (verdict.role is not None) or person != (verdict.other_role is not None):
        raise VerdictRefused("A verdict about people names a role on both sides; one about households none.")
    if person and (verdict.source == DEPENDANTS) != (verdict.other_source == DEPENDANTS):
        raise VerdictRefused(
            "A child's row and an adult's are never one person in the matching: there is nothing to decide. "
            "Nothing was changed. Decide about two rows of adults, two rows of children, or two households."
        )
    if verdict.kind is not VerdictKind.SAME_PERSON:
        return
    residents = pl.concat([one["resident_id"], other["resident_id"]]).implode()
    held = links.filter(pl.col("resident_id").is_in(residents))
    double = held.filter(held.select(*record_of_row()).is_duplicated()).sort("source", "record_ref", "role")
    if not double.is_empty() and one["resident_id"][0] != other["resident_id"][0]:
        raise VerdictRefused(
            f"One person can't be two parties of one record, and {_told(double[:1])} and "
            f"{_told(double[1:2])} would be. Nothing was changed. If a link of theirs is wrong, "
            "reject that link first, run the night, and decide then."
        )


def _check_new(verdict: Verdict, standing: pl.DataFrame, reason: str) -> None:
    """Refuse what says nothing: a row and itself, a verdict that stands already, no grounds."""
    one = (verdict.source, verdict.record_ref, verdict.role)
    other = (verdict.other_source, verdict.other_record_ref, verdict.other_role)
    if one == other:
        raise VerdictRefused("A verdict is about two rows or two records, and this names one twice.")
    if not reason.strip():
        raise VerdictRefused("A verdict needs its grounds: give them with --reason. Nothing was changed.")
    for row in standing.filter(pl.col("kind") == str(verdict.kind)).iter_rows():
        if {row[2:5], row[5:8]} == {one, other}:
            raise VerdictRefused(
                f"Verdict {row[0]} says so already. Nothing was changed. To take it back: "
                f"triage links withdraw {row[0]}"
            )


def _told(rows: pl.DataFrame) -> str:
    return "/".join(rows.select("source", "record_ref", "role").row(0))
