"""An officer decides whether two rows are one person, or two records one household."""

import polars as pl

from smart_record.linkage.verdicts import PERSONS, VERDICT_COLUMNS, VerdictKind, check_verdicts
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import PairNotFound, VerdictRefused
from triage.nights import read_frame
from triage.store.verdicts import RecordedVerdict, Verdict, insert_verdict, standing_verdicts


def decide_link(council: Council, verdict: Verdict, *, reason: str, actor: Actor) -> RecordedVerdict:
    """Record a verdict; the next run goes by it, and so does every later one until it is withdrawn.

    Raises:
        NotReady: Before the first night.
        PairNotFound: If the last night has no such row or record.
        VerdictRefused: If it would make one person two parties of one record, or is about a child's row.
        LinkageError: If it contradicts a verdict that stands.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        links = read_frame(council.nights / night.night_id, "links")
        one = _rows(links, verdict.source, verdict.record_ref, verdict.role)
        other = _rows(links, verdict.other_source, verdict.other_record_ref, verdict.other_role)
        _check(verdict, links, one, other)
        standing = standing_verdicts(connection).select(VERDICT_COLUMNS)
        told = {name: getattr(verdict, name) for name in VERDICT_COLUMNS} | {"kind": str(verdict.kind)}
        check_verdicts(pl.concat([standing, pl.DataFrame([told], schema=standing.schema)]))
        event = AuditEvent(
            actor=actor,
            action="decide_link",
            occurred_at=council.clock(),
            household_id=one["household_id"][0],
            subject=f"{verdict.kind}: {_told(one)}, {_told(other)}",
        )
        return insert_verdict(connection, verdict, reason=reason, audit=event)


def _rows(links: pl.DataFrame, source: str, record_ref: str, role: str | None) -> pl.DataFrame:
    found = links.filter((pl.col("source") == source) & (pl.col("record_ref") == record_ref))
    found = found if role is None else found.filter(pl.col("role") == role)
    if found.is_empty():
        wanted = "/".join(part for part in (source, record_ref, role) if part)
        raise PairNotFound(
            f"The last night has no row {wanted!r}. Nothing was changed. Rows are listed by: "
            "triage export links"
        )
    return found


def _check(verdict: Verdict, links: pl.DataFrame, one: pl.DataFrame, other: pl.DataFrame) -> None:
    person = verdict.kind in PERSONS
    if person != (verdict.role is not None) or person != (verdict.other_role is not None):
        raise VerdictRefused("A verdict about people names a role on both sides; one about households none.")
    if person and "dependant" in (verdict.role, verdict.other_role):
        raise VerdictRefused(
            "Verdicts about people are about adults; children follow the claims that name them. "
            "Nothing was changed. Decide about the claimants, or about the households."
        )
    if verdict.kind is not VerdictKind.SAME_PERSON:
        return
    residents = pl.concat([one["resident_id"], other["resident_id"]]).implode()
    held = links.filter(pl.col("resident_id").is_in(residents))
    double = held.filter(held.select("source", "record_ref").is_duplicated()).sort("source", "record_ref")
    if not double.is_empty() and one["resident_id"][0] != other["resident_id"][0]:
        raise VerdictRefused(
            f"One person can't be two parties of one record, and {_told(double[:1])} and "
            f"{_told(double[1:2])} would be. Nothing was changed. If a link of theirs is wrong, "
            "reject that link first, run the night, and decide then."
        )


def _told(rows: pl.DataFrame) -> str:
    return "/".join(rows.select("source", "record_ref", "role").row(0))
