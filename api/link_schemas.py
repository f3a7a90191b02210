"""The public contract of the API for links: the review queue and officers' verdicts."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import PROBLEMS, AddressOut
from smart_record.linkage.rows.verdicts import VerdictKind
from triage.actions.explain_link import LinkExplained
from triage.actions.list_addresses import AddressesListed
from triage.actions.review_links import PairToReview
from triage.store.verdicts import RecordedVerdict, Verdict

_OUT = ConfigDict(frozen=True, extra="forbid", from_attributes=True)
_Ref = Annotated[str, Field(min_length=1, max_length=100)]
_Reason = Annotated[str, Field(min_length=1, max_length=500, description="No personal data")]


LINK_PROBLEMS = PROBLEMS | {
    409: PROBLEMS[404] | {"description": "A verdict would contradict what stands, or says nothing new"}
}
"""Answers other than success; a verdict may also be refused for what it says."""


class PairExplainedOut(BaseModel):
    """Two rows side by side, and the bits of each comparison."""

    model_config = _OUT

    one: dict[str, str | None]
    other: dict[str, str | None]
    weights: dict[str, float]
    match_weight: float
    needed: float
    conflicts: list[str]


class EffectOut(BaseModel):
    """An offer that an answer would change: new, released, gone, held back, fewer or more."""

    model_config = _OUT

    intervention: str
    title: str
    change: str
    priority: int


class PairOut(BaseModel):
    """Two rows that may be one person or, without roles, two records that may be one household.

    `joined`: tonight they are one, which is not sure. `bears`: an answer would change a suggestion.
    """

    model_config = _OUT

    pair_id: str
    one_ref: str
    other_ref: str
    household_id: str
    other_household_id: str
    joined: bool
    bears: bool
    if_accepted: list[EffectOut]
    if_rejected: list[EffectOut]
    evidence: str
    explained: PairExplainedOut | None

    @classmethod
    def of(cls, pair: PairToReview) -> Self:
        """From the action's result."""
        return cls.model_validate(pair)


class RowIn(BaseModel):
    """A person row of the last night."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: _Ref
    record_ref: _Ref
    role: _Ref

    def ref(self) -> str:
        """As the action takes it."""
        return f"{self.source}/{self.record_ref}/{self.role}"


class ExplainIn(BaseModel):
    """The two rows to explain; in the body, so that no reference stands in an access log."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    one: RowIn
    other: RowIn


class HopOut(BaseModel):
    """One link of the chain that joins two rows; `agrees`: what speaks for it, in bits."""

    model_config = _OUT

    one_ref: str
    other_ref: str
    match_weight: float | None
    officer: bool
    agrees: list[tuple[str, float]]


class LinkExplainedOut(BaseModel):
    """Why two rows are, or are not, one resident."""

    model_config = _OUT

    one_ref: str
    other_ref: str
    joined: bool
    held_by: list[tuple[str, str]]
    verdicts: list[str]
    chain: list[HopOut]
    apart: list[tuple[str, str, list[str]]]
    explained: PairExplainedOut | None

    @classmethod
    def of(cls, link: LinkExplained) -> Self:
        """From the action's result."""
        return cls.model_validate(link)


class WayOut(BaseModel):
    """One way in which properties were found, how many were, and what share of them is right."""

    model_config = _OUT

    found_by: str
    street_corrected: bool
    told: str
    records: int
    confidence: str | None
    share_right: float | None
    measured_on: int | None


class AddressToSettleOut(BaseModel):
    """An address that is ambiguous, disputed or can't be read, and what would settle it."""

    model_config = _OUT

    written: str
    household_id: str | None
    address: AddressOut
    ask: str


class AddressesOut(BaseModel):
    """How the last night's addresses were found, and a page of those to be settled."""

    model_config = _OUT

    ways: list[WayOut]
    unsettled: int
    page: list[AddressToSettleOut]

    @classmethod
    def of(cls, listed: AddressesListed) -> Self:
        """From the action's result."""
        return cls.model_validate(listed)


class AnswerIn(BaseModel):
    """An officer's answer to a question of the queue: accept, it is one; else it is two."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accept: bool
    reason: _Reason


class VerdictIn(BaseModel):
    """What an officer decides about two rows, or (without roles) about the households of two records."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: VerdictKind
    source: _Ref
    record_ref: _Ref
    role: _Ref | None = None
    other_source: _Ref
    other_record_ref: _Ref
    other_role: _Ref | None = None
    reason: _Reason

    def verdict(self) -> Verdict:
        """As the action takes it."""
        return Verdict(**self.model_dump(exclude={"reason"}))


class VerdictOut(BaseModel):
    """A recorded verdict; the next run goes by it, until it is withdrawn."""

    model_config = _OUT

    verdict_id: int
    kind: VerdictKind
    one_ref: str
    other_ref: str
    officer: str
    decided_at: datetime
    reason: str
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, recorded: RecordedVerdict) -> Self:
        """From the action's result."""
        one_ref, other_ref = recorded.verdict.refs
        return cls(
            verdict_id=recorded.verdict_id,
            kind=recorded.verdict.kind,
            one_ref=one_ref,
            other_ref=other_ref,
            officer=recorded.officer,
            decided_at=recorded.decided_at,
            reason=recorded.reason,
            withdrawn_at=recorded.withdrawn_at,
        )
