"""A what-if, as data: tonight's facts and events with what somebody just said put in."""

from dataclasses import dataclass
from datetime import date

from triage.live.rules import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A rule that says something else for what was said.

    Attributes:
        before: met, not met or not known; so `after`.
        because: The reason in words where it is met now.
        ask: Meanings of what would settle it, where it is not known now.
    """

    rule_id: str
    title: str
    kind: str
    before: str
    after: str
    because: str
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSuggestion:
    """A suggestion with what was said put in.

    Attributes:
        rule_id: Its foremost rule, or `triage.policy.steps.RISK_RULE`.
        change: new, gone, changed (its status is another) or same.
        status: As of a nightly suggestion; of one that is gone, what it was.
        stopped_by: The rule that holds or suppresses it, if one does.
        stopped_because: Why it does.
    """

    rule_id: str
    intervention: str
    title: str
    tier: int
    team: str
    team_title: str
    priority: int
    status: str
    change: str
    because: str
    next_step: str
    stopped_by: str | None
    stopped_because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What would come of it; nothing is stored.

    Attributes:
        as_of: The night's date, or the day of the latest event that was said.
        said: What was said, in words.
        rules: Those that say something else now.
        suggestions: New ones first, then changed, gone and the same.
        agreement: Whether durable-rules and the reference said the same; the answer is the reference's.
    """

    household_id: str
    as_of: date
    said: tuple[str, ...]
    rules: tuple[RuleChange, ...]
    suggestions: tuple[LiveSuggestion, ...]
    agreement: Agreement
