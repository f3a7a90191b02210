"""Conditions as the prover reads them: when one is surely met, and when surely not; else it is not known.

A condition becomes two formulas, so that a missing fact is neither yes nor no. Percentages are
cross-multiplied in integers, as everywhere; words are numbers; dates are days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import z3

from rules.language.event_tree import Followed, Happened
from rules.language.exactness import denominator
from rules.language.model import Rulebook
from rules.language.tree import (
    AllOf,
    AnyOf,
    Arithmetic,
    AtLeast,
    Comparison,
    Condition,
    FactValue,
    IsKnown,
    IsSignal,
    IsYes,
    Literal,
    Not,
    OneOf,
    Operand,
    PercentOf,
    Shifted,
    Sign,
    Value,
    facts_read,
)
from rules.meaning.binding import bind
from rules.meaning.reference import COMPARED
from rules.proofs.facts import Facts


@dataclass(frozen=True, slots=True)
class Truth:
    """When a condition is surely met, and when it is surely not met; never both."""

    met: z3.BoolRef
    not_met: z3.BoolRef


class Encoding:
    """The conditions of one rulebook on one date."""

    def __init__(self, rulebook: Rulebook, as_of: date, facts: Facts) -> None:
        self._rulebook = rulebook
        self._as_of = as_of
        self._facts = facts
        self._signals: dict[str, Truth] = {}

    def truth(self, condition: Condition) -> Truth:
        """The two formulas of a condition as rule files write it.

        Raises:
            ParameterNotInForce: If it needs a parameter that has no value on the date.
        """
        return self.bound(bind(condition, self._rulebook, self._as_of))

    def bound(self, condition: Condition) -> Truth:
        """The two formulas of a condition from `rules.meaning.binding.bind`."""
        match condition:
            case AllOf(parts):
                return _all([self.bound(part) for part in parts])
            case AnyOf(parts):
                return _any([self.bound(part) for part in parts])
            case Not(part):
                inner = self.bound(part)
                return Truth(inner.not_met, inner.met)
            case AtLeast(Literal(value=count), parts):
                return self._at_least(int(str(count)), [self.bound(part) for part in parts])
            case IsSignal(name):
                if name not in self._signals:
                    self._signals[name] = self.truth(self._rulebook.signals[name].when)
                return self._signals[name]
            case _:
                return self._leaf(condition)

    def _at_least(self, count: int, parts: Sequence[Truth]) -> Truth:
        context = self._facts.context
        if not 1 <= count <= len(parts):
            return _settled(count < 1, context)
        enough = z3.AtLeast(*(part.met for part in parts), count)
        too_few = z3.AtLeast(*(part.not_met for part in parts), len(parts) - count + 1)
        return Truth(enough, too_few)

    def _leaf(self, condition: Condition) -> Truth:
        match condition:
            case IsKnown(fact):
                known = self._facts.unknown(fact.name).known
                return Truth(known, z3.Not(known))
            case IsYes(Literal(value=value)):
                return _settled(bool(value), self._facts.context)
            case Happened() | Followed():
                return Truth(*self._facts.happened(condition))
        formula = self._formula(condition)
        known = [self._facts.unknown(name).known for name in sorted(facts_read(condition))]
        return Truth(z3.And(*known, formula), z3.And(*known, z3.Not(formula)))

    def _formula(self, condition: Condition) -> z3.BoolRef:
        """What a condition says once every fact that it reads is known."""
        match condition:
            case IsYes(FactValue(name)):
                return self._facts.unknown(name).value
            case OneOf(fact, options):
                value = self._facts.unknown(fact.name).value
                return z3.Or(
                    z3.BoolVal(val=False, ctx=self._facts.context),
                    *(value == self._literal(each.value) for each in options if isinstance(each, Literal)),
                )
            case Comparison(operator, left, right):
                first = self._number(left) * denominator(right)
                second = self._number(right) * denominator(left)
                return COMPARED[operator](first, second)
            case _:
                raise AssertionError(f"not bound: {condition}")

    def _literal(self, value: Value) -> Any:
        return z3.IntVal(self._facts.number(value), self._facts.context)

    def _number(self, operand: Operand) -> Any:
        """The operand times its `denominator`, in whole numbers."""
        match operand:
            case Literal(value=value):
                return self._literal(value)
            case FactValue(name):
                return self._facts.unknown(name).value
            case PercentOf(Fraction() as share, of):
                return self._number(of) * share.numerator
            case Arithmetic(Sign.TIMES, left, right):
                return self._number(left) * self._number(right)
            case Arithmetic(sign, left, right):
                shared = denominator(operand)
                first = self._number(left) * (shared // denominator(left))
                second = self._number(right) * (shared // denominator(right))
                return first + second if sign is Sign.PLUS else first - second
            case Shifted(moved, Literal(value=amount), per, back):
                days = int(str(amount)) * per
                return self._number(moved) + (-days if back else days)
            case _:
                raise AssertionError(f"not bound: {operand}")


def _all(parts: Sequence[Truth]) -> Truth:
    return Truth(z3.And([part.met for part in parts]), z3.Or([part.not_met for part in parts]))


def _any(parts: Sequence[Truth]) -> Truth:
    return Truth(z3.Or([part.met for part in parts]), z3.And([part.not_met for part in parts]))


def _settled(met: bool, context: z3.Context) -> Truth:  # noqa: FBT001
    return Truth(z3.BoolVal(met, context), z3.BoolVal(not met, context))
