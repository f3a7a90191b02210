"""A team's referral queue."""

from fastapi import APIRouter

from api.dependencies import CouncilDep, ViewerDep
from api.schemas import PROBLEMS, ReferralOut
from triage.actions.list_referrals import list_referrals

router = APIRouter(tags=["referrals"])


@router.get("/referrals", responses=PROBLEMS)
def read_referrals(council: CouncilDep, actor: ViewerDep, team: str | None = None) -> list[ReferralOut]:
    """Referrals that a team still has, most urgent first; without `team` all that the key may see."""
    return [ReferralOut.of(each) for each in list_referrals(council, team=team, actor=actor)]
