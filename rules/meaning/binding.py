"""A condition as it stands on one date: parameters are values, clocks are dates, stages are lists.

What is left is comparisons, lists, `is known`, yes/no facts, signals and their connectives, with literals
only: all that an executor has to know. The meaning is unchanged, which tests hold against the reference.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

from rules.language.event_tree import Followed, Happened
from rules.language.model import Rulebook
from rules.language.tree import (
    AllOf,
    AnyOf,
    Arithmetic,
    AtLeast,
    Clock,
    Comparison,
    Condition,
    Constant,
    Elapsed,
    IsYes,
    Literal,
    Not,
    OneOf,
    Operand,
    Operator,
    ParameterValue,
    PercentOf,
    Reached,
    Shifted,
    Sign,
    StageOrder,
)
from rules.meaning.patterns import settled
from rules.meaning.reference import Household, value_of
from smart_record.facts.terms.catalogue import FactType


def bind(condition: Condition, rulebook: Rulebook, as_of: date) -> Condition:
    """The condition on a date, without `ParameterValue`, `Elapsed` and `Reached`.

    Raises:
        ParameterNotInForce: If it needs a parameter that has no value then.
    """
    return _Binding(rulebook, as_of).condition(condition)


class _Binding:
    def __init__(self, rulebook: Rulebook, as_of: date) -> None:
        self._rulebook = rulebook
        self._as_of = as_of

    def condition(self, condition: Condition) -> Condition:
        match condition:
            case AllOf(parts, span):
                return AllOf(self._all(parts), span)
            case AnyOf(parts, span):
                return AnyOf(self._all(parts), span)
            case AtLeast(count, parts, span):
                return AtLeast(self._constant(count), self._all(parts), span)
            case Not(part, span):
                return Not(self.condition(part), span)
            case Comparison(operator, left, right, span):
                return Comparison(operator, self._operand(left), self._operand(right), span)
            case _:
                return self._leaf(condition)

    def _leaf(self, condition: Condition) -> Condition:
        match condition:
            case OneOf(fact, options, span):
                return OneOf(fact, tuple(self._constant(option) for option in options), span)
            case IsYes(ParameterValue() as operand, span):
                return IsYes(self._constant(operand), span)
            case Reached():
                return self._reached(condition)
            case Elapsed():
                return self._elapsed(condition)
            case Happened() | Followed():
                return settled(condition, lambda constant: _number(self._constant(constant)))
            case _:
                return condition

    def _all(self, parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple(self.condition(part) for part in parts)

    def _constant(self, constant: Constant) -> Literal:
        if isinstance(constant, Literal):
            return constant
        return Literal(constant.type, self._rulebook.value_on(constant.name, self._as_of), constant.span)

    def _operand(self, operand: Operand) -> Operand:
        match operand:
            case ParameterValue():
                return self._constant(operand)
            case Arithmetic(sign, left, right, kind, span):
                return folded(Arithmetic(sign, self._operand(left), self._operand(right), kind, span))
            case PercentOf(share, of, kind, span):
                part = share if isinstance(share, Fraction) else Fraction(_number(self._constant(share)), 100)
                return PercentOf(part, self._operand(of), kind, span)
            case Shifted(moved, amount, per, back, kind, span):
                return Shifted(self._operand(moved), self._constant(amount), per, back, kind, span)
            case _:
                return operand

    def _reached(self, condition: Reached) -> OneOf:
        stages = condition.stages
        at = stages.index(str(self._constant(condition.stage).value))
        wanted = {
            StageOrder.BEFORE: stages[:at],
            StageOrder.AT_OR_BEFORE: stages[: at + 1],
            StageOrder.AT_OR_AFTER: stages[at:],
            StageOrder.AFTER: stages[at + 1 :],
        }[condition.order]
        options = tuple(Literal(FactType.CHOICE, stage) for stage in wanted)
        return OneOf(condition.fact, options, condition.span)

    def _elapsed(self, condition: Elapsed) -> Condition:
        household = Household(facts={}, rulebook=self._rulebook, as_of=self._as_of)
        number: Any = value_of(condition.amount, household)
        ranges = tuple(
            self._within(condition, first, last)
            for first, last in _day_ranges(condition.operator, Fraction(number), condition.per)
        )
        return ranges[0] if len(ranges) == 1 else AnyOf(ranges, condition.span)

    def _within(self, condition: Elapsed, first: int, last: int | None) -> Condition:
        """The date lies from `first` to `last` whole days from the as-of date, on the clock's side."""
        forward = condition.clock is Clock.UNTIL
        near = self._compared(condition, Operator.AT_LEAST if forward else Operator.AT_MOST, first)
        if last is None:
            return near
        return AllOf(
            (near, self._compared(condition, Operator.AT_MOST if forward else Operator.AT_LEAST, last))
        )

    def _compared(self, condition: Elapsed, operator: Operator, days: int) -> Comparison:
        moved = timedelta(days=days if condition.clock is Clock.UNTIL else -days)
        return Comparison(
            operator, condition.fact, Literal(FactType.DATE, self._as_of + moved), condition.span
        )


def _day_ranges(operator: Operator, number: Fraction, per: int) -> Iterator[tuple[int, int | None]]:
    """Ranges of days (from 0, both ends in, None without end) whose whole units compare so with a number."""
    low, high = ceil(number), floor(number)
    units: dict[Operator, list[tuple[int, int | None]]] = {
        Operator.LESS: [(0, low - 1)],
        Operator.AT_MOST: [(0, high)],
        Operator.MORE: [(high + 1, None)],
        Operator.AT_LEAST: [(low, None)],
        Operator.EQUAL: [(low, high)],
        Operator.NOT_EQUAL: [(0, low - 1), (high + 1, None)],
    }
    for first, last in units[operator]:
        # An empty range stays, as one that no date can be in: for a missing date it is not known.
        yield max(first, 0) * per, None if last is None else max(last * per + per - 1, -1)


def folded(operand: Arithmetic) -> Operand:
    """Arithmetic of two literals as one literal."""
    left, right = operand.left, operand.right
    if not isinstance(left, Literal) or not isinstance(right, Literal):
        return operand
    first, second = _number(left), _number(right)
    results = {Sign.PLUS: first + second, Sign.MINUS: first - second, Sign.TIMES: first * second}
    return Literal(operand.type, results[operand.sign], operand.span)


def _number(literal: Literal) -> int:
    assert isinstance(literal.value, int)
    return literal.value
