"""The Tier 3 referral queue: the only way into a neighbourhood or specialist team's work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from triage.audit import AuditEvent
from triage.store.anchors import Anchored, delete_anchors, insert_anchors
from triage.store.log import insert_event
from triage.store.tables import contact_issues, referrals


class ReferralStatus(StrEnum):
    """Where a referral stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    CLOSED = "closed"


OPEN = (ReferralStatus.WAITING, ReferralStatus.ACCEPTED)
"""Statuses of a referral that a team still has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One household's place in one team's queue.

    Attributes:
        referral_id: Derived from household, team and date, so that a repeated night makes the same one.
        household_id: None where a contact could not be matched to a household.
        priority: 1 same day, 2 this week, 3 this month, 4 routine.
        statutory: A legal duty: never deferred by capacity.
        opened_on: As-of date of the night, or date of the contact.
        due_on: By when the team acts.
        origin: `night` or `contact`.
        reasons: Plain English, for the team.
    """

    referral_id: str
    household_id: str | None
    team: str
    priority: int
    statutory: bool
    status: ReferralStatus
    opened_on: date
    due_on: date
    origin: str
    reasons: str


def open_referrals(connection: sa.Connection, *, team: str | None = None) -> list[Referral]:
    """Referrals that a team still has, most urgent first; of one team, or all."""
    query = sa.select(referrals).where(referrals.c.status.in_(OPEN))
    if team is not None:
        query = query.where(referrals.c.team == team)
    return _referrals(connection, query)


def referrals_of(connection: sa.Connection, household_id: str) -> list[Referral]:
    """Every referral of one household, most urgent first."""
    return _referrals(connection, sa.select(referrals).where(referrals.c.household_id == household_id))


def all_referrals(connection: sa.Connection) -> list[Referral]:
    """Every referral ever made, most urgent first."""
    return _referrals(connection, sa.select(referrals))


def withdraw_untouched(connection: sa.Connection, *, opened_on: date, audit: AuditEvent) -> None:
    """Take back the referrals that an earlier run as of the same date made and nobody has touched.

    The run that calls this makes those still warranted again in the same transaction, under the same ids.

    What a contact was told of is touched: it stays.

    Args:
        connection: In the run's transaction.
        opened_on: The run's as-of date.
        audit: Says who and when; written once for each referral, with its household and id.
    """
    untouched = sa.and_(
        referrals.c.opened_on == opened_on,
        referrals.c.origin == "night",
        referrals.c.status == ReferralStatus.WAITING,
        referrals.c.referral_id.not_in(_told_to_contacts()),
    )
    found = _referrals(connection, sa.select(referrals).where(untouched))
    delete_anchors(connection, Anchored.REFERRAL, [referral.referral_id for referral in found])
    for referral in found:
        insert_event(
            connection,
            replace(audit, household_id=referral.household_id, subject=referral.referral_id),
        )
    connection.execute(sa.delete(referrals).where(untouched))


def referrals_told_to_contacts(connection: sa.Connection) -> set[str]:
    """Referrals that a contact was told of: a person counts on them."""
    return set(connection.scalars(_told_to_contacts()))


def _told_to_contacts() -> sa.Select[tuple[str]]:
    return sa.select(contact_issues.c.referral_id).where(contact_issues.c.referral_id.is_not(None))


def move_referral(
    connection: sa.Connection, referral: Referral, household_id: str, *, audit: AuditEvent
) -> None:
    """Let a referral follow its household into the one it was merged with."""
    mine = referrals.c.referral_id == referral.referral_id
    connection.execute(sa.update(referrals).where(mine).values(household_id=household_id))
    insert_event(connection, audit)


def grow_referral(connection: sa.Connection, referral: Referral, *, audit: AuditEvent) -> None:
    """Let a referral in a queue take in what else has come up: as urgent as that, with both reasons."""
    mine = referrals.c.referral_id == referral.referral_id
    changed = {name: getattr(referral, name) for name in ("priority", "statutory", "due_on", "reasons")}
    connection.execute(sa.update(referrals).where(mine).values(**changed))
    insert_event(connection, audit)


def withdraw_referral(connection: sa.Connection, referral: Referral, *, audit: AuditEvent) -> None:
    """Take back one referral that nobody has touched; the audit log keeps that it was there."""
    delete_anchors(connection, Anchored.REFERRAL, [referral.referral_id])
    connection.execute(sa.delete(referrals).where(referrals.c.referral_id == referral.referral_id))
    insert_event(connection, audit)


def insert_referrals(
    connection: sa.Connection,
    new: Sequence[Referral],
    *,
    records: Mapping[str, Iterable[tuple[str, str]]] = MappingProxyType({}),
    audit: Iterable[AuditEvent],
) -> None:
    """Put households into queues, each with its audit line.

    Args:
        connection: In the caller's transaction.
        new: The referrals.
        records: The records (source, record_ref) of each household: a referral follows them.
        audit: A line for each.
    """
    if new:
        connection.execute(sa.insert(referrals), [asdict(referral) for referral in new])
    for referral in new:
        held = records.get(referral.household_id or "", ())
        insert_anchors(connection, Anchored.REFERRAL, referral.referral_id, held)
    for event in audit:
        insert_event(connection, event)


def _referrals(connection: sa.Connection, query: sa.Select[Any]) -> list[Referral]:
    order = (referrals.c.statutory.desc(), referrals.c.priority, referrals.c.due_on, referrals.c.referral_id)
    return [
        Referral(**{**row._mapping, "status": ReferralStatus(row.status)})  # noqa: SLF001 (SQLAlchemy's public name)
        for row in connection.execute(query.order_by(*order))
    ]
