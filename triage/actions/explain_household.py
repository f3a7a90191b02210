"""One household explained: who, what is known, what the rules say, the risk, and what is suggested."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import polars as pl

from rules import Rule, Rulebook
from rules.executors.online import Judged, judge_all
from smart_record.facts.declarations import FACTS
from smart_record.facts.terms.wording import describe
from smart_record.purposes import Purpose
from triage.actions.reading import check_household, household_known, last_night, seen_suggestions
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.explained.household import HouseholdView, KnownFact, QueuedReferral, Risk, RuleAnswer, Suggestion
from triage.explained.standings import debt_standings
from triage.links.addresses import addresses_of
from triage.links.homes import home_of
from triage.links.members import members_of
from triage.nights import scan_frame
from triage.policy.steps import RISK_RULE
from triage.policy.teams import team_title
from triage.risk.night import why_no_score
from triage.settings import Settings
from triage.sight import (
    NOT_SAID,
    QUEUES_FOR,
    RISK_FOR,
    WHOLE_FOR,
    Sight,
    check_may_see,
    whole_or_not_said,
)
from triage.store.log import insert_event
from triage.store.nights import Night
from triage.store.referrals import Referral, referrals_of
from triage.versions.in_use import rulebook_of_night


def explain_household(council: Council, household_id: str, *, actor: Actor) -> HouseholdView:
    """What is held and said about one household in the last night, written to the audit log as seen.

    Only what may be used for the actor's purpose (`triage.sight`).

    Raises:
        PurposeRefused: If none of its records may be seen for the actor's purpose.
        NotReady: Before the first night.
        HouseholdNotFound: If the last night has no such household.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        rulebook = rulebook_of_night(council, connection, night)
        row = check_household(council, night, household_id).row(0, named=True)
        queued = referrals_of(connection, household_id)
        seen = AuditEvent(
            actor=actor,
            action="view_household",
            occurred_at=council.clock(),
            household_id=household_id,
            subject=night.night_id,
        )
        insert_event(connection, seen)
    # The look is on record before anything is shown; reading the night's files holds up no other writer.
    mine = [each for each in queued if actor.team in {None, each.team}]
    return _view(council, night, row, mine, Sight(purpose=actor.purpose, rulebook=rulebook))


def _view(
    council: Council, night: Night, row: dict[str, Any], queued: list[Referral], sight: Sight
) -> HouseholdView:
    folder, household_id = council.nights / night.night_id, row["household_id"]
    rulebook, purpose = sight.rulebook, sight.purpose
    members = members_of(folder, household_id, purpose)
    if not members:
        check_may_see(f"Any record of household {household_id}", purpose, WHOLE_FOR)
    known = household_known(council, night, household_id)
    because = {met["rule_id"]: met["because"] for met in _rows(folder, "met", household_id)}
    judged = judge_all(rulebook, known, as_of=night.as_of)
    sources = {record.source for member in members for record in member.records}
    risk, risk_note = _scored(folder, night, household_id, purpose)
    home = home_of(folder, row, purpose, as_of=night.as_of)
    return HouseholdView(
        household_id=household_id,
        as_of=night.as_of,
        address=home.address,
        uprn=home.uprn,
        ward=home.ward,
        confidence=row["confidence"],
        members=members,
        addresses=addresses_of(folder, household_id, purpose),
        facts=_facts(known, sight, because.keys()),
        standings=debt_standings(known, because, judged, sight, sources=sources, as_of=night.as_of),
        rules=tuple(
            _answer(rulebook.rule(rule_id), found, rulebook, because)
            for rule_id, found in judged.items()
            if sight.rule(rulebook.rule(rule_id))
        ),
        risk=risk,
        risk_note=risk_note,
        suggestions=tuple(
            _suggestion(each, rulebook, council.settings)
            for each in seen_suggestions(council, night, household_id, sight)
        ),
        referrals=tuple(
            _referral(each, purpose, council.settings) for each in queued if purpose in QUEUES_FOR
        ),
        shown_for=sight.told(),
    )


def _facts(known: dict[str, Any], sight: Sight, met: Collection[str]) -> tuple[KnownFact, ...]:
    """Every fact that may be seen, in words, marked where a rule that is met reads it."""
    rulebook = sight.rulebook
    bearing = frozenset[str]().union(
        *(rulebook.facts_behind(rule.when) for rule in rulebook.rules if rule.id in met and sight.rule(rule))
    )
    return tuple(
        KnownFact(
            name=fact.name,
            meaning=fact.meaning,
            value=None if known[fact.name] is None else describe(fact, known[fact.name]),
            sources=fact.sources,
            bears=fact.name in bearing,
        )
        for fact in FACTS
        if sight.fact(fact, bears=fact.name in bearing)
    )


def _rows(folder: Path, frame: str, household_id: str) -> list[dict[str, Any]]:
    return scan_frame(folder, frame).filter(pl.col("household_id") == household_id).collect().to_dicts()


def _answer(rule: Rule, found: Judged, rulebook: Rulebook, because: dict[str, str]) -> RuleAnswer:
    return RuleAnswer(
        rule_id=rule.id,
        title=rule.title,
        kind=str(rule.kind),
        outcome=found.outcome.words,
        because=because.get(rule.id, ""),
        ask=tuple(rulebook.meaning_of(name) for name in found.missing),
    )


def _scored(folder: Path, night: Night, household_id: str, purpose: Purpose) -> tuple[Risk | None, str]:
    """The score, or why there is none to see."""
    if purpose not in RISK_FOR:
        return None, f"It is {NOT_SAID}."
    for row in _rows(folder, "risk", household_id):
        return Risk(**{name: row[name] for name in ("probability", "band", "reasons", "model")}), ""
    return None, why_no_score(night.summary["risk"])


def _suggestion(row: dict[str, Any], rulebook: Rulebook, settings: Settings) -> Suggestion:
    intervention = rulebook.interventions[row["intervention"]]
    return Suggestion(
        rule_id="" if row["rule_id"] == RISK_RULE else row["rule_id"],
        intervention=intervention.id,
        title=intervention.title,
        tier=row["tier"],
        team=row["team"],
        team_title=team_title(settings, row["team"]),
        priority=row["priority"],
        status=row["status"],
        because=row["because"],
        next_step=intervention.next_step,
        stopped_by=row["stopped_by"],
        stopped_because=row["stopped_because"],
    )


def _referral(referral: Referral, purpose: Purpose, settings: Settings) -> QueuedReferral:
    return QueuedReferral(
        referral_id=referral.referral_id,
        team=referral.team,
        team_title=team_title(settings, referral.team),
        status=str(referral.status),
        due_on=referral.due_on,
        reasons=whole_or_not_said(referral.reasons, purpose),
    )
