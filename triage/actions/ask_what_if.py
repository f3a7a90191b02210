"""What if: one household with what it just said, judged at once. For the officer on the phone.

Nothing of what was said is stored; the audit log has that it was asked, and of which facts and events.
"""

from collections.abc import Sequence
from dataclasses import replace

from rules import Outcome, Rulebook
from triage.actions.reading import check_household, household_known, household_records, last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.days import day_of
from triage.live.policy import Around, LiveHousehold, rule_changes, suggestion_changes
from triage.live.rules import Agreement, LiveAnswer
from triage.live.said import read_said
from triage.live.what_if import WhatIf
from triage.referrals.followed import outcomes_of_household
from triage.sight import Sight, check_may_see
from triage.store.log import insert_event
from triage.versions.in_use import rulebook_of_night


def ask_what_if(
    council: Council, household_id: str, told: Sequence[tuple[str, str]], *, actor: Actor
) -> WhatIf:
    """What the rules and the policy say of a household of the last night, with what was said put in.

    Args:
        council: An open council.
        household_id: Of the last night.
        told: Names of facts and events with their values, as rule files write them (`triage.live.said`).
        actor: Who asks.

    Raises:
        NotReady: Before the first night.
        PurposeRefused: If something was said that may not be used for the actor's purpose.
        HouseholdNotFound: If the last night has no such household.
        SaidInvalid: If something said can't be understood.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        rulebook = rulebook_of_night(council, connection, night)
        row = check_household(council, night, household_id)
        said = read_said(told, rulebook, until=max(night.as_of, day_of(council.clock())))
        for name in said.names:
            check_may_see(name, actor.purpose, rulebook.held(name).purposes)
        seen = AuditEvent(
            actor=actor,
            action="ask_what_if",
            occurred_at=council.clock(),
            household_id=household_id,
            subject=f"{night.night_id}: {', '.join(said.names)}",
        )
        insert_event(connection, seen)
        as_of = max(night.as_of, said.last_day)
        records = household_records(council, night, household_id)
        folder = council.nights / night.night_id
        outcomes = outcomes_of_household(connection, folder, household_id, records, as_of)
    # The look is on record; judging, which may start the live engine again, holds up no other writer.
    around = Around(
        row=row,
        folder=folder,
        rulebook=rulebook,
        settings=council.settings,
        outcomes=outcomes,
        as_of=as_of,
    )
    known = household_known(council, night, household_id)
    before, after = (
        LiveHousehold(known=each, answer=council.live.answer(each, rulebook=rulebook, as_of=as_of))
        for each in (known, said.put_into(known))
    )
    _record_distrust(council, [before.answer, after.answer], rulebook, seen)
    found = WhatIf(
        household_id=household_id,
        as_of=as_of,
        said=said.words(rulebook),
        rules=rule_changes(before, after, around),
        suggestions=suggestion_changes(before, after, around),
        agreement=after.answer.agreement,
    )
    return _seen_for(found, Sight(purpose=actor.purpose, rulebook=rulebook), _met(before) | _met(after))


def _met(household: LiveHousehold) -> set[str]:
    return {each.rule_id for each in household.answer.outcomes if each.outcome is Outcome.MET}


def _seen_for(found: WhatIf, sight: Sight, met: set[str]) -> WhatIf:
    """What of it may be seen for the purpose of who asks."""
    return replace(
        found,
        rules=tuple(each for each in found.rules if sight.rule(sight.rulebook.rule(each.rule_id))),
        suggestions=tuple(
            replace(each, stopped_because=sight.stop(each.stopped_by, each.stopped_because)[1])
            for each in found.suggestions
            if sight.suggestion(each.intervention, each.rule_id, met)
        ),
    )


def _record_distrust(
    council: Council, answers: Sequence[LiveAnswer], rulebook: Rulebook, seen: AuditEvent
) -> None:
    """Put on record where the live engine was wrong or lost: rules and rulebook, and no household."""
    for answer in answers:
        if answer.agreement is not Agreement.AGREED:
            rules = f": {', '.join(answer.differing)}" if answer.differing else ""
            subject = f"{answer.agreement} by rulebook {rulebook.content_hash[:12]}{rules}"
            told = replace(seen, action="distrust_live_rules", household_id=None, subject=subject)
            with council.engine.begin() as connection:
                insert_event(connection, told)
