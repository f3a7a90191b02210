"""Links: the review queue, and what officers decide."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, status

from api.dependencies import CouncilDep, DataOfficerDep
from api.link_schemas import (
    LINK_PROBLEMS,
    AddressesOut,
    AnswerIn,
    ExplainIn,
    LinkExplainedOut,
    PairOut,
    VerdictIn,
    VerdictOut,
)
from triage.actions.decide_link import decide_link
from triage.actions.explain_link import explain_link
from triage.actions.list_addresses import list_addresses
from triage.actions.list_verdicts import list_verdicts
from triage.actions.reading import MOST_NUMBER, MOST_PAGES
from triage.actions.review_links import review_links
from triage.actions.settle_pair import settle_pair
from triage.actions.withdraw_verdict import withdraw_verdict

router = APIRouter(tags=["links"], prefix="/links")


@router.get("/review", responses=LINK_PROBLEMS)
def read_review(
    council: CouncilDep,
    actor: DataOfficerDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 10,
    household_id: Annotated[str | None, Query(max_length=100)] = None,
) -> list[PairOut]:
    """Links in doubt: first those whose answer would change a suggestion, most urgent first."""
    pairs = review_links(council, limit=limit, actor=actor, household_id=household_id)
    return [PairOut.of(pair) for pair in pairs]


@router.post("/review/{pair_id}", status_code=status.HTTP_201_CREATED, responses=LINK_PROBLEMS)
def settle_question(pair_id: str, answer: AnswerIn, council: CouncilDep, actor: DataOfficerDep) -> VerdictOut:
    """Accept or reject a question of the queue; the verdict stands until it is withdrawn."""
    settled = settle_pair(council, pair_id, accept=answer.accept, reason=answer.reason, actor=actor)
    return VerdictOut.of(settled)


@router.get("/addresses", responses=LINK_PROBLEMS)
def read_addresses(
    council: CouncilDep,
    actor: DataOfficerDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 10,
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
) -> AddressesOut:
    """How properties were found and how often that is right; then a page of addresses to be asked about."""
    return AddressesOut.of(list_addresses(council, limit=limit, page=page, actor=actor))


@router.post("/explain", responses=LINK_PROBLEMS)
def create_explanation(asked: ExplainIn, council: CouncilDep, actor: DataOfficerDep) -> LinkExplainedOut:
    """Why two rows are, or are not, one resident; a POST, so that what is asked stays out of access logs."""
    return LinkExplainedOut.of(explain_link(council, asked.one.ref(), asked.other.ref(), actor=actor))


@router.get("/verdicts", responses=LINK_PROBLEMS)
def read_verdicts(
    council: CouncilDep,
    actor: DataOfficerDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
    *,
    withdrawn: bool = False,
) -> list[VerdictOut]:
    """A page of officers' verdicts, newest first; on request also those that were taken back."""
    found = list_verdicts(council, limit=limit, page=page, actor=actor, withdrawn=withdrawn)
    return [VerdictOut.of(each) for each in found]


@router.post("/verdicts", status_code=status.HTTP_201_CREATED, responses=LINK_PROBLEMS)
def create_verdict(verdict: VerdictIn, council: CouncilDep, actor: DataOfficerDep) -> VerdictOut:
    """Decide about two rows or two households; it stands until it is withdrawn."""
    return VerdictOut.of(decide_link(council, verdict.verdict(), reason=verdict.reason, actor=actor))


@router.delete("/verdicts/{verdict_id}", status_code=status.HTTP_204_NO_CONTENT, responses=LINK_PROBLEMS)
def delete_verdict(
    verdict_id: Annotated[int, Path(ge=1, le=MOST_NUMBER)], council: CouncilDep, actor: DataOfficerDep
) -> None:
    """Withdraw a verdict; the next run goes by the evidence again."""
    withdraw_verdict(council, verdict_id, actor=actor)
