"""Rows of the store; keyword defaults, real types."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from smart_record.purposes import Purpose
from triage.audit import Actor, AuditEvent
from triage.roles import Role
from triage.store.keys import Key
from triage.store.log import Wanted, count_events, newest_events
from triage.store.nights import Night
from triage.store.referrals import Referral, ReferralStatus

NOW = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
DAY = date(2026, 10, 31)
OFFICER = Actor(name="officer", purpose=Purpose.WELFARE_SUPPORT)


def event(action: str = "test", household_id: str | None = "H1") -> AuditEvent:
    return AuditEvent(actor=OFFICER, action=action, occurred_at=NOW, household_id=household_id)


def a_referral(referral_id: str = "F1", **changes: object) -> Referral:
    values = {
        "referral_id": referral_id,
        "household_id": "H1",
        "team": "neighbourhood-park",
        "priority": 2,
        "statutory": False,
        "status": ReferralStatus.WAITING,
        "opened_on": DAY,
        "due_on": date(2026, 11, 7),
        "origin": "night",
        "reasons": "because",
    }
    return Referral(**{**values, **changes})


def a_night(attempt: int = 1, as_of: date = DAY) -> Night:
    return Night(
        night_id=f"{as_of}.{attempt}",
        as_of=as_of,
        attempt=attempt,
        fingerprint="f",
        rulebook="r",
        model=None,
        summary={"households": 1},
        completed_at=NOW,
    )


def a_key(**changes: object) -> Key:
    values = {
        "name": "desk",
        "role": Role.OFFICER,
        "purpose": Purpose.HOUSING,
        "made_by": "operator",
        "made_at": NOW,
        "expires_at": NOW + timedelta(days=1),
    }
    return Key(**{**values, **changes})


def events_of(connection: sa.Connection, household_id: str) -> list[AuditEvent]:
    """The audit log of one household, oldest first (who saw what, when)."""
    wanted = Wanted(household_id=household_id)
    return newest_events(connection, wanted, limit=count_events(connection, wanted))[::-1]
