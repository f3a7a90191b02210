"""What every route needs: the open council and the holder of the key."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from triage.actions.authenticate import authenticate
from triage.audit import Actor
from triage.council import Council

_bearer = HTTPBearer(auto_error=False, description="A key made by `triage init`.")


def _council(request: Request) -> Council:
    council: Council = request.app.state.council
    return council


CouncilDep = Annotated[Council, Depends(_council)]


def _actor(
    council: CouncilDep, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Actor:
    return authenticate(council, None if credentials is None else credentials.credentials)


ActorDep = Annotated[Actor, Depends(_actor)]
