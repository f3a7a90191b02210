"""Conditions as narwhals expressions: the same rows on polars, DuckDB and Spark.

Null is "not known" all the way: comparisons with null are null, and `&`, `|` and `~` are Kleene's.
Percentages are cross-multiplied in integers, and elapsed time has become a comparison of dates, so neither
rounding nor NaN can arise.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from operator import add, and_, or_
from typing import Any, TypeAlias

import narwhals as nw

from rules.executors.event_frames import pattern_column
from rules.language.event_tree import Followed, Happened, Pattern
from rules.language.exactness import denominator
from rules.language.model import Rule, Rulebook
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
    signals_read,
    walk,
)
from rules.meaning.binding import bind
from rules.meaning.reference import COMPARED
from smart_record.facts.terms.catalogue import column_of

Computed: TypeAlias = Any
"""A narwhals expression, or a plain Python value where no fact is read."""


def truth_expression(condition: Condition) -> nw.Expr:
    """The truth of a bound condition as a Boolean column, null where it is not known.

    Args:
        condition: From `rules.meaning.binding.bind`; signals are columns, as `signal_expressions` makes them,
            and so are conditions on events, as `rules.executors.event_frames.pattern_truths` makes them.
    """
    match condition:
        case AllOf(parts):
            return reduce(and_, map(truth_expression, parts))
        case AnyOf(parts):
            return reduce(or_, map(truth_expression, parts))
        case Not(part):
            return ~truth_expression(part)
        case AtLeast(Literal(value=count), parts):
            return _at_least(count, [truth_expression(part) for part in parts])
        case Comparison():
            return _comparison(condition)
        case _:
            return _leaf(condition)


def _leaf(condition: Condition) -> nw.Expr:
    match condition:
        case OneOf(fact, options):
            values = [option.value for option in options if isinstance(option, Literal)]
            return _column(fact).is_in(values)
        case IsKnown(fact):
            return ~_column(fact).is_null()
        case IsYes(FactValue() as fact):
            return _column(fact)
        case IsYes(Literal(value=value)):
            return nw.lit(value)
        case IsSignal(name):
            return nw.col(column_of(name))
        case Happened() | Followed():
            return nw.col(pattern_column(condition))
        case _:
            raise AssertionError(f"not bound: {condition}")


def _column(fact: FactValue) -> nw.Expr:
    return nw.col(column_of(fact.name))


def _at_least(count: Any, parts: list[nw.Expr]) -> nw.Expr:
    """True once enough parts are certain; False once too few are possible; else null."""
    certain: nw.Expr = reduce(add, [part.fill_null(value=False).cast(nw.Int64) for part in parts])
    possible: nw.Expr = reduce(add, [part.fill_null(value=True).cast(nw.Int64) for part in parts])
    enough, open_to = certain >= count, possible >= count
    found: nw.Expr = enough | (open_to & nw.lit(None, dtype=nw.Boolean))
    return found


def _comparison(condition: Comparison) -> nw.Expr:
    left, right = condition.left, condition.right
    left_value = _scaled(left, denominator(right))
    right_value = _scaled(right, denominator(left))
    compared: Computed = COMPARED[condition.operator](left_value, right_value)
    assert isinstance(compared, nw.Expr)
    return compared


def _scaled(operand: Operand, by: int) -> Computed:
    return _computed(operand) if by == 1 else _computed(operand) * by


def _computed(operand: Operand) -> Computed:
    """The operand times its `denominator`, in integers; dates and text as they are."""
    match operand:
        case Literal(value=value):
            return value
        case FactValue():
            return _column(operand)
        case PercentOf(Fraction() as share, of):
            return _computed(of) * share.numerator
        case Arithmetic():
            return _arithmetic(operand)
        case Shifted():
            return _shifted(operand)
        case _:
            raise AssertionError(f"not bound: {operand}")


def _arithmetic(operand: Arithmetic) -> Computed:
    left, right = operand.left, operand.right
    if operand.sign is Sign.TIMES:
        return _computed(left) * _computed(right)
    shared = denominator(operand)
    first, second = (_scaled(each, shared // denominator(each)) for each in (left, right))
    return first + second if operand.sign is Sign.PLUS else first - second


def _shifted(operand: Shifted) -> Computed:
    assert isinstance(operand.amount, Literal)
    days = int(str(operand.amount.value)) * operand.per * (-1 if operand.back else 1)
    moved = _computed(operand.date)
    return moved.dt.offset_by(f"{days}d") if isinstance(moved, nw.Expr) else moved + timedelta(days=days)


def rule_expressions(rulebook: Rulebook, rules: Iterable[Rule], as_of: date) -> dict[str, nw.Expr]:
    """The truth of each rule on a date, by rule id."""
    return {rule.id: truth_expression(bind(rule.when, rulebook, as_of)) for rule in rules}


def signal_expressions(rulebook: Rulebook, rules: Iterable[Rule], as_of: date) -> Mapping[str, nw.Expr]:
    """The signals that the rules need, by column, each after those that it reads itself."""
    needed: set[str] = set()
    for name, signal in reversed(list(rulebook.signals.items())):
        if name in needed or any(name in signals_read(rule.when) for rule in rules):
            needed |= {name, *signals_read(signal.when)}
    return {
        column_of(name): truth_expression(bind(signal.when, rulebook, as_of))
        for name, signal in rulebook.signals.items()
        if name in needed
    }


def patterns_of(rulebook: Rulebook, rules: Iterable[Rule], as_of: date) -> tuple[Pattern, ...]:
    """The conditions on events that rules need, themselves or through signals; bound, each once."""
    waiting = [rule.when for rule in rules]
    found: dict[Pattern, None] = {}
    while waiting:
        condition = waiting.pop()
        waiting += [rulebook.signals[name].when for name in sorted(signals_read(condition))]
        nodes = walk(bind(condition, rulebook, as_of))
        found |= {each: None for each in nodes if isinstance(each, Happened | Followed)}
    return tuple(sorted(found, key=pattern_column))


def with_truths(
    frame: nw.LazyFrame[Any], rulebook: Rulebook, rules: Iterable[Rule], as_of: date
) -> nw.LazyFrame[Any]:
    """The truth of each rule on a date, for a frame of facts of any engine: household_id, then rule ids."""
    rules = tuple(rules)
    for column, expression in signal_expressions(rulebook, rules, as_of).items():
        frame = frame.with_columns(expression.alias(column))
    found = [each.alias(rule_id) for rule_id, each in rule_expressions(rulebook, rules, as_of).items()]
    return frame.select("household_id", *found)
