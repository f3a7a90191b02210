"""What residents contacted the council about, and where each issue went."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa

from triage.audit import AuditEvent
from triage.store.log import insert_event
from triage.store.tables import contact_issues, contacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactIssue:
    """One issue of a contact and its route."""

    topic: str
    tier: int
    team: str
    due_on: date
    referral_id: str | None


def insert_contact(
    connection: sa.Connection,
    contact_id: str,
    household_id: str | None,
    received_on: date,
    issues: Sequence[ContactIssue],
    *,
    audit: AuditEvent,
) -> None:
    """Record a contact and the route of each of its issues, with its audit line."""
    connection.execute(
        sa.insert(contacts).values(
            contact_id=contact_id, household_id=household_id, received_on=received_on, actor=audit.actor.name
        )
    )
    rows = [
        {"contact_id": contact_id, "issue_no": number, **asdict(issue)}
        for number, issue in enumerate(issues, start=1)
    ]
    connection.execute(sa.insert(contact_issues), rows)
    insert_event(connection, audit)
