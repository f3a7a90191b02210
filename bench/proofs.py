"""Proofs over the rule library, and over the library repeated with other thresholds until it has 200 rules.

Usage: python -m bench.proofs    (goals: 47 rules in 3 seconds, 200 rules in 10; loading z3 left aside)
"""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from rich.console import Console

import rules
from rules.language.model import Rule, Rulebook
from rules.language.tree import AllOf, AnyOf, Comparison, Condition, FactValue, Literal, Not
from rules.loading.loader import Loaded, load_rulebook
from rules.meaning.binding import bind
from rules.proofs.proving import prove
from smart_record.facts.terms.catalogue import FactType

LIBRARY = Path(rules.__file__).parent / "library"
AS_OF = date(2026, 11, 1)
SIZES = (47, 100, 200)

console = Console(highlight=False)


def main() -> None:
    library = load_rulebook(LIBRARY)
    for size in SIZES:
        book = repeated(library, size)
        wall, cpu = time.perf_counter(), time.process_time()
        findings = list(prove(Loaded(rulebook=book, faults=(), texts={}), AS_OF))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        console.print(
            f"{size:>4} rules: {wall:6.2f} s wall, {cpu:6.2f} s processor, {len(findings)} findings"
        )


def repeated(library: Rulebook, size: int) -> Rulebook:
    """The library's rules over and over, each time with every amount and count a step further on."""
    made = [
        _altered(rule, library, turn)
        for turn in range(size // len(library.rules) + 1)
        for rule in library.rules
    ][:size]
    return replace(library, rules=tuple(made), signals=MappingProxyType(dict(library.signals)))


def _altered(rule: Rule, library: Rulebook, turn: int) -> Rule:
    if turn == 0:
        return rule
    when = _moved(bind(rule.when, library, AS_OF), turn)
    return replace(rule, id=f"{rule.id}-{turn}", when=when)


def _moved(condition: Condition, turn: int) -> Condition:
    match condition:
        case AllOf(parts, span):
            return AllOf(tuple(_moved(part, turn) for part in parts), span)
        case AnyOf(parts, span):
            return AnyOf(tuple(_moved(part, turn) for part in parts), span)
        case Not(part, span):
            return Not(_moved(part, turn), span)
        case Comparison(operator, FactValue() as fact, Literal(FactType.MONEY, int() as pence), span):
            return Comparison(operator, fact, Literal(FactType.MONEY, pence + 1000 * turn), span)
        case Comparison(operator, FactValue() as fact, Literal(FactType.COUNT, int() as count), span):
            return Comparison(operator, fact, Literal(FactType.COUNT, count + turn), span)
        case _:
            return condition


if __name__ == "__main__":
    main()
