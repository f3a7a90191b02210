"""A resident's contact: several issues, each routed to its own tier; one referral per issue's team."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import polars as pl
import sqlalchemy as sa

from rules.loading.topics import Topic, load_topics
from smart_record.purposes import Purpose
from triage.actions.reading import check_household, household_records, last_night, seen_suggestions
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.days import day_of
from triage.errors import WardNotFound
from triage.nights import scan_frame
from triage.policy.steps import SUGGESTION_COLUMNS, SUPPRESSED
from triage.policy.teams import team_title
from triage.referrals.contact_referrals import (
    REFERRAL_TIER,
    Caller,
    OpenedReferrals,
    open_for_contact,
    team_of,
)
from triage.sight import Sight
from triage.store.contacts import ContactIssue, insert_contact
from triage.store.nights import current_night
from triage.store.referrals import Referral, all_referrals, grow_referral, insert_referrals
from triage.versions.in_use import rulebook_of_night, rules_folder

FALLBACK_TEAM = "welfare_support"
"""Keeps a Tier 3 issue at tier 2 while its team has no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutedIssue:
    """Where one issue goes.

    Attributes:
        due_on: By when the team acts.
        referral_id: The referral that was opened, or that the team has already; None below tier 3.
        deferred_because: Why a Tier 3 issue stays at tier 2 for now; "" otherwise.
    """

    topic: str
    title: str
    tier: int
    team: str
    team_title: str
    channel: str
    next_step: str
    due_on: date
    referral_id: str | None
    deferred_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenContact:
    """A recorded contact.

    Attributes:
        suggestions: The household's open suggestions, as the suggestions export has them; those that may be
            seen for the officer's purpose.
    """

    contact_id: str
    household_id: str | None
    received_on: date
    issues: tuple[RoutedIssue, ...]
    suggestions: pl.DataFrame


def take_contact(
    council: Council, topics: Sequence[str], *, household_id: str | None, ward: str | None, actor: Actor
) -> TakenContact:
    """Route each issue of a contact, record it, and open the referrals it needs.

    Args:
        council: An open council.
        topics: Topic ids, one per issue.
        household_id: Whose contact; None where no household was found.
        ward: Where the resident lives, if the household doesn't say.
        actor: The officer or key.

    Raises:
        RuleError: If a topic is unknown.
        HouseholdNotFound: If the last night has no such household.
        WardNotFound: If the ward is none of the council's.
    """
    now = council.clock()
    contact_id = f"C{secrets.token_hex(6).upper()}"
    who = Caller(contact_id=contact_id, household_id=household_id, ward=ward, received_on=day_of(now))
    with council.engine.begin() as connection:
        known = load_topics(rules_folder(council, connection))
        wanted = [known.topic(name) for name in topics]
        suggestions = _open_suggestions(council, connection, household_id, actor.purpose)
        if ward is not None:
            _check_ward(council, connection, ward)
        who = replace(who, ward=_ward_of(council, connection, household_id) or ward)
        standing = all_referrals(connection)
        opened = open_for_contact(wanted, who, standing, council.settings)
        issues = tuple(_routed(topic, who, opened, council) for topic in wanted)
        insert_referrals(
            connection,
            opened.new,
            records=_records(council, connection, household_id),
            audit=[_line("open_referral", each, actor, now) for each in opened.new],
        )
        for each in opened.grown:
            grow_referral(connection, each, audit=_line("grow_referral", each, actor, now))
        record = AuditEvent(
            actor=actor,
            action="take_contact",
            occurred_at=now,
            household_id=household_id,
            subject=contact_id,
        )
        insert_contact(
            connection,
            contact_id,
            household_id,
            who.received_on,
            [_stored(each) for each in issues],
            audit=record,
        )
    return TakenContact(
        contact_id=contact_id,
        household_id=household_id,
        received_on=who.received_on,
        issues=issues,
        suggestions=suggestions,
    )


def _routed(topic: Topic, who: Caller, opened: OpenedReferrals, council: Council) -> RoutedIssue:
    team = team_of(topic, who, council.settings)
    waits = opened.deferred.get(team, "") if topic.tier == REFERRAL_TIER else ""
    kept = FALLBACK_TEAM if waits else team
    return RoutedIssue(
        topic=topic.id,
        title=topic.title,
        tier=2 if waits else topic.tier,
        team=kept,
        team_title=team_title(council.settings, kept),
        channel=str(topic.channel),
        next_step=topic.next_step,
        due_on=who.received_on + timedelta(days=topic.within_days),
        referral_id=opened.by_team.get(team) if topic.tier == REFERRAL_TIER else None,
        deferred_because=waits,
    )


def _stored(issue: RoutedIssue) -> ContactIssue:
    return ContactIssue(
        topic=issue.topic,
        tier=issue.tier,
        team=issue.team,
        due_on=issue.due_on,
        referral_id=issue.referral_id,
    )


def _line(action: str, referral: Referral, actor: Actor, now: datetime) -> AuditEvent:
    return AuditEvent(
        actor=actor,
        action=action,
        occurred_at=now,
        household_id=referral.household_id,
        subject=referral.referral_id,
    )


def _open_suggestions(
    council: Council, connection: sa.Connection, household_id: str | None, purpose: Purpose
) -> pl.DataFrame:
    if household_id is None:
        return pl.DataFrame(schema=dict.fromkeys(SUGGESTION_COLUMNS, pl.String))
    night = last_night(council, connection)
    sight = Sight(purpose=purpose, rulebook=rulebook_of_night(council, connection, night))
    rows = [
        [row[name] for name in SUGGESTION_COLUMNS]
        for row in seen_suggestions(council, night, household_id, sight)
        if row["status"] != SUPPRESSED
    ]
    schema = scan_frame(council.nights / night.night_id, "suggestions").collect_schema()
    return pl.DataFrame(rows, schema={name: schema[name] for name in SUGGESTION_COLUMNS}, orient="row")


def _records(
    council: Council, connection: sa.Connection, household_id: str | None
) -> dict[str, list[tuple[str, str]]]:
    if household_id is None:
        return {}
    return {household_id: household_records(council, last_night(council, connection), household_id)}


def _check_ward(council: Council, connection: sa.Connection, ward: str) -> None:
    """See that a ward is one: it goes into the team's name, which must hold nothing that a caller made up."""
    wards = {each for team in council.settings.neighbourhoods.values() for each in team.wards}
    night = current_night(connection)
    if night is not None:
        households = scan_frame(council.nights / night.night_id, "households")
        wards |= set(households.select("ward").unique().collect()["ward"].drop_nulls())
    if ward not in wards:
        raise WardNotFound(
            "The ward is none of this council's. Nothing was recorded. Leave it out if it is not known; "
            "wards are written as in the households export."
        )


def _ward_of(council: Council, connection: sa.Connection, household_id: str | None) -> str | None:
    if household_id is None:
        return None
    ward: str | None = check_household(council, last_night(council, connection), household_id)["ward"].item()
    return ward
