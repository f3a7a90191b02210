"""Faults of durable-rules 2.0.28 that were met in trials, each kept away by the way we use it.

What goes wrong in the bare library is said beside each test. Everything here runs in a worker process.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from rules.durable.compiling import MAX_TERMS, compile_plan
from rules.durable.engine import DurableEngine
from rules.durable.plan import LARGEST, MAX_ALTERNATIVES, MAX_FIELDS, Layer, alternatives_of, shards_of
from tests.rules.builders import AS_OF, a_rulebook
from tests.rules.durable.processes import process_of


def test_a_missing_field_meets_no_comparison() -> None:
    # and an explicit null meets `== null`, so that facts which are not known are left out
    operators = ("$lt", "$lte", "$gt", "$gte", "$neq")
    layer = {operator: {operator: {"f0": 0}} for operator in operators} | {"$eq": {"f0": 0}}
    with process_of([layer]) as process:
        assert process.fired({"f1": 1}) == set()
        assert process.fired({}) == set()
        assert process.fired({"f0": 0}) == {"$lte", "$gte", "$eq"}


def test_two_facts_are_never_compared_by_the_library() -> None:
    # there, `m.p > m.q` with q missing fires on whatever the stack holds: 1,000 times of 1,000
    rulebook = a_rulebook({"R1": "council_tax.arrears > rent.arrears"})
    with DurableEngine(rulebook, as_of=AS_OF) as engine:
        found = {engine.met({"council_tax.arrears": pence}) for pence in range(0, 100_000, 500)}
        assert found == {frozenset()}
        assert engine.met({"council_tax.arrears": 2, "rent.arrears": 1}) == {"R1"}


def test_more_true_conditions_than_one_message_may_have() -> None:
    # there, more than 64 raise error 303 and nothing fires
    layer = {f"d{number}": {"$gte": {"f0": number}} for number in range(200)}
    with process_of([layer]) as process:
        assert len(process.fired({"f0": 500})) == 200
        assert process.fired({"f0": 64}) == {f"d{number}" for number in range(65)}


def test_six_hundred_rules_on_one_condition() -> None:
    # there, 256 crash and 513 rules of any kind loop for ever
    rules = {f"R{number}": "council_tax.arrears > £0" for number in range(600)}
    with DurableEngine(a_rulebook(rules), as_of=AS_OF) as engine:
        assert engine.met({"council_tax.arrears": 1}) == set(rules)
        assert engine.met({"council_tax.arrears": 0}) == set()


def test_six_hundred_rules_of_their_own_conditions() -> None:
    rules = {f"R{number}": f"council_tax.arrears > £{number}" for number in range(600)}
    with DurableEngine(a_rulebook(rules), as_of=AS_OF) as engine:
        assert engine.met({"council_tax.arrears": 30_000}) == {f"R{number}" for number in range(300)}


@pytest.mark.parametrize(("word", "met"), [("and", 999), ("or", 900)])
def test_conditions_longer_than_the_library_takes(word: str, met: int) -> None:
    # there, about 30 terms fail
    condition = f" {word} ".join(f"council_tax.arrears >= £{pounds}" for pounds in range(900, 1_000))
    rulebook = a_rulebook({"R1": condition})
    with DurableEngine(rulebook, as_of=AS_OF) as engine:
        assert engine.met({"council_tax.arrears": met * 100}) == {"R1"}
        assert engine.met({"council_tax.arrears": met * 100 - 1}) == set()
    sizes = [
        len(parts)
        for layer in compile_plan(rulebook, as_of=AS_OF).layers
        for condition in layer.values()
        for parts in condition.values()
        if isinstance(parts, list)
    ]
    assert max(sizes) <= MAX_TERMS


def test_shards_stay_within_alternatives_and_fields() -> None:
    # there, a message of more than 252 fields is refused
    layer: Layer = {
        f"d{number}": {"$or": [{f"f{number * 7 + at}": 1} for at in range(7)]} for number in range(120)
    }
    shards = list(shards_of(layer))
    assert [name for shard in shards for name in shard] == list(layer)
    for shard in shards:
        assert sum(map(alternatives_of, shard.values())) <= MAX_ALTERNATIVES
        assert len(shard) * 7 <= MAX_FIELDS
    with process_of([layer]) as process:
        assert len(process.fired(dict.fromkeys((f"f{number}" for number in range(840)), 1))) == 120


def test_an_or_of_true_sides_counts_once() -> None:
    # there, it fires once for each true side: (a or b) and (c or d) four times
    ors = {"left": {"$or": [{"f0": 1}, {"f1": 1}]}, "right": {"$or": [{"f2": 1}, {"f3": 1}]}}
    with process_of([ors, {"both": {"$and": [{"left": 1}, {"right": 1}]}}]) as process:
        assert process.fired({"f0": 1, "f1": 1, "f2": 1, "f3": 1}) == {"left", "right", "both"}


@pytest.mark.parametrize("huge", [2**53, 2**53 + 1, 2**63, 10**30])
def test_integers_beyond_exactness_compare_as_they_should(huge: int) -> None:
    # there, 2**63 and beyond are clamped, and 1e16 written as a float is refused
    layer = {"over": {"$gt": {"f0": LARGEST - 1}}, "under": {"$lt": {"f0": 1 - LARGEST}}}
    with process_of([layer]) as process:
        assert process.fired({"f0": huge}) == {"over"}
        assert process.fired({"f0": -huge}) == {"under"}
        assert process.fired({"f0": LARGEST - 1}) == set()


def test_a_fraction_of_a_penny_is_refused_not_rounded() -> None:
    # there, 1e-05 can't be parsed and 5.0 equals 5
    rulebook = a_rulebook({"R1": "council_tax.arrears > £0"})
    with DurableEngine(rulebook, as_of=AS_OF) as engine, pytest.raises(TypeError):
        engine.met({"council_tax.arrears": 0.5})  # type: ignore[dict-item]


@pytest.mark.parametrize("ward", ["St. Hilda's", 'the "Green"', "Llanfairpwll\ngwyn", "{}", "ŵ", ""])
def test_no_text_reaches_the_library(ward: str) -> None:
    rulebook = a_rulebook(
        {
            "R1": 'household.ward = "St. Hilda\'s"',
            "R2": "household.ward is known",
            "R3": "council_tax.liable",
        },
    )
    message = compile_plan(rulebook, as_of=AS_OF).fields.message({"household.ward": ward})
    assert {type(value) for value in message.values()} == {int}
    with DurableEngine(rulebook, as_of=AS_OF) as engine:
        assert engine.met({"household.ward": ward}) == {"R1", "R2"} - (
            {"R1"} if ward != "St. Hilda's" else set()
        )


def test_a_choice_that_the_catalogue_has_not_is_none_of_the_known_ones() -> None:
    conditions = {"R1": 'benefits.passport = "none"', "R2": 'benefits.passport != "none"'}
    with DurableEngine(a_rulebook(conditions), as_of=AS_OF) as engine:
        assert engine.met({"benefits.passport": "something_new"}) == {"R2"}
        assert engine.met({"benefits.passport": "none"}) == {"R1"}
        assert engine.met({}) == set()


def test_an_exception_inside_the_library_is_raised_not_hidden() -> None:
    # there, it is kept in the session's state, and the household looks as if no rule were met
    script = (
        "from rules.durable.session import DurableSession\n"
        "from rules.errors import RuleEngineFailed\n"
        "class Failing(DurableSession):\n"
        "    def _recorder(self, name):\n"
        "        def act(c): raise ValueError(name)\n"
        "        return act\n"
        "session = Failing([{'owed': {'f0': 1}}])\n"
        "assert session.fired({'f0': 0}) == set()\n"
        "try: session.fired({'f0': 1})\n"
        "except RuleEngineFailed as failed: print(failed)\n"
        "assert session.fired({'f0': 0}) == set()\n"
        "session.close()\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "exception caught owed" in run.stdout


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("household.children", "5"),
        ("household.children", True),
        ("rent.arrears", float("nan")),
        ("rent.tenant", 1),
        ("rent.stage_since", "2026-10-01"),
    ],
)
def test_a_value_of_another_type_is_refused_not_compared(fact: str, value: object) -> None:
    # there, True == 1, "5" == 5 and 5 == 5.0 all match, and NaN is null
    conditions = {
        "R1": "household.children >= 1",
        "R2": "rent.arrears > £0",
        "R3": "rent.tenant",
        "R4": "rent.stage_since > 2026-01-01",
    }
    with DurableEngine(a_rulebook(conditions), as_of=AS_OF) as engine, pytest.raises(TypeError, match=fact):
        engine.met({fact: value})  # type: ignore[dict-item]


def test_nothing_but_comparisons_with_integers_reaches_the_library() -> None:
    # there, a rule of absence alone loops for ever; `none`, priorities and timers come out by chance
    texts = (
        "rent.arrears is missing",
        "not rent.tenant",
        "not (rent.arrears > £5 and rent.tenant)",
        "at least 2 of (rent.tenant, council_tax.liable, rent.arrears is known)",
        "days since rent.stage_since > 28 or rent.stage in (court, eviction)",
        "rent.arrears > 25% of rent.charged_3m",
        'household.ward != "Newport"',
    )
    rulebook = a_rulebook({f"R{number}": text for number, text in enumerate(texts)})
    plan = compile_plan(rulebook, as_of=AS_OF)
    words, leaves = set[str](), set[type]()
    for layer in plan.layers:
        for condition in layer.values():
            for key, value in leaves_of(condition):
                words.add(key)
                leaves.add(type(value))
    assert words <= {"$and", "$or", "$lt", "$lte", "$gt", "$gte", "$neq", "="}
    assert leaves == {int}


def leaves_of(condition: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each operator with each constant below it."""
    for key, value in condition.items():
        if key in ("$and", "$or"):
            for part in value:
                yield from leaves_of(part)
        elif key.startswith("$"):
            yield from ((key, constant) for constant in value.values())
        else:
            yield "=", value


def test_an_action_takes_one_argument() -> None:
    # there, a second one, even with a default, makes the action asynchronous and locks the session
    script = (
        "import inspect\n"
        "from rules.durable.session import DurableSession\n"
        "session = DurableSession([{'owed': {'f0': 1}}])\n"
        "print(len(inspect.signature(session._recorder('owed')).parameters))\n"
        "session.close()\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "1"
