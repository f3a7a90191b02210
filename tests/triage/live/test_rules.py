"""Two evaluators, one answer: the reference's, whatever becomes of the other."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from rules import Outcome
from rules.meaning.reference import judge
from smart_record.events import History
from tests.rules.builders import AS_OF, a_rulebook
from triage.live.rules import Agreement, LiveRules

BOOK = a_rulebook(
    {
        "R1": "signal.slide and rent.tenant",
        "R2": "rent.payment_missed then benefits.claim_ended within 30 days in the last 90 days",
        "R3": "not (rent.payment_missed in the last 7 days)",
    },
    signals={"signal.slide": "at least 2 of rent.payment_missed in the last 60 days"},
)
KNOWN = {
    "rent.tenant": True,
    "rent.payment_missed": History.of(AS_OF - timedelta(days=40), AS_OF - timedelta(days=20)),
    "benefits.claim_ended": History.of(AS_OF - timedelta(days=5)),
}


@pytest.fixture
def live() -> Iterator[LiveRules]:
    live = LiveRules()
    yield live
    live.close()


def met(live: LiveRules) -> tuple[set[str], Agreement]:
    answer = live.answer(KNOWN, rulebook=BOOK, as_of=AS_OF)
    return {each.rule_id for each in answer.outcomes if each.outcome is Outcome.MET}, answer.agreement


def test_both_say_the_same_and_the_outcomes_are_the_references(live: LiveRules) -> None:
    answer = live.answer(KNOWN, rulebook=BOOK, as_of=AS_OF)
    assert answer.agreement is Agreement.AGREED
    assert answer.outcomes == tuple(judge(rule, KNOWN, rulebook=BOOK, as_of=AS_OF) for rule in BOOK.rules)
    assert met(live)[0] == {"R1", "R2", "R3"}


def test_a_worker_killed_in_mid_flight_loses_nothing_and_says_nothing_wrong(live: LiveRules) -> None:
    expected = met(live)
    assert live.worker is not None
    worker = live.worker
    os.kill(worker, signal.SIGSTOP)  # it holds the household and cannot answer
    killer = threading.Timer(0.2, os.kill, (worker, signal.SIGKILL))
    killer.start()
    assert met(live) == expected == ({"R1", "R2", "R3"}, Agreement.AGREED)
    killer.join()
    assert live.worker not in {None, worker}


def test_where_they_differ_the_reference_is_right_and_the_rules_are_named(live: LiveRules) -> None:
    live.answer({}, rulebook=a_rulebook({"R1": "rent.arrears > £5"}), as_of=AS_OF)
    other = a_rulebook({"R1": "rent.arrears > £9"})  # of the same hash, so that the first one's plan is asked
    answer = live.answer({"rent.arrears": 700}, rulebook=other, as_of=AS_OF)
    assert (answer.agreement, answer.differing) == (Agreement.DISAGREED, ("R1",))
    assert [each.outcome for each in answer.outcomes] == [Outcome.NOT_MET]


def test_without_a_worker_the_reference_answers_alone(
    live: LiveRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert met(live) == ({"R1", "R2", "R3"}, Agreement.ENGINE_LOST)


def test_another_date_is_another_plan(live: LiveRules) -> None:
    assert met(live)[1] is Agreement.AGREED
    later = live.answer(KNOWN, rulebook=BOOK, as_of=AS_OF + timedelta(days=80))
    assert later.agreement is Agreement.AGREED
    assert [each.outcome for each in later.outcomes] == [Outcome.NOT_MET, Outcome.NOT_MET, Outcome.MET]


def test_closing_ends_the_worker() -> None:
    live = LiveRules()
    live.answer(KNOWN, rulebook=BOOK, as_of=AS_OF)
    live.close()
    assert live.worker is None
    live.close()
