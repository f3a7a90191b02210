"""How large a calculation can grow: everything is computed exactly in 64-bit integers, or refused at load.

A percentage makes an operand a fraction with a fixed denominator (25% of x is x/4), and two operands are
compared by cross-multiplying, so nothing is ever rounded and nothing is ever divided.
"""

from collections.abc import Callable
from fractions import Fraction
from math import lcm, prod

from rules.language.model import Rulebook
from rules.language.scalars import LARGEST_COUNT, LARGEST_PENCE
from rules.language.tree import (
    Arithmetic,
    Comparison,
    Condition,
    FactValue,
    Literal,
    Operand,
    ParameterValue,
    PercentOf,
    Sign,
    facts_read,
    signals_read,
    walk,
)
from smart_record.facts.terms.catalogue import FactType

LARGEST_EXACT = 2**62

LARGEST = {FactType.MONEY: LARGEST_PENCE, FactType.COUNT: LARGEST_COUNT}
"""The largest value of a fact, either way from zero, that may enter a calculation."""


def denominator(operand: Operand) -> int:
    """What the integer computed for an operand must be divided by to give its value."""
    match operand:
        case PercentOf(share, of):
            return denominator(of) * (share.denominator if isinstance(share, Fraction) else 100)
        case Arithmetic(Sign.TIMES, left, right):
            return denominator(left) * denominator(right)
        case Arithmetic(_, left, right):
            return lcm(denominator(left), denominator(right))
        case _:
            return 1


def is_exact(left: Operand, right: Operand, largest_of: Callable[[ParameterValue], int]) -> bool:
    """Whether two operands of money or counts can always be compared exactly.

    Args:
        left: One side.
        right: The other.
        largest_of: The largest value, either way from zero, that a parameter ever has.
    """
    sizes = (
        _largest(left, largest_of) * denominator(right),
        _largest(right, largest_of) * denominator(left),
    )
    return max(sizes) < LARGEST_EXACT


def facts_calculated_with(condition: Condition, rulebook: Rulebook) -> frozenset[str]:
    """Facts that enter a calculation in a condition, itself or through signals."""
    through = (
        facts_calculated_with(rulebook.signals[name].when, rulebook) for name in signals_read(condition)
    )
    calculated = (
        facts_read(node)
        for node in walk(condition)
        if isinstance(node, Comparison)
        and any(isinstance(each, Arithmetic | PercentOf) for each in walk(node))
    )
    return frozenset[str]().union(*through, *calculated)


def _largest(operand: Operand, largest_of: Callable[[ParameterValue], int]) -> int:
    """The largest integer that computing the operand can meet."""
    match operand:
        case Literal(_, int() as value):
            return abs(value)
        case FactValue(type=kind):
            return LARGEST.get(kind, 0)
        case ParameterValue():
            return largest_of(operand)
        case PercentOf(share, of):
            times = abs(share.numerator) if isinstance(share, Fraction) else largest_of(share)
            return max(times, 1) * _largest(of, largest_of)
        case Arithmetic():
            return _largest_result(operand, largest_of)
        case _:
            return 0


def _largest_result(operand: Arithmetic, largest_of: Callable[[ParameterValue], int]) -> int:
    sides = (operand.left, operand.right)
    if operand.sign is Sign.TIMES:
        return prod(max(_largest(side, largest_of), 1) for side in sides)
    shared = denominator(operand)
    return sum(_largest(side, largest_of) * (shared // denominator(side)) for side in sides)
