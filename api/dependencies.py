"""What every route needs: the open council and the holder of the key."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from triage.actions.authenticate import authenticate
from triage.audit import Actor
from triage.council import Council
from triage.roles import Role

_bearer = HTTPBearer(auto_error=False, description="A key made by `triage keys make`.")


def _council(request: Request) -> Council:
    council: Council = request.app.state.council
    return council


CouncilDep = Annotated[Council, Depends(_council)]


def _holder(role: Role) -> Callable[..., Actor]:
    def holder(
        council: CouncilDep, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
    ) -> Actor:
        secret = None if credentials is None else credentials.credentials
        return authenticate(council, secret, role=role)

    return holder


# No route has "any holder of a key": each names the role that it needs.
ViewerDep = Annotated[Actor, Depends(_holder(Role.VIEWER))]
OfficerDep = Annotated[Actor, Depends(_holder(Role.OFFICER))]
DataOfficerDep = Annotated[Actor, Depends(_holder(Role.DATA_OFFICER))]
