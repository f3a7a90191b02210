"""The worker is lost in every way we know of, and nothing wrong is ever said because of it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.durable.process import DurableProcess
from rules.errors import RuleEngineFailed

LAYERS = [{"debt": {"$gte": {"f0": 300}}}, {"plan": {"$and": [{"debt": 1}, {"f1": 0}]}}]
MET = {"f0": 300, "f1": 0}


@pytest.fixture
def process() -> Iterator[DurableProcess]:
    process = DurableProcess(LAYERS, seconds=10)
    yield process
    process.close()


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_library_never_runs_in_our_own_process() -> None:
    check = (
        "import sys, rules.durable.engine, rules.loading.topics; print('durable_rules_engine' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_conclusions_of_one_layer_feed_the_next(process: DurableProcess) -> None:
    assert process.fired(MET) == {"debt", "plan"}
    assert process.fired({"f0": 300}) == {"debt"}
    assert process.fired({"f1": 0}) == set()


def test_a_worker_killed_between_two_requests_is_replaced(process: DurableProcess) -> None:
    process.fired(MET)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    assert process.fired(MET) == {"debt", "plan"}
    assert process.restarts == 1


def test_a_worker_killed_over_a_request_loses_nothing(process: DurableProcess) -> None:
    process.fired(MET)
    assert process.pid is not None
    worker = process.pid
    os.kill(worker, signal.SIGSTOP)  # it holds the request and cannot answer it
    killer = threading.Timer(0.2, os.kill, (worker, signal.SIGKILL))
    killer.start()
    assert process.fired({"f0": 299, "f1": 0}) == set()
    killer.join()
    assert process.restarts == 1
    assert process.fired(MET) == {"debt", "plan"}


@pytest.mark.parametrize("moment", [0.0, 0.0003, 0.001])
def test_workers_killed_while_they_answer_never_change_an_answer(
    process: DurableProcess, moment: float
) -> None:
    process.fired(MET)
    answers = set()
    for _ in range(4):
        assert process.pid is not None
        killer = threading.Timer(moment, os.kill, (process.pid, signal.SIGKILL))
        killer.start()
        until = time.monotonic() + 0.05
        while time.monotonic() < until:
            answers |= {(process.fired({"f0": 300, "f1": 0}), process.fired({"f0": 299, "f1": 0}))}
        killer.join()
    assert answers == {(frozenset({"debt", "plan"}), frozenset())}
    assert process.restarts > 0


def test_an_interrupted_request_leaves_no_answer_for_the_next_household(process: DurableProcess) -> None:
    class InterruptedRequest(Exception):
        pass

    def interrupt(*_: object) -> None:
        raise InterruptedRequest

    process.fired(MET)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)  # it holds the request and cannot answer it
    before = signal.signal(signal.SIGUSR1, interrupt)
    interrupter = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGUSR1))
    interrupter.start()
    with pytest.raises(InterruptedRequest):
        process.fired(MET)
    interrupter.join()
    signal.signal(signal.SIGUSR1, before)
    assert process.fired({"f0": 299, "f1": 0}) == set()


def test_a_worker_that_hangs_is_killed_by_the_watchdog() -> None:
    process = DurableProcess(LAYERS, seconds=0.5)
    process.fired(MET)
    assert process.pid is not None
    hung = process.pid
    os.kill(hung, signal.SIGSTOP)
    assert process.fired(MET) == {"debt", "plan"}
    assert not is_running(hung)
    assert process.restarts >= 1
    process.close()


def test_a_worker_that_can_never_answer_is_given_up_with_a_reason() -> None:
    process = DurableProcess([{"debt": {"$nonsense": {"f0": 1}}}], seconds=5)
    with pytest.raises(RuleEngineFailed, match="Nothing was concluded"):
        process.fired(MET)
    process.close()
    assert process.pid is None


def test_closing_ends_the_worker_by_itself(process: DurableProcess) -> None:
    process.fired(MET)
    assert process.pid is not None
    worker = process.pid
    process.close()
    assert not is_running(worker)
    process.close()


def test_a_closed_process_starts_again_when_asked(process: DurableProcess) -> None:
    process.fired(MET)
    process.close()
    assert process.fired(MET) == {"debt", "plan"}


def test_a_worker_outlives_nobody(tmp_path: Path) -> None:
    script = (
        "import os, sys; from rules.durable.process import DurableProcess\n"
        f"p = DurableProcess({LAYERS!r}, seconds=5); p.fired({MET!r})\n"
        "print(p.pid, flush=True); os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    worker = int(run.stdout)
    until = time.monotonic() + 10
    while is_running(worker) and time.monotonic() < until:
        os.sched_yield()
    assert not is_running(worker)


def test_the_worker_sees_no_secret_of_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_DATABASE_URL", "postgresql://secret")
    process = DurableProcess(LAYERS, seconds=10)
    process.fired(MET)
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    process.close()
    assert b"PYTHONPATH" in environment
    assert b"secret" not in environment
