"""What may be seen under a legal purpose: facts that may be used for it, and what rests on such facts alone.

What rests on anything else is left out whole. A suggestion without its reason, or a record without its
evidence, would still tell what may not be told.
"""

from collections.abc import Collection
from dataclasses import dataclass

from models.histories.feature_declarations import FEATURES
from rules import Rule, Rulebook
from smart_record.facts.declarations import CATALOGUE, FACTS
from smart_record.facts.terms.catalogue import Fact
from smart_record.facts.terms.vocabulary import RECORDS_FOR
from smart_record.purposes import LAW, Purpose
from triage.errors import PurposeRefused
from triage.policy.steps import RISK_RULE

RISK_FOR = frozenset(Purpose).intersection(*(CATALOGUE[each.fact].purposes for each in FEATURES))
"""Purposes for which everything that the risk model reads may be used."""

QUEUES_FOR = CATALOGUE["support.in_tier_3"].purposes
"""Purposes for which it may be known that a household is with a Tier 3 team."""

WHOLE_FOR = RISK_FOR.intersection(*(fact.purposes for fact in FACTS), *RECORDS_FOR.values())
"""Purposes for which all that is held may be used."""

LINKS_FOR = frozenset(Purpose).intersection(*RECORDS_FOR.values())
"""Purposes for which rows of all systems may be laid side by side."""

NOT_SAID = "not said for this purpose"
"""Stands where a text may rest on what may not be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a viewer who acts for a purpose may see, as one rulebook puts it."""

    purpose: Purpose
    rulebook: Rulebook

    def told(self) -> str:
        """That, and under which law, what is shown is limited; "" where it is not."""
        if self.purpose in WHOLE_FOR:
            return ""
        return f"Shown for {self.purpose} ({LAW[self.purpose]}): only what may be used for that."

    def fact(self, fact: Fact, *, bears: bool) -> bool:
        """Whether a fact may be seen; one that tells of health only if a rule that is met reads it."""
        return self.purpose in fact.purposes and (bears or not fact.reserved_for)

    def rule(self, rule: Rule) -> bool:
        """Whether it may be seen what a rule says of a household."""
        return self.purpose in self.rulebook.purposes_behind(rule)

    def suggestion(self, intervention: str, rule_id: str, met: Collection[str]) -> bool:
        """Whether a suggestion may be seen.

        Args:
            intervention: What is suggested.
            rule_id: Its foremost rule, or `RISK_RULE`.
            met: Ids of the household's rules that are met.
        """
        if rule_id == RISK_RULE:
            return self.purpose in RISK_FOR
        behind = (self.rulebook.rule(each) for each in met)
        return all(self.rule(rule) for rule in behind if rule.intervention == intervention)

    def stop(self, stopped_by: str | None, because: str | None) -> tuple[str | None, str | None]:
        """What stops a suggestion, as far as it may be seen."""
        rules = [rule for rule in self.rulebook.rules if rule.id == stopped_by]
        return (stopped_by, because) if all(map(self.rule, rules)) else (None, NOT_SAID)


def sources_for(purpose: Purpose) -> list[str]:
    """The sources whose records may be seen."""
    return [source for source, allowed in RECORDS_FOR.items() if purpose in allowed]


def whole_or_not_said(text: str, purpose: Purpose) -> str:
    """A text that rests on nobody knows which facts, for those who may see all of them."""
    return text if purpose in WHOLE_FOR else NOT_SAID


def check_may_see(what: str, purpose: Purpose, allowed: Collection[Purpose]) -> None:
    """Refuse a look that its purpose does not allow.

    Args:
        what: In words, as the subject of "may not be used for".
        purpose: The viewer's.
        allowed: The purposes for which it may be used.

    Raises:
        PurposeRefused: Naming the law and the purposes that allow it.
    """
    if purpose not in allowed:
        others = ", ".join(f"{each} ({LAW[each]})" for each in Purpose if each in allowed)
        raise PurposeRefused(
            f"{what} may not be used for {purpose} ({LAW[purpose]}), so nothing is shown. "
            f"It may be seen for {others}, by whoever acts for that."
        )
