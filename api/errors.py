"""Errors as problem+json (RFC 9457): one table from class to status, one handler."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.problems import problem
from rules import RuleError
from rules.loading.topics import TopicUnknown
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
    StoreBusy,
    TeamNotFound,
    TeamRefused,
    VerdictNotFound,
    WardNotFound,
)

STATUS: tuple[tuple[type[TriageError], int], ...] = (
    (KeyRefused, 401),
    (RoleRefused, 403),
    (PurposeRefused, 403),
    (TeamRefused, 403),
    (HouseholdNotFound, 404),
    (TeamNotFound, 404),
    (PairNotFound, 404),
    (VerdictNotFound, 404),
    (LinkageError, 409),
    (TopicUnknown, 422),
    (InterventionNotFound, 422),
    (SaidInvalid, 422),
    (WardNotFound, 422),
    (NotReady, 503),
    (StoreBusy, 503),
    (Refused, 409),
    (RequestError, 400),
    (RuleError, 500),
    (TriageError, 500),
)
"""Status of each error; the first class that fits counts."""

_HEADERS: dict[int, dict[str, str]] = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "60"}}
"""What an answer of a status carries."""

_log = logging.getLogger("triage.api")


def add_handlers(app: FastAPI) -> None:
    """Answer every deliberate error, and every request that does not fit, as a problem."""

    @app.exception_handler(TriageError)
    def deliberate(_request: Request, error: TriageError) -> JSONResponse:
        status = next(code for kind, code in STATUS if isinstance(error, kind))
        detail = str(error)
        if status == 500:
            _log.error("%s: %s", type(error).__name__, detail)
            detail = "The council's files need attention; the server's log says which."
        return problem(status, type(error).__name__, detail, _HEADERS.get(status))

    @app.exception_handler(RequestValidationError)
    def unfit(_request: Request, error: RequestValidationError) -> JSONResponse:
        faults = "; ".join(dict.fromkeys(map(_fault, error.errors())))
        return problem(422, "RequestInvalid", f"The request can't be used. {faults}")

    @app.exception_handler(HTTPException)
    def unrouted(_request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers or {})
        return problem(error.status_code, HTTPStatus(error.status_code).phrase, str(error.detail), headers)


def _fault(fault: Mapping[str, Any]) -> str:
    """Place and message only: the values sent may be personal, and so may the names of unknown fields."""
    unknown = fault["type"] == "extra_forbidden"
    place = ".".join(str(part) for part in (fault["loc"][:-1] if unknown else fault["loc"]))
    return f"{place}: {'it has a field that is not known' if unknown else fault['msg']}"
