"""Households, rulebooks and threads that share durable-rules 2.0.28 keep to themselves and leave nothing."""

import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rules.durable.engine import DurableEngine
from rules.durable.process import DurableProcess
from tests.rules.builders import AS_OF, a_rulebook
from tests.rules.durable.processes import process_of


def test_households_one_after_another_never_share_a_session() -> None:
    # there, sessions are told apart by a 32-bit hash: HH00112789 and HH00349192 are one
    with process_of([{"both": {"$and": [{"f0": 1}, {"f1": 1}]}}]) as process:
        assert process.fired({"f0": 1}) == set()
        assert process.fired({"f1": 1}) == set()
        assert process.fired({"f0": 1, "f1": 1}) == {"both"}
        assert process.fired({"f1": 1}) == set()


def test_the_same_household_asked_twice_gets_the_same_answer() -> None:
    # there, equal facts are refused as already observed
    with process_of([{"owed": {"$gte": {"f0": 1}}}]) as process:
        assert [process.fired({"f0": 5}) for _ in range(3)] == [{"owed"}] * 3


def test_more_households_than_the_library_has_sessions() -> None:
    # there, the 1,025th live session raises MemoryError and the next touch of it crashes
    with process_of([{"odd": {"f0": 1}}]) as process:
        answers = [process.fired({"f0": number % 2}) for number in range(2_500)]
    assert answers == [{"odd"} if number % 2 else set() for number in range(2_500)]


def test_no_thread_works_behind_our_back() -> None:
    # there, a Host's two timers run actions when they like, and crash on deleted sessions
    script = (
        "import threading\n"
        "from rules.durable.session import DurableSession\n"
        "session = DurableSession([{'owed': {'f0': 1}}])\n"
        "assert session.fired({'f0': 1}) == {'owed'}\n"
        "print(threading.active_count())\n"
        "session.close()\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "1"


def test_households_leave_no_memory_behind() -> None:
    # there, a live session keeps 0.65 MiB
    layer = {f"d{number}": {"$gte": {"f0": number}} for number in range(40)}
    with process_of([layer]) as process:
        answers = {process.fired({"f0": number % 50}) for number in range(500)}
        before = resident_pages(process)
        answers |= {process.fired({"f0": number % 50}) for number in range(3_000)}
        grown = (resident_pages(process) - before) * resource.getpagesize()
    assert len(answers) == 40
    assert grown < 8 * 2**20


def test_households_that_meet_nothing_are_let_go_of_too() -> None:
    # there, deleting a session whose rules never fired frees an uninitialised pointer
    with process_of([{"owed": {"$gte": {"f0": 1}}}]) as process:
        assert {process.fired({"f0": 0}) for _ in range(300)} == {frozenset()}


def test_two_rulebooks_of_the_same_names_keep_to_themselves() -> None:
    # there, a name can't be registered twice
    one, other = (a_rulebook({"R1": f"rent.arrears > £{pounds}"}) for pounds in (1, 5))
    with DurableEngine(one, as_of=AS_OF) as lower, DurableEngine(other, as_of=AS_OF) as higher:
        for pence, expected in ((100, (0, 0)), (101, (1, 0)), (501, (1, 1))):
            found = (len(engine.met({"rent.arrears": pence})) for engine in (lower, higher))
            assert tuple(found) == expected


def test_threads_that_share_an_engine_get_their_own_households_answers() -> None:
    # there, a thread's fact may be answered while another's session is live
    rulebook = a_rulebook({"R1": "rent.arrears > £1"})
    with DurableEngine(rulebook, as_of=AS_OF) as engine, ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda pence: bool(engine.met({"rent.arrears": pence})), range(400)))
    assert found == [pence > 100 for pence in range(400)]


def resident_pages(process: DurableProcess) -> int:
    return int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
