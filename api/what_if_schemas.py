"""The contract of what-ifs: what somebody said, and what would come of it."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from triage.live.what_if import WhatIf


class SaidIn(BaseModel):
    """One thing that was said."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Annotated[str, Field(min_length=1, max_length=100, description="A fact or event of the catalogue")]
    value: Annotated[
        str,
        Field(
            min_length=1,
            max_length=100,
            description="Of a fact, its value as rule files write it (£300, yes, 2026-04-01, a choice) or "
            "`not known`; of an event, its day",
        ),
    ]


class WhatIfIn(BaseModel):
    """What was said of a household."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    said: Annotated[list[SaidIn], Field(min_length=1, max_length=30)]


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class RuleChangeOut(_Out):
    """A rule that says something else now."""

    rule_id: str
    title: str
    kind: str
    before: str
    after: str
    because: str
    ask: list[str]


class LiveSuggestionOut(_Out):
    """A suggestion, with how it changes: new, changed, gone or same."""

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
    stopped_because: str | None


class WhatIfOut(_Out):
    """What would come of what was said."""

    household_id: str
    as_of: date
    said: list[str]
    rules: list[RuleChangeOut]
    suggestions: list[LiveSuggestionOut]
    agreement: str
    note: str = "Nothing of this is stored. This suggests; a person decides."

    @classmethod
    def of(cls, found: WhatIf) -> Self:
        """From the action's result."""
        return cls.model_validate(found)
