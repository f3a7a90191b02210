"""The HTTP service over one council."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api.edge import Edge
from api.errors import add_handlers
from api.routes import contacts, health, households, links, referrals
from triage.council import Council, open_council
from triage.errors import CouncilInvalid
from triage.settings import Environment


def create_app(council: Council) -> FastAPI:
    """The service; it closes the council when it ends."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        council.close()

    app = FastAPI(
        title="Welfare Triage",
        version="1",
        summary="Explained suggestions for households. This suggests; a person decides.",
        lifespan=lifespan,
        docs_url=None,  # its pages load scripts from a public CDN, which council networks refuse
        redoc_url=None,
        redirect_slashes=False,  # a redirect would be written from what the caller calls this host
        openapi_url="/api/v1/openapi.json",
    )
    app.state.council = council
    app.add_middleware(Edge)
    for routes in (health, households, contacts, referrals, links):
        app.include_router(routes.router, prefix="/api/v1")
    add_handlers(app)
    return app


def from_environment() -> FastAPI:
    """The service over the council whose folder TRIAGE_COUNCIL names; for `triage serve`."""
    directory = Environment().council
    if directory is None:
        raise CouncilInvalid("TRIAGE_COUNCIL is not set. Start the service with: triage serve --council DIR")
    return create_app(open_council(directory))
