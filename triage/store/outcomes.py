"""What came of a suggestion: the cool-off rests on it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from triage.audit import AuditEvent
from triage.store.log import insert_event
from triage.store.tables import outcomes


class OutcomeKind(StrEnum):
    """How an offer of help ended."""

    REFUSED = "refused"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedOutcome:
    """One intervention that a household refused or that was completed for it."""

    household_id: str
    intervention: str
    outcome: OutcomeKind
    recorded_on: date


def insert_outcome(connection: sa.Connection, outcome: RecordedOutcome, *, audit: AuditEvent) -> None:
    """Record how an offer ended, with its audit line."""
    connection.execute(
        sa.insert(outcomes).values(
            household_id=outcome.household_id,
            intervention=outcome.intervention,
            outcome=outcome.outcome,
            recorded_on=outcome.recorded_on,
            actor=audit.actor.name,
        )
    )
    insert_event(connection, audit)


def outcomes_known_by(connection: sa.Connection, as_of: date) -> list[RecordedOutcome]:
    """Every outcome recorded on or before a date."""
    rows = connection.execute(
        sa.select(outcomes).where(outcomes.c.recorded_on <= as_of).order_by(outcomes.c.outcome_id)
    )
    return [
        RecordedOutcome(
            household_id=row.household_id,
            intervention=row.intervention,
            outcome=OutcomeKind(row.outcome),
            recorded_on=row.recorded_on,
        )
        for row in rows
    ]
