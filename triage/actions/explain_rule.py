"""One rule for one household, condition by condition; the rule may be a draft that no night has run."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rules import RuleExplained, explain, load_rulebook
from rules.telling.explanation import ConditionExplained, FactShown
from smart_record.facts.declarations import CATALOGUE
from triage.actions.reading import check_household, household_known, household_records, last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.sight import NOT_SAID, check_may_see, sources_for
from triage.store.log import insert_event

_SYSTEMS = {"council_tax": "council_tax", "benefit": "benefits", "rent": "rent"}
"""How the names of extracts begin, and the source of their records in links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEvidence:
    """A fact that a rule read and where it comes from.

    Attributes:
        name: The fact.
        meaning: What it says.
        value: Its value in words.
        extracts: Declared extracts that it is derived from.
        records: The household's records in their systems, as source and key, as far as they may be seen for
            the purpose.
    """

    name: str
    meaning: str
    value: str
    extracts: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOfHousehold:
    """What a rule says of a household, and on which records and date that rests.

    Attributes:
        explained: The rule's outcome, condition by condition.
        as_of: The date of the facts.
        evidence: Each fact that was read, once.
    """

    explained: RuleExplained
    as_of: date
    evidence: tuple[FactEvidence, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain mappings, lists and text."""
        told = {"as_of": self.as_of.isoformat(), "evidence": [asdict(each) for each in self.evidence]}
        return self.explained.as_json() | told

    def lines(self) -> Iterator[str]:
        """The explanation as indented text."""
        yield from self.explained.lines()
        yield f"  What it rests on, as of {self.as_of:%-d %B %Y}:"
        for each in self.evidence:
            records = ", ".join(each.records) or "no record of this household"
            yield f"    {each.meaning} [{each.value}]: {records}"


def explain_rule(
    council: Council, rules: Path, rule_id: str, household_id: str, *, actor: Actor
) -> RuleOfHousehold:
    """Explain what a rule of a folder says of a household of the last night.

    Raises:
        PurposeRefused: If what the rule reads may not be seen for the actor's purpose.
        RuleError: If the files have a fault, or hold no such rule.
        HouseholdNotFound: If the last night has no such household.
    """
    rulebook = load_rulebook(rules)
    rule = rulebook.rule(rule_id)
    check_may_see(f"What rule {rule_id} reads", actor.purpose, rulebook.purposes_behind(rule))
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
        records = household_records(council, night, household_id)
    explained = explain(rule, known, rulebook=rulebook, as_of=night.as_of, changes=True)
    shown = {fact.name: fact for fact in _facts_read(explained.condition)}
    evidence = tuple(_evidence(fact, records, sources_for(actor.purpose)) for fact in shown.values())
    return RuleOfHousehold(explained=explained, as_of=night.as_of, evidence=evidence)


def _facts_read(condition: ConditionExplained) -> Iterator[FactShown]:
    yield from condition.facts
    for part in condition.parts:
        yield from _facts_read(part)


def _evidence(fact: FactShown, records: list[tuple[str, str]], seen: list[str]) -> FactEvidence:
    extracts = CATALOGUE[fact.name].sources
    systems = {
        source for extract in extracts for begins, source in _SYSTEMS.items() if extract.startswith(begins)
    }
    told = [f"{source.replace('_', ' ')} {ref}" for source, ref in records if source in systems & {*seen}]
    # said whether or not there is such a record: that there is one may not be told either
    hidden = [] if systems <= {*seen} else [f"any record of another system: {NOT_SAID}"]
    return FactEvidence(
        name=fact.name, meaning=fact.meaning, value=fact.value, extracts=extracts, records=(*told, *hidden)
    )
