"""Is the service up?"""

from fastapi import APIRouter

from api.dependencies import CouncilDep
from api.schemas import HealthOut
from triage.actions.check_health import check_health

router = APIRouter(tags=["service"])


@router.get("/health")
def read_health(council: CouncilDep) -> HealthOut:
    """Up, and as of which night; needs no key and shows no record."""
    return HealthOut.of(check_health(council))
