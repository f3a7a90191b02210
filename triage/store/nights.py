"""Which nights are complete, and which of them is current."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from triage.audit import AuditEvent
from triage.store.log import insert_event
from triage.store.tables import nights


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One complete run of the main job.

    Attributes:
        night_id: `2026-10-31.1`: as-of date and attempt; the name of its folder too.
        as_of: The date the night pretends it is.
        attempt: 1 for the first complete run as of that date, and so on.
        fingerprint: Hash of extracts and mappings.
        rulebook: Content hash of the rule files.
        model: Content hash of the risk model; None where rules ran alone.
        summary: What the run printed, as data.
        completed_at: Aware UTC instant.
    """

    night_id: str
    as_of: date
    attempt: int
    fingerprint: str
    rulebook: str
    model: str | None
    summary: dict[str, Any]
    completed_at: datetime


def current_night(connection: sa.Connection) -> Night | None:
    """The newest complete night, or None before the first."""
    row = connection.execute(
        sa.select(nights).where(~nights.c.superseded).order_by(nights.c.as_of.desc()).limit(1)
    ).first()
    return None if row is None else _night(row)


def complete_nights(connection: sa.Connection, *, most: int) -> list[Night]:
    """The newest complete nights, one for each as-of date, oldest first."""
    rows = connection.execute(
        sa.select(nights).where(~nights.c.superseded).order_by(nights.c.as_of.desc()).limit(most)
    )
    return [_night(row) for row in rows][::-1]


def next_attempt(connection: sa.Connection, as_of: date) -> int:
    """The attempt number of the next run as of a date."""
    last = connection.scalar(sa.select(sa.func.max(nights.c.attempt)).where(nights.c.as_of == as_of))
    return int(last or 0) + 1


def kept_night_ids(connection: sa.Connection) -> set[str]:
    """Nights whose folders must stay: the newest attempt of each as-of date."""
    return set(connection.scalars(sa.select(nights.c.night_id).where(~nights.c.superseded)))


def superseded_night_ids(connection: sa.Connection) -> set[str]:
    """Nights that a later attempt replaced: their folders may go."""
    return set(connection.scalars(sa.select(nights.c.night_id).where(nights.c.superseded)))


def insert_night(connection: sa.Connection, night: Night, *, audit: AuditEvent) -> None:
    """Make a night current; earlier attempts as of the same date are superseded."""
    connection.execute(sa.update(nights).where(nights.c.as_of == night.as_of).values(superseded=True))
    connection.execute(
        sa.insert(nights).values(
            night_id=night.night_id,
            as_of=night.as_of,
            attempt=night.attempt,
            superseded=False,
            fingerprint=night.fingerprint,
            rulebook=night.rulebook,
            model=night.model,
            summary=night.summary,
            completed_at=night.completed_at,
        )
    )
    insert_event(connection, audit)


def _night(row: sa.Row[Any]) -> Night:
    return Night(
        night_id=row.night_id,
        as_of=row.as_of,
        attempt=row.attempt,
        fingerprint=row.fingerprint,
        rulebook=row.rulebook,
        model=row.model,
        summary=row.summary,
        completed_at=row.completed_at,
    )
