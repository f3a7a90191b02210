"""What a condition means, as a typed tree: every executor and every explanation starts from it.

Operands have a type of the fact catalogue (money in integer pence); conditions are met, not met or not
known. `rules.meaning.reference` is the meaning of each node; `rules.meaning.binding` turns a tree into a
simpler one for a date (no parameters, no clocks, no stages), from which executors are made.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias, get_args

from rules.language.event_tree import EventName, Followed, Happened, Length
from rules.language.span import NOWHERE
from rules.language.span import Span as Span  # noqa: PLC0414 - part of every node, and known from here
from smart_record.events import History
from smart_record.facts.terms.catalogue import FactType

Value: TypeAlias = int | bool | str | date
"""A known value: pence, a count, yes or no, a choice, text, or a date."""

Known: TypeAlias = Value | History
"""What may be known about a household under a name: the value of a fact, or the history of an event."""


class Operator(StrEnum):
    """How two values are compared."""

    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class Sign(StrEnum):
    """Arithmetic over money and counts."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"


class Clock(StrEnum):
    """Which way elapsed time is counted from the as-of date."""

    SINCE = "since"
    UNTIL = "until"


class StageOrder(StrEnum):
    """Where a stage stands compared with another, in the catalogue's order."""

    BEFORE = "before"
    AT_OR_BEFORE = "at or before"
    AT_OR_AFTER = "at or after"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the condition."""

    type: FactType
    value: Value
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FactValue:
    """The value of a fact for the household, which may not be known."""

    name: str
    type: FactType
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """The value of a parameter on the as-of date."""

    name: str
    type: FactType
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Constant: TypeAlias = Literal | ParameterValue


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left + right`, `left - right` or `left * right`, of money and counts."""

    sign: Sign
    left: "Operand"
    right: "Operand"
    type: FactType
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PercentOf:
    """`25% of x`, exact: never rounded. `share` is a fraction (25% is 1/4) or a count parameter (25)."""

    share: Fraction | ParameterValue
    of: "Operand"
    type: FactType
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Shifted:
    """A date moved by whole days: `date + 4 weeks` (`per` is 7), `date - 30 days` (`back`)."""

    date: "Operand"
    amount: Constant
    per: int
    back: bool
    type: FactType = FactType.DATE
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Operand: TypeAlias = Literal | FactValue | ParameterValue | Arithmetic | PercentOf | Shifted


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands of one type compared; not known where a fact in either is missing."""

    operator: Operator
    left: Operand
    right: Operand
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """`days since F > 60`, `weeks until F <= 8` (`per` is 7; whole weeks).

    Not met, whatever the operator, where the date lies on the other side of the as-of date: what has not
    happened is not "less than 30 days ago". The as-of date itself is 0 days both ways.
    """

    clock: Clock
    per: int
    fact: FactValue
    operator: Operator
    amount: Operand
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact has one of the values."""

    fact: FactValue
    options: tuple[Constant, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reached:
    """The fact, a stage, stands before or after another in `stages`, least severe first."""

    fact: FactValue
    order: StageOrder
    stage: Constant
    stages: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IsKnown:
    """The fact has a value (`is known`); `is missing` is its negation. Never "not known" itself."""

    fact: FactValue
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IsYes:
    """A yes/no fact, parameter or (after binding) literal, written bare."""

    operand: FactValue | ParameterValue | Literal
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IsSignal:
    """A named signal of the rulebook, with the truth of its own condition."""

    name: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Met where the part is not met."""

    part: "Condition"
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part is met; not met as soon as one is not."""

    parts: tuple["Condition", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part is met; not met only where every one is not."""

    parts: tuple["Condition", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the parts are met; not met once too few can be."""

    count: Constant
    parts: tuple["Condition", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Condition: TypeAlias = (
    Comparison
    | Elapsed
    | OneOf
    | Reached
    | IsKnown
    | IsYes
    | IsSignal
    | Happened
    | Followed
    | Not
    | AllOf
    | AnyOf
    | AtLeast
)
Node: TypeAlias = Condition | Operand | EventName | Length


_NODES = frozenset(get_args(Node))


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, left to right."""
    below: list[Node] = []
    for name in node.__match_args__:
        value = getattr(node, name)
        if type(value) is tuple:
            below += [part for part in value if type(part) in _NODES]
        elif type(value) in _NODES:  # nobody derives from a node
            below.append(value)
    return tuple(below)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first, left to right."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += reversed(children(each))


def facts_read(node: Node) -> frozenset[str]:
    """Names of the facts that a tree reads itself, not through signals."""
    return frozenset(each.name for each in walk(node) if isinstance(each, FactValue))


def events_read(node: Node) -> frozenset[str]:
    """Names of the events that a tree reads itself, not through signals."""
    return frozenset(each.name for each in walk(node) if isinstance(each, EventName))


def parameters_read(node: Node) -> frozenset[str]:
    """Names of the parameters that a tree reads itself, not through signals."""
    return frozenset(each.name for each in walk(node) if isinstance(each, ParameterValue))


def signals_read(node: Node) -> frozenset[str]:
    """Names of the signals that a tree reads directly."""
    return frozenset(each.name for each in walk(node) if isinstance(each, IsSignal))
