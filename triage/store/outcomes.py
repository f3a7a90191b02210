"""What came of a suggestion: the cool-off rests on it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl
import sqlalchemy as sa

from triage.audit import AuditEvent
from triage.store.anchors import Anchored, insert_anchors, subjects_about
from triage.store.log import insert_event
from triage.store.tables import outcomes


class OutcomeKind(StrEnum):
    """How an offer of help ended."""

    REFUSED = "refused"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedOutcome:
    """One intervention that a household refused or that was completed for it.

    Attributes:
        outcome_id: Its number in the store; None before it is there.
    """

    household_id: str
    intervention: str
    outcome: OutcomeKind
    recorded_on: date
    outcome_id: int | None = field(default=None, compare=False)


def insert_outcome(
    connection: sa.Connection,
    outcome: RecordedOutcome,
    *,
    records: Iterable[tuple[str, str]] = (),
    audit: AuditEvent,
) -> None:
    """Record how an offer ended, with its audit line.

    Args:
        connection: In the caller's transaction.
        outcome: How it ended.
        records: The household's records (source, record_ref): its cool-off follows them.
        audit: Who recorded it, and when.
    """
    done = connection.execute(
        sa.insert(outcomes).values(
            household_id=outcome.household_id,
            intervention=outcome.intervention,
            outcome=outcome.outcome,
            recorded_on=outcome.recorded_on,
            actor=audit.actor.name,
        )
    )
    (outcome_id,) = done.inserted_primary_key or (None,)
    insert_anchors(connection, Anchored.OUTCOME, str(outcome_id), records)
    insert_event(connection, audit)


def outcomes_known_by(connection: sa.Connection, as_of: date) -> list[RecordedOutcome]:
    """Every outcome recorded on or before a date."""
    return [each for each in all_outcomes(connection) if each.recorded_on <= as_of]


def outcomes_near(
    connection: sa.Connection, household_id: str, records: Collection[tuple[str, str]], as_of: date
) -> list[RecordedOutcome]:
    """Every outcome by a date that was recorded of a household, or about any of these records.

    Whose each is now, its records say (`triage.referrals.followed`).
    """
    about = [int(each) for each in sorted(subjects_about(connection, Anchored.OUTCOME, records))]
    near = sa.or_(outcomes.c.household_id == household_id, outcomes.c.outcome_id.in_(about))
    found = _recorded(connection, sa.select(outcomes).where(near))
    return [each for each in found if each.recorded_on <= as_of]


def all_outcomes(connection: sa.Connection) -> list[RecordedOutcome]:
    """Every outcome ever recorded, of the household that it was recorded of."""
    return _recorded(connection, sa.select(outcomes))


def completed_help(known: Iterable[RecordedOutcome]) -> pl.DataFrame:
    """When help was completed for whom: household_id, helped_on; sorted."""
    found = [(one.household_id, one.recorded_on) for one in known if one.outcome is OutcomeKind.COMPLETED]
    schema = {"household_id": pl.String, "helped_on": pl.Date}
    return pl.DataFrame(found, schema=schema, orient="row").unique().sort("household_id", "helped_on")


def _recorded(connection: sa.Connection, query: sa.Select[Any]) -> list[RecordedOutcome]:
    rows = connection.execute(query.order_by(outcomes.c.outcome_id))
    return [
        RecordedOutcome(
            household_id=row.household_id,
            intervention=row.intervention,
            outcome=OutcomeKind(row.outcome),
            recorded_on=row.recorded_on,
            outcome_id=row.outcome_id,
        )
        for row in rows
    ]
