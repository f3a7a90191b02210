"""One household explained."""

from fastapi import APIRouter

from api.dependencies import ActorDep, CouncilDep
from api.schemas import PROBLEMS, HouseholdOut
from triage.actions.explain_household import explain_household

router = APIRouter(tags=["households"])


@router.get("/households/{household_id}", responses=PROBLEMS)
def read_household(household_id: str, council: CouncilDep, actor: ActorDep) -> HouseholdOut:
    """Members, sources with evidence, facts, rules met / not met / not known, risk, suggestions."""
    return HouseholdOut.of(explain_household(council, household_id, actor=actor))
