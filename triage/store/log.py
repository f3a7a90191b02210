"""The audit log: the only way to write it, and what every other write of the store calls."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from smart_record.purposes import Purpose
from triage.audit import Actor, AuditEvent
from triage.store.tables import audit_events


def insert_event(connection: sa.Connection, event: AuditEvent) -> None:
    """Add one line to the audit log, in the caller's transaction."""
    insert_events(connection, [event])


def insert_events(connection: sa.Connection, events: Sequence[AuditEvent]) -> None:
    """Add lines to the audit log, in the caller's transaction."""
    rows = [
        {
            "occurred_at": event.occurred_at,
            "actor": event.actor.name,
            "purpose": event.actor.purpose.value,
            "action": event.action,
            "household_id": event.household_id,
            "subject": event.subject,
        }
        for event in events
    ]
    if rows:
        connection.execute(sa.insert(audit_events), rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines of the audit log; None asks for all.

    Attributes:
        holder: A person, or the holder of a key.
        since, until: First and last day, in UTC.
    """

    household_id: str | None = None
    holder: str | None = None
    since: date | None = None
    until: date | None = None

    def words(self) -> str:
        """What is asked for."""
        told = [f"{name} {value}" for name, value in asdict(self).items() if value is not None]
        return ", ".join(told) or "everything"


def newest_events(connection: sa.Connection, wanted: Wanted, *, limit: int) -> list[AuditEvent]:
    """Lines of the audit log, newest first."""
    newest = sa.select(audit_events).where(*_where(wanted)).order_by(audit_events.c.event_id.desc())
    return [_event(row) for row in connection.execute(newest.limit(limit))]


def count_events(connection: sa.Connection, wanted: Wanted) -> int:
    """How many lines there are."""
    count = sa.select(sa.func.count()).select_from(audit_events).where(*_where(wanted))
    return connection.execute(count).scalar_one()


def _where(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    columns, conditions = audit_events.c, []
    if wanted.household_id is not None:
        conditions.append(columns.household_id == wanted.household_id)
    if wanted.holder is not None:
        conditions.append(columns.actor == wanted.holder)
    if wanted.since is not None:
        conditions.append(columns.occurred_at >= _midnight(wanted.since))
    if wanted.until is not None:
        conditions.append(columns.occurred_at < _midnight(wanted.until + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _event(row: sa.Row[Any]) -> AuditEvent:
    return AuditEvent(
        actor=Actor(name=row.actor, purpose=Purpose(row.purpose)),
        action=row.action,
        occurred_at=row.occurred_at,
        household_id=row.household_id,
        subject=row.subject,
    )
