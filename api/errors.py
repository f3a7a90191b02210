"""Errors as problem+json (RFC 9457): one table from class to status, one handler."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from rules import RuleError
from rules.topics import TopicUnknown
from smart_record.errors import LinkageError, TriageError
from triage.errors import (
    HouseholdNotFound,
    InterventionNotFound,
    KeyRefused,
    NotReady,
    PairNotFound,
    PurposeRefused,
    Refused,
    RequestError,
    RoleRefused,
    SaidInvalid,
    TeamNotFound,
    VerdictNotFound,
)

STATUS: tuple[tuple[type[TriageError], int], ...] = (
    (KeyRefused, 401),
    (RoleRefused, 403),
    (PurposeRefused, 403),
    (HouseholdNotFound, 404),
    (TeamNotFound, 404),
    (PairNotFound, 404),
    (VerdictNotFound, 404),
    (LinkageError, 409),
    (TopicUnknown, 422),
    (InterventionNotFound, 422),
    (SaidInvalid, 422),
    (NotReady, 503),
    (Refused, 409),
    (RequestError, 400),
    (RuleError, 500),
    (TriageError, 500),
)
"""Status of each error; the first class that fits counts."""

PROBLEM_TYPE = "application/problem+json"


def add_handlers(app: FastAPI) -> None:
    """Answer every deliberate error, and every request that does not fit, as a problem."""

    @app.exception_handler(TriageError)
    def deliberate(_request: Request, error: TriageError) -> JSONResponse:
        status = next(code for kind, code in STATUS if isinstance(error, kind))
        detail = (
            str(error) if status < 500 else "The council's files need attention; the server's log says which."
        )
        return problem(status, type(error).__name__, str(error) if status == 503 else detail)

    @app.exception_handler(RequestValidationError)
    def unfit(_request: Request, error: RequestValidationError) -> JSONResponse:
        # Places and messages only: the values sent may be personal.
        faults = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors()]
        return problem(422, "RequestInvalid", "The request can't be used. " + "; ".join(faults))


def problem(status: int, title: str, detail: str) -> JSONResponse:
    """A problem+json answer."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type=PROBLEM_TYPE, headers=headers)
