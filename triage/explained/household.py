"""One household explained, as data: what the letter, the JSON and the API are made from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """A record that names a member, and why it is held to be theirs."""

    source: str
    record_ref: str
    role: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the household; `name` is as the first of their records writes it."""

    resident_id: str
    name: str
    records: tuple[HeldRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAddress:
    """Which property the address of a record was found to be.

    Attributes:
        uprn: None where it is known by its words only, ambiguous, or can't be read.
        confidence: confirmed, strong, probable, doubtful, ambiguous; None where no property is known.
        share_right: The share of addresses found so that is right, by `measured_on` records with a UPRN.
        found_by: The way (`address_findings.FOUND_BY`).
        street_corrected: Its street was spelt otherwise.
        fits: How many other properties it may be; None unless it is ambiguous or disputed.
        others: The first of them, comma-joined.
        told: All of it in words.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """A fact with its value in words.

    Attributes:
        value: None where it is not known.
        bears: Whether a rule that is met reads it.
    """

    name: str
    meaning: str
    value: str | None
    sources: tuple[str, ...]
    bears: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswer:
    """What one rule says of the household.

    Attributes:
        outcome: met, not met or not known.
        because: The reason in words where it is met.
        ask: Meanings of the facts that would settle it, where it is not known.
    """

    rule_id: str
    title: str
    kind: str
    outcome: str
    because: str
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """The risk score in words; it orders help and never raises recovery action."""

    probability: float
    band: str
    reasons: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One suggestion with the team's name, what to do next and what stops it, if anything does."""

    rule_id: str
    intervention: str
    title: str
    tier: int
    team: str
    team_title: str
    priority: int
    status: str
    because: str
    next_step: str
    stopped_by: str | None
    stopped_because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A further stage that recovery may reach next.

    Attributes:
        earliest: From when; None where it is not known since when the debt stands where it does.
    """

    stage: str
    earliest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndecidedHold:
    """A hold of which it is not known whether it protects the household.

    Attributes:
        rule_id: None where it may not be said which hold it is.
        title: The hold's; or that it may not be said.
        ask: Meanings of what would settle it.
    """

    rule_id: str | None
    title: str
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtStanding:
    """Where a debt stands on its ladder.

    Attributes:
        ladder: Its name in the rule files.
        meaning: What it is a ladder of, in words.
        stage: None where it is not known: its record was set aside, or does not say.
        since: Since when it stands there; None where that is not known, or no step was ever taken.
        begun: Whether it has left the foot of the ladder; None where it is not known where it stands.
        next_steps: What may come next; none at the top.
        held_by: Reasons of the holds under which none of it may.
        undecided_holds: Holds under which none of it might: nothing may follow before they are settled.
    """

    ladder: str
    meaning: str
    stage: str | None
    since: date | None
    begun: bool | None
    next_steps: tuple[NextStep, ...]
    held_by: tuple[str, ...]
    undecided_holds: tuple[UndecidedHold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedReferral:
    """A referral of the household."""

    referral_id: str
    team: str
    team_title: str
    status: str
    due_on: date
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    """Everything that is held and said about one household as of one night.

    Attributes:
        address: Of the present home that the records shown tell of, as are `uprn` and `ward`; each is None
            where none of those records has it.
        addresses: Of each record; none where the night was run before they were kept.
        standings: Of each debt that the household has, or may.
        risk: None where the household has no score.
        risk_note: Why it has none, in words; "" where it has one.
        shown_for: That the viewer's purpose leaves things out, and under which law; "" where it doesn't.
    """

    household_id: str
    as_of: date
    address: str | None
    uprn: int | None
    ward: str | None
    confidence: str
    members: tuple[Member, ...]
    addresses: tuple[HeldAddress, ...]
    facts: tuple[KnownFact, ...]
    standings: tuple[DebtStanding, ...]
    rules: tuple[RuleAnswer, ...]
    risk: Risk | None
    risk_note: str
    suggestions: tuple[Suggestion, ...]
    referrals: tuple[QueuedReferral, ...]
    shown_for: str
