"""A resident's contact: several issues, each with its tier, team and next step."""

from fastapi import APIRouter, status

from api.dependencies import CouncilDep, OfficerDep
from api.schemas import PROBLEMS, ContactIn, ContactOut
from triage.actions.take_contact import take_contact

router = APIRouter(tags=["contacts"])


@router.post("/contacts", status_code=status.HTTP_201_CREATED, responses=PROBLEMS)
def create_contact(contact: ContactIn, council: CouncilDep, actor: OfficerDep) -> ContactOut:
    """Route each issue and open the referrals it needs."""
    topics = [issue.topic for issue in contact.issues]
    return ContactOut.of(
        take_contact(council, topics, household_id=contact.household_id, ward=contact.ward, actor=actor)
    )
