"""The audit log: the only way to write it, and what every other write of the store calls."""

from collections.abc import Sequence
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


def events_of(connection: sa.Connection, household_id: str) -> list[AuditEvent]:
    """The audit log of one household, oldest first (who saw what, when)."""
    rows = connection.execute(
        sa.select(audit_events).where(audit_events.c.household_id == household_id).order_by("event_id")
    )
    return [_event(row) for row in rows]


def _event(row: sa.Row[Any]) -> AuditEvent:
    return AuditEvent(
        actor=Actor(name=row.actor, purpose=Purpose(row.purpose)),
        action=row.action,
        occurred_at=row.occurred_at,
        household_id=row.household_id,
        subject=row.subject,
    )
