"""The process in which durable-rules runs: one plan in, then one message at a time, until its pipe closes.

`rules.durable.process` starts it and holds the other end. What crosses is JSON, framed by
`multiprocessing.connection`; nothing is unpickled, so that a worker whose memory went bad can't run code
in the product.
"""

import json
import signal
from multiprocessing.connection import Connection
from typing import Any

from rules.durable.plan import STARTING_SECONDS
from rules.durable.session import DurableSession
from rules.errors import RuleEngineFailed


def work(descriptor: int) -> None:
    """Serve at one end of a socket pair."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the product, which then closes its end
    serve(Connection(descriptor))


def serve(connection: Connection) -> None:
    """Answer requests until the other end closes.

    The first request is `{"layers": [...], "patterns": {...}, "seconds": n}`, each later one what is known of
    a household: `{"message": {...}, "events": [...], "otherwise": {...}}`. Each is answered by
    `{"fired": [...]}`, or by `{"failed": "why"}` where the library refused.
    """
    _end_after(2 * STARTING_SECONDS)
    plan = json.loads(connection.recv_bytes())
    session = DurableSession(plan["layers"], plan["patterns"])
    _answer(connection, fired=[])
    while True:
        _end_after(0)
        try:
            known = json.loads(connection.recv_bytes())
        except EOFError:
            break
        _end_after(plan["seconds"])
        try:
            _answer(connection, fired=sorted(session.fired(**known)))
        except RuleEngineFailed as failure:
            _answer(connection, failed=str(failure))
    session.close()


def _end_after(seconds: float) -> None:
    """Have the kernel end this process then (0: never), even in a native loop with nobody left to kill it."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(connection: Connection, **answer: Any) -> None:
    connection.send_bytes(json.dumps(answer).encode())
