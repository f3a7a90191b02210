"""One rule for one household, condition by condition; the rule may be a draft that no night has run."""

from pathlib import Path

from rules import RuleExplained, explain, load_rulebook
from triage.actions.reading import check_household, household_known, last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.store.log import insert_event


def explain_rule(
    council: Council, rules: Path, rule_id: str, household_id: str, *, actor: Actor
) -> RuleExplained:
    """Explain what a rule of a folder says of a household of the last night.

    Raises:
        RuleError: If the files have a fault, or hold no such rule.
        HouseholdNotFound: If the last night has no such household.
    """
    rulebook = load_rulebook(rules)
    rule = rulebook.rule(rule_id)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        check_household(council, night, household_id)
        event = AuditEvent(
            actor=actor,
            action="explain_rule",
            occurred_at=council.clock(),
            household_id=household_id,
            subject=rule_id,
        )
        insert_event(connection, event)
        known = household_known(council, night, household_id)
    return explain(rule, known, rulebook=rulebook, as_of=night.as_of, changes=True)
