"""What may be compared with what: values of one type and unit, in an order that exists."""

from rules.language.exactness import is_exact
from rules.language.grammar import ConditionMisread
from rules.language.names import Names
from rules.language.operands import IN_WORDS, NUMERIC
from rules.language.tree import FactValue, Literal, Operand, Operator, ParameterValue, Span, facts_read
from rules.language.units import check_units
from smart_record.facts.terms.catalogue import Fact, FactType

_EQUALITY = frozenset({Operator.EQUAL, Operator.NOT_EQUAL})
_UNORDERED = frozenset({FactType.CHOICE, FactType.TEXT})


def check_comparable(left: Operand, operator: Operator, right: Operand, names: Names, *, span: Span) -> None:
    """Refuse a comparison that has no meaning.

    Raises:
        ConditionMisread: With the nearest right thing.
    """
    if FactType.YES_NO in {left.type, right.type}:
        name = next(each.name for each in (left, right) if isinstance(each, FactValue | ParameterValue))
        raise ConditionMisread(span, f"{name} is yes or no already; write `{name}` or `not {name}`")
    if left.type is not right.type:
        at = next((each.span for each in (right, left) if isinstance(each, Literal)), span)
        raise ConditionMisread(at, mismatch(left, right))
    if left.type in _UNORDERED and operator not in _EQUALITY:
        raise ConditionMisread(span, _no_order(left, right, names))
    if not facts_read(left) | facts_read(right):
        raise ConditionMisread(span, "this compares two fixed values; it reads no fact")
    check_choices(left, right, names)
    if left.type is FactType.COUNT:
        check_units(left, right, names, span)
    if left.type in NUMERIC and not is_exact(left, right, lambda each: _largest(each, names)):
        raise ConditionMisread(span, "this can grow too large to be calculated exactly; simplify it")


def check_choices(left: Operand, right: Operand, names: Names) -> None:
    """Refuse a parameter beside a choice unless it holds only values of that choice.

    Raises:
        ConditionMisread: If it once holds another.
    """
    for fact, parameter in ((left, right), (right, left)):
        if not isinstance(fact, FactValue) or not isinstance(parameter, ParameterValue):
            continue
        choices = names.catalogue[fact.name].choices
        for dated in names.parameters[parameter.name].values:
            if choices and dated.value not in choices:
                message = f"{parameter.name} is {dated.value} once, which is no value of {fact.name}"
                raise ConditionMisread(parameter.span, message)


def is_stage(fact: Fact) -> bool:
    """Whether a fact's choices are stages, in their order: only facts called `….stage` are."""
    return fact.type is FactType.CHOICE and fact.name.endswith(".stage")


def mismatch(left: Operand, right: Operand) -> str:
    """What to say of two operands of different types."""
    kinds = f"cannot compare {IN_WORDS[left.type]} with {IN_WORDS[right.type]}"
    types = {left.type, right.type}
    numbers = [each for each in (left, right) if isinstance(each, Literal) and each.type is FactType.COUNT]
    if types == {FactType.MONEY, FactType.COUNT} and numbers:
        return f"{kinds}; write £{numbers[0].value}"
    if types == {FactType.DATE, FactType.COUNT}:
        fact = next((each.name for each in (left, right) if isinstance(each, FactValue)), "a date")
        number = numbers[0].value if numbers else 60
        return f"{kinds}; for elapsed time write `days since {fact} > {number}`"
    if types == {FactType.DATE, FactType.TEXT}:
        return f"{kinds}; write dates without quotation marks, as 2026-04-01"
    return kinds


def _no_order(left: Operand, right: Operand, names: Names) -> str:
    for each in (left, right):
        if isinstance(each, FactValue) and is_stage(names.catalogue[each.name]):
            return f"stages come in an order, not in numbers; write `{each.name} at or after summons`"
    return f"{IN_WORDS[left.type]} has no more or less; use = , != or `in`"


def _largest(parameter: ParameterValue, names: Names) -> int:
    values = (dated.value for dated in names.parameters[parameter.name].values)
    return max((abs(value) for value in values if isinstance(value, int)), default=0)
