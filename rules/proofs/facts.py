"""Every household that could be, as unknowns of the prover: each fact known or not, and within its range.

Ranges are those that the derivation of the fact guarantees and nothing more: a proof that leans on a range
that real data leaves would be wrong. Facts are independent of
each other: that one bears on another is not assumed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import z3

from rules.executors.event_frames import pattern_column
from rules.language.event_tree import Pattern
from rules.language.scalars import LARGEST_COUNT, LARGEST_PENCE
from rules.language.tree import Value
from rules.proofs.events import implied
from smart_record.facts.terms.catalogue import Fact, FactType

SIGNED = frozenset({"council_tax.balance", "rent.balance", "rent.paid_3m"})
"""Money facts that may lie below zero: accounts in credit, and payments net of refunds."""

OTHER_TEXT = "any other text"
"""The value of a text fact that no condition names."""

_EARLIEST, _LATEST = date(1800, 1, 1).toordinal(), date(2999, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class Unknown:
    """One fact of a household: whether it is known, and its value (pence, days, counts; words by number)."""

    fact: Fact
    known: z3.BoolRef
    value: z3.ExprRef


class Facts:
    """The facts of one household, made as conditions speak of them.

    Attributes:
        context: The prover's own memory, so that two provers never meet.
    """

    def __init__(self, catalogue: Mapping[str, Fact]) -> None:
        self.context = z3.Context()
        self._catalogue = catalogue
        self._made: dict[str, Unknown] = {}
        self._words: dict[str, int] = {}
        self._happened: dict[Pattern, tuple[z3.BoolRef, z3.BoolRef]] = {}

    def unknown(self, name: str) -> Unknown:
        """The fact of a name."""
        if name not in self._made:
            fact = self._catalogue[name]
            make = z3.Bool if fact.type is FactType.YES_NO else z3.Int
            known = z3.Bool(f"{name} is known", self.context)
            self._made[name] = Unknown(fact, known, make(name, self.context))
        return self._made[name]

    def happened(self, pattern: Pattern) -> tuple[z3.BoolRef, z3.BoolRef]:
        """When a bound condition on events is surely met, and when surely not."""
        if pattern not in self._happened:
            known, met = (
                z3.Bool(f"{pattern_column(pattern)} is {word}", self.context) for word in ("known", "met")
            )
            self._happened[pattern] = (z3.And(known, met), z3.And(known, z3.Not(met)))
        return self._happened[pattern]

    def number(self, value: Value) -> int:
        """A value as the prover counts it."""
        if isinstance(value, date):
            return value.toordinal()
        return self._words.setdefault(value, len(self._words)) if isinstance(value, str) else int(value)

    def ranges(self, names: frozenset[str]) -> Iterator[z3.BoolRef]:
        """What is true of the facts of any household."""
        for name in sorted(names):
            unknown = self.unknown(name)
            yield from self._range(unknown.fact, unknown.value)
        for strong, weak in implied(self._happened):
            yield z3.Implies(self._happened[strong][0], self._happened[weak][0])
            yield z3.Implies(self._happened[weak][1], self._happened[strong][1])

    def _range(self, fact: Fact, value: z3.ExprRef) -> Iterator[z3.BoolRef]:
        match fact.type:
            case FactType.MONEY:
                yield value >= (-LARGEST_PENCE if fact.name in SIGNED else 0)
                yield value <= LARGEST_PENCE
            case FactType.COUNT:
                yield value >= 0
                yield value <= LARGEST_COUNT
            case FactType.DATE:
                yield value >= _EARLIEST
                yield value <= _LATEST
            case FactType.CHOICE:
                yield z3.Or([value == self.number(choice) for choice in fact.choices])
            case _:
                pass

    def household(self, model: z3.ModelRef, names: frozenset[str]) -> Mapping[str, Value]:
        """The facts that are known in a model, as rules read them."""
        words = {number: word for word, number in self._words.items()}
        found: dict[str, Value] = {}
        for name in sorted(names):
            unknown = self.unknown(name)
            if z3.is_true(model.eval(unknown.known, model_completion=True)):
                value = model.eval(unknown.value, model_completion=True)
                found[name] = _read(unknown.fact, value, words)
        return MappingProxyType(found)


def _read(fact: Fact, value: z3.ExprRef, words: Mapping[int, str]) -> Value:
    if fact.type is FactType.YES_NO:
        return bool(z3.is_true(value))
    number = int(value.as_long())
    if fact.type is FactType.DATE:
        return date.fromordinal(number)
    if fact.type in {FactType.CHOICE, FactType.TEXT}:
        return words.get(number, OTHER_TEXT)
    return number
