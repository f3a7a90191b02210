"""The public contract of the API, built from the product's own types by explicit functions."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from triage.actions.check_health import Health
from triage.actions.list_referrals import ListedReferral
from triage.actions.take_contact import RoutedIssue, TakenContact
from triage.explained.household import HouseholdView

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": text, "content": {"application/problem+json": {}}}
    for status, text in {
        401: "The key is missing, unknown, expired or withdrawn",
        403: "The key's role is not enough, its purpose doesn't allow it, or it is another team's",
        404: "There is no such household, team, pair or verdict",
        413: "The body is too long",
        422: "The request can't be used",
        503: "No night has been run yet (NotReady), or another process writes the store (StoreBusy)",
    }.items()
}
"""Answers other than success, for the OpenAPI description."""


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class _In(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class HealthOut(_Out):
    """Up, and as of which night."""

    status: str = "ok"
    as_of: date | None
    night_id: str | None

    @classmethod
    def of(cls, health: Health) -> Self:
        """From the action's result."""
        return cls(as_of=health.as_of, night_id=health.night_id)


class IssueIn(_In):
    """One issue of a contact."""

    topic: Annotated[
        str, Field(min_length=1, max_length=100, description="A topic id of the council's topics.yaml")
    ]


class ContactIn(_In):
    """A contact: no free text is taken, so that nothing sensitive is stored by accident."""

    household_id: str | None = Field(default=None, max_length=64)
    ward: str | None = Field(default=None, max_length=100, description="Where no household was found")
    issues: Annotated[list[IssueIn], Field(min_length=1, max_length=20)]


class IssueOut(_Out):
    """Where one issue goes, what happens next and by when."""

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

    @classmethod
    def of(cls, issue: RoutedIssue) -> Self:
        """From the action's result."""
        return cls.model_validate(issue)


class OpenSuggestionOut(_Out):
    """A suggestion that the household has now."""

    rule_id: str
    intervention: str
    tier: int
    team: str
    priority: int
    status: str
    because: str
    stopped_by: str | None
    stopped_because: str | None


class ContactOut(_Out):
    """A recorded contact and the household's open suggestions."""

    contact_id: str
    household_id: str | None
    received_on: date
    issues: list[IssueOut]
    suggestions: list[OpenSuggestionOut]

    @classmethod
    def of(cls, contact: TakenContact) -> Self:
        """From the action's result."""
        fields = list(OpenSuggestionOut.model_fields)
        return cls(
            contact_id=contact.contact_id,
            household_id=contact.household_id,
            received_on=contact.received_on,
            issues=[IssueOut.of(issue) for issue in contact.issues],
            suggestions=_SUGGESTIONS.validate_python(contact.suggestions.select(fields).to_dicts()),
        )


_SUGGESTIONS = TypeAdapter(list[OpenSuggestionOut])


class ReferralOut(_Out):
    """One household's place in a team's queue; `look`: why to look at it before acting."""

    referral_id: str
    household_id: str | None
    team: str
    priority: int
    statutory: bool
    status: str
    opened_on: date
    due_on: date
    origin: str
    reasons: str
    look: str

    @classmethod
    def of(cls, referral: ListedReferral) -> Self:
        """From the action's result."""
        return cls.model_validate(referral)


class RecordOut(_Out):
    """A record that names a member, and why it is held to be theirs."""

    source: str
    record_ref: str
    role: str
    evidence: str


class MemberOut(_Out):
    """A person of the household."""

    resident_id: str
    name: str
    records: list[RecordOut]


class FactOut(_Out):
    """A fact in words; null where it is not known. `bears`: a rule that is met reads it."""

    name: str
    meaning: str
    value: str | None
    sources: list[str]
    bears: bool


class NextStepOut(_Out):
    """A further stage that recovery may reach next, and from when; null where that is not known."""

    stage: str
    earliest: date | None


class UndecidedHoldOut(_Out):
    """A hold of which it is not known whether it protects, and what to ask."""

    rule_id: str | None
    title: str
    ask: list[str]


class StandingOut(_Out):
    """Where a debt stands on its ladder, and what may come next.

    None of it may where `held_by` says why, nor before `undecided_holds` are settled. `stage` is null where
    it is not known where the debt stands. `begun`: it has left the foot of the ladder.
    """

    ladder: str
    meaning: str
    stage: str | None
    since: date | None
    begun: bool | None
    next_steps: list[NextStepOut]
    held_by: list[str]
    undecided_holds: list[UndecidedHoldOut]


class RuleOut(_Out):
    """What one rule says of the household."""

    rule_id: str
    title: str
    kind: str
    outcome: str
    because: str
    ask: list[str]


class RiskOut(_Out):
    """The risk score; it orders help and never raises recovery action."""

    probability: float
    band: str
    reasons: str
    model: str


class SuggestionOut(OpenSuggestionOut):
    """One suggestion with what to do next."""

    title: str
    team_title: str
    next_step: str


class QueuedOut(_Out):
    """A referral of the household."""

    referral_id: str
    team: str
    team_title: str
    status: str
    due_on: date
    reasons: str


class AddressOut(_Out):
    """Which property the address of a record was found to be, how, and how surely; `told`: in words."""

    source: str
    record_ref: str
    uprn: int | None
    confidence: str | None
    share_right: float | None
    found_by: str
    street_corrected: bool
    measured_on: int | None
    fits: int | None
    others: str | None
    told: str


class HouseholdOut(_Out):
    """One household explained; `shown_for`: how the key's purpose limits this, "" where it doesn't.

    `address`, `uprn` and `ward` are those of the home that the records shown tell of; null where none has it.
    """

    household_id: str
    as_of: date
    address: str | None
    uprn: int | None
    ward: str | None
    confidence: str
    members: list[MemberOut]
    addresses: list[AddressOut]
    facts: list[FactOut]
    standings: list[StandingOut]
    rules: list[RuleOut]
    risk: RiskOut | None
    risk_note: str
    suggestions: list[SuggestionOut]
    referrals: list[QueuedOut]
    shown_for: str
    note: str = "This suggests; a person decides."

    @classmethod
    def of(cls, view: HouseholdView) -> Self:
        """From the action's result."""
        return cls.model_validate(view)
