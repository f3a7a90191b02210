"""One household explained, and judged with what it just said."""

from fastapi import APIRouter

from api.dependencies import CouncilDep, ViewerDep
from api.schemas import PROBLEMS, HouseholdOut
from api.what_if_schemas import WhatIfIn, WhatIfOut
from triage.actions.ask_what_if import ask_what_if
from triage.actions.explain_household import explain_household

router = APIRouter(tags=["households"])


@router.get("/households/{household_id}", responses=PROBLEMS)
def read_household(household_id: str, council: CouncilDep, actor: ViewerDep) -> HouseholdOut:
    """Members, sources with evidence, facts, rules met / not met / not known, risk, suggestions."""
    return HouseholdOut.of(explain_household(council, household_id, actor=actor))


@router.post("/households/{household_id}/what-if", responses=PROBLEMS)
def answer_what_if(household_id: str, asked: WhatIfIn, council: CouncilDep, actor: ViewerDep) -> WhatIfOut:
    """What the rules say and suggest with what the household just said put in; nothing is stored."""
    told = [(each.name, each.value) for each in asked.said]
    return WhatIfOut.of(ask_what_if(council, household_id, told, actor=actor))
