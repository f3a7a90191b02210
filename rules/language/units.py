"""Units of counts: days are never compared with weeks, nor people with payments."""

from rules.language.grammar import ConditionMisread
from rules.language.names import Names
from rules.language.tree import Arithmetic, FactValue, Literal, Operand, ParameterValue, PercentOf, Sign, Span

MOST_DAYS = 36_525
"""A century: more can't be meant."""


def unit_of(operand: Operand, names: Names) -> str:
    """The catalogue unit of a count, or "" where it has none of its own."""
    match operand:
        case FactValue(name):
            return names.catalogue[name].unit
        case ParameterValue(name):
            return names.parameters[name].unit
        case PercentOf(of=of):
            return unit_of(of, names)
        case Arithmetic(Sign.PLUS | Sign.MINUS, left, right):
            return unit_of(left, names) or unit_of(right, names)
        case _:
            return ""


def check_units(left: Operand, right: Operand, names: Names, span: Span) -> None:
    """Refuse counts of different things side by side.

    Raises:
        ConditionMisread: If both have a unit and the units differ.
    """
    units = {unit_of(left, names), unit_of(right, names)} - {"", "pence"}
    if len(units) > 1:
        first, second = sorted(units)
        raise ConditionMisread(span, f"{first} and {second} can't be compared or added")


def check_days(amount: Operand, per: int, names: Names) -> None:
    """Refuse a number of days (`per` 1) or weeks (7) that counts something else or can't be meant.

    Raises:
        ConditionMisread: If it is negative, more than a century, or of another unit.
    """
    own, wanted = unit_of(amount, names), "weeks" if per == 7 else "days"
    if own not in {"", wanted}:
        raise ConditionMisread(amount.span, f"this counts {wanted}, but the number beside it counts {own}")
    values = [amount.value] if isinstance(amount, Literal) else []
    if isinstance(amount, ParameterValue):
        values = [dated.value for dated in names.parameters[amount.name].values]
    if any(not 0 <= int(value) * per <= MOST_DAYS for value in values if isinstance(value, int)):
        raise ConditionMisread(amount.span, f"a number of {wanted} is from 0 to {MOST_DAYS // per} here")
