"""One household at once: durable-rules beside plain Python, by the number of its events.

Usage: python -m bench.live

The same conditions on events, the same households, the same answers (compared on every one). durable-rules is
measured in its worker process with what it takes to speak with it, and by itself in a process of the bench;
plain Python is the reference evaluator, which also tells not met from not known and why. The wall clock is
measured, the best of three: on a busy machine only the ratios hold.
"""

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

import rules
from rules.durable.compiling import compile_plan
from rules.durable.engine import DurableEngine
from rules.durable.session import DurableSession
from rules.language.model import Rulebook
from rules.language.vocabulary import Outcome
from rules.loading.loader import load_rulebook
from rules.meaning.reference import judge
from smart_record.events import EVENTS, History

LIBRARY = Path(rules.__file__).parent / "library"
AS_OF = date(2026, 10, 31)
SIZES = (5, 50, 200)
SPAN = 730
"""Days over which the events of a household lie."""

console = Console(highlight=False, width=140)

Known = Mapping[str, History]


def main() -> None:
    library = load_rulebook(LIBRARY)
    on_events = [rule for rule in library.in_force(AS_OF) if library.events_behind(rule.when)]
    whole = len(library.in_force(AS_OF))
    table = Table(title=f"{len(on_events)} rules on events, and all {whole}; ms for one household: p50, p99")
    for head in (
        "rules",
        "events",
        "the reference",
        "durable-rules",
        "with its worker",
        "durable / reference",
    ):
        table.add_column(head, justify="right")
    for name, book in (("on events", _only(library, {rule.id for rule in on_events})), ("library", library)):
        for size in SIZES:
            table.add_row(name, str(size), *_row(book, size))
    console.print(table)


def _only(library: Rulebook, wanted: set[str]) -> Rulebook:
    return replace(library, rules=tuple(rule for rule in library.rules if rule.id in wanted))


def _row(book: Rulebook, size: int) -> list[str]:
    households = [_household(seed, size) for seed in range(200 if size < 200 else 60)]
    plan = compile_plan(book, as_of=AS_OF)
    session = DurableSession(plan.layers, plan.fields.patterns)

    def plain(known: Known) -> frozenset[str]:
        judged = (judge(rule, known, rulebook=book, as_of=AS_OF) for rule in book.in_force(AS_OF))
        return frozenset(each.rule_id for each in judged if each.outcome is Outcome.MET)

    def alone(known: Known) -> frozenset[str]:
        fired = session.fired(**plan.fields.asked(known))
        return plan.always.union(*(plan.rules.get(name, ()) for name in fired))

    with DurableEngine(book, as_of=AS_OF) as engine:
        engine.met({})
        answers, times = zip(*(_timed(each, households) for each in (plain, alone, engine.met)), strict=True)
    session.close()
    assert answers[0] == answers[1] == answers[2]
    shown = [f"{statistics.median(each):.2f}, {statistics.quantiles(each, n=100)[98]:.2f}" for each in times]
    return [*shown, f"{statistics.median(times[1]) / statistics.median(times[0]):.1f}"]


def _timed(
    met: Callable[[Known], frozenset[str]], households: list[Known]
) -> tuple[list[frozenset[str]], list[float]]:
    """The answers, and of each the best of three times in milliseconds."""
    answers, times = [], []
    for known in households:
        tries = []
        for _ in range(3):
            began = time.perf_counter()
            answer = met(known)
            tries.append(1_000 * (time.perf_counter() - began))
        answers.append(answer)
        times.append(min(tries))
    return answers, times


def _household(seed: int, size: int) -> Known:
    deal = random.Random(seed)
    spoken_of = ("benefits.claim_ended", "benefits.moved_to_universal_credit", "rent.tenancy_started")
    days: dict[str, list[date]] = {event.name: [] for event in EVENTS}
    for at in range(size):
        often = at % 5 or not spoken_of
        name = deal.choice(("council_tax.payment_missed", "rent.payment_missed") if often else spoken_of)
        days[name].append(AS_OF - timedelta(days=deal.randrange(SPAN)))
    return {name: History.of(*each) for name, each in days.items()}


if __name__ == "__main__":
    main()
