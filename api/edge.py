"""The outermost edge of the service: what every request must pass and every answer carries."""

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from api.problems import problem
from triage.faults import told

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

MOST_BYTES = 64 * 1024
"""Of a request's body; the longest that is meant to be sent has a few thousand."""

HEADERS: dict[bytes, bytes] = {
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
}
"""On every answer that does not set its own: nothing is kept by a browser or proxy, or shown in a frame."""

_log = logging.getLogger("triage.api")


class Edge:
    """Bodies within bounds, headers on every answer, and no word of an unforeseen error let out.

    Such an error's message may hold a resident's data: the log has its kind and where it happened, the caller
    that it was ours.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        body = await _body(receive)
        if body is None:
            refusal = problem(413, "RequestTooLarge", f"A request's body has {MOST_BYTES:,} bytes at most.")
            await refusal(scope, receive, answer)
            return
        try:
            await self._app(scope, _again(body, receive), answer)
        except Exception as error:  # noqa: BLE001 (the outermost edge)
            _log.error("%s", told(error))
            if not answer.begun:
                fault = problem(
                    500, "Fault", "An error of ours. Nothing half-written stays; the log says where."
                )
                await fault(scope, receive, answer)


class _Answer:
    """Sends what it is given, with the headers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            own = list(message.get("headers", []))
            names = {name.lower() for name, _ in own}
            missing = [(name, value) for name, value in HEADERS.items() if name not in names]
            message = {**message, "headers": own + missing}
        await self._send(message)


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None as soon as it is too long, whatever length was announced."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        more = message.get("more_body", False)
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """Receives the body that was read already, then whatever comes after it."""
    waiting = [body]

    async def again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again
