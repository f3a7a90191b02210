"""Keeps one durable-rules worker alive: starts it, watches it, and starts another when it dies or hangs."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rules.durable.plan import STARTING_SECONDS, EventMessage, EventPattern, Layer
from rules.errors import RuleEngineFailed

_TRIES = 3
_RULES = str(Path(__file__).parents[1])
_START = """\
import sys, types
rules = sys.modules["rules"] = types.ModuleType("rules")
rules.__path__ = [sys.argv[1]]
from rules.durable.worker import work
work(int(sys.argv[2]))
"""
"""The package by its path alone: its `__init__` would bring polars and all into the process that may crash,
which would then take five times as long to be replaced."""


class _WorkerLost(Exception):
    """The worker died or did not answer in time."""


@dataclass(frozen=True, slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection


class DurableProcess:
    """Asks a worker which conditions a message meets; a lost worker is replaced and asked again.

    A request reads nothing but its own message and leaves nothing behind, so asking twice is safe.

    Args:
        layers: Conditions, as `DurableSession` takes them.
        patterns: Conditions on events, as `DurableSession` takes them.
        seconds: How long one answer may take before the worker is killed.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        patterns: Mapping[str, EventPattern] | None = None,
        *,
        seconds: float,
    ) -> None:
        self._plan = {"layers": layers, "patterns": patterns or {}, "seconds": 2 * seconds}
        self._seconds = seconds
        self._worker: _Worker | None = None
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """The worker's process id; None while there is none."""
        return self._worker.process.pid if self._worker else None

    def fired(
        self,
        message: Mapping[str, int],
        events: Sequence[EventMessage] = (),
        otherwise: Mapping[str, int] | None = None,
    ) -> frozenset[str]:
        """The patterns and conditions that known facts and events meet; arguments as `DurableSession.fired`.

        Raises:
            RuleEngineFailed: If the library refused the message, or lost its worker each time it was asked.
        """
        request = {"message": message, "events": list(events), "otherwise": otherwise or {}}
        for _ in range(_TRIES):
            try:
                answer = _ask(self._live(), request, self._seconds)
            except _WorkerLost:
                self._kill()
                self.restarts += 1
                continue
            except BaseException:  # interrupted: this household's answer must not be read as the next one's
                self._kill()
                raise
            if "failed" in answer:
                raise RuleEngineFailed(answer["failed"])
            return frozenset(answer["fired"])
        raise RuleEngineFailed(
            f"The live rule engine was lost {_TRIES} times over one household. Nothing was "
            "concluded about it: use the nightly result, and report this with the rulebook's hash."
        )

    def close(self) -> None:
        """End the worker, giving it time to finish; a worker that doesn't is killed."""
        if self._worker:
            self._worker.connection.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._worker.process.wait(self._seconds)
            self._kill()

    def _live(self) -> _Worker:
        if self._worker is None:
            self._worker = _started()
            _ask(self._worker, self._plan, STARTING_SECONDS)
        return self._worker

    def _kill(self) -> None:
        if self._worker:
            self._worker.process.kill()
            self._worker.process.wait()
            self._worker.connection.close()
            self._worker = None


def _started() -> _Worker:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-W", "ignore", "-c", _START, _RULES, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},  # and no secret of the product's
        )
    return _Worker(process, Connection(ours.detach()))


def _ask(worker: _Worker, request: Mapping[str, Any], seconds: float) -> Any:
    try:
        worker.connection.send_bytes(json.dumps(request).encode())
        if not worker.connection.poll(seconds):
            raise _WorkerLost
        return json.loads(worker.connection.recv_bytes())
    except (OSError, EOFError, ValueError) as error:
        raise _WorkerLost from error
