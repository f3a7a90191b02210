"""Condition text to typed tree: who may be compared with what, and what to say to a policy lead if not."""

from collections.abc import Callable
from typing import TypeAlias

from lark import Token

from rules.language.comparable import check_choices, check_comparable, is_stage, mismatch
from rules.language.event_conditions import read_pattern
from rules.language.grammar import ConditionMisread, ParseTree, parse, span_of
from rules.language.names import Names
from rules.language.operands import (
    IN_WORDS,
    choice_fact,
    read_constant,
    read_operand,
)
from rules.language.tree import (
    AllOf,
    AnyOf,
    AtLeast,
    Clock,
    Comparison,
    Condition,
    Elapsed,
    FactValue,
    IsKnown,
    IsSignal,
    IsYes,
    Literal,
    Not,
    OneOf,
    Operand,
    Operator,
    ParameterValue,
    Reached,
    Span,
    StageOrder,
    facts_read,
)
from rules.language.units import check_days
from smart_record.facts.terms.catalogue import FactType

_Reader: TypeAlias = Callable[[ParseTree], Condition | None]

_FLIPPED = {
    Operator.LESS: Operator.MORE,
    Operator.MORE: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.AT_MOST,
}


def read_condition(text: str, names: Names, problems: list[ConditionMisread]) -> Condition | None:
    """The typed condition of a text, or None with every problem added to `problems`."""
    reading = _Reading(names, problems)
    try:
        tree = parse(text)
    except ConditionMisread as error:
        problems.append(error)
        return None
    (root,) = tree.children
    assert not isinstance(root, Token)
    return reading.condition(root)


class _Reading:
    """One reading of one text: goes on after a problem, so that all are told at once."""

    def __init__(self, names: Names, problems: list[ConditionMisread]) -> None:
        self._names = names
        self._problems = problems

    def condition(self, tree: ParseTree) -> Condition | None:
        try:
            return self._read(tree)
        except ConditionMisread as error:
            self._problems.append(error)
            return None

    def _read(self, tree: ParseTree) -> Condition | None:
        readers: dict[str, _Reader] = {
            "all_of": lambda each: self._parts(each, AllOf),
            "any_of": lambda each: self._parts(each, AnyOf),
            "negation": self._negation,
            "at_least": self._at_least,
            "comparison": self._comparison,
            "between": self._between,
            "not_between": lambda each: Not(self._between(each), span_of(each)),
            "one_of": self._one_of,
            "none_of": lambda each: Not(self._one_of(each), span_of(each)),
            "is_known": self._is_known,
            "is_missing": lambda each: Not(self._is_known(each), span_of(each)),
            **{order.value.replace(" ", "_"): self._reached for order in StageOrder},
            **dict.fromkeys(("happened", "several", "followed"), self._pattern),
            "name": self._bare,
        }
        if tree.data in readers:
            return readers[tree.data](tree)
        raise ConditionMisread(span_of(tree), "this is a value, not a condition; compare it with something")

    def _parts(self, tree: ParseTree, kind: type[AllOf] | type[AnyOf]) -> Condition | None:
        parts = [self.condition(each) for each in _trees(tree)]
        known = tuple(part for part in parts if part is not None)
        return kind(known, span_of(tree)) if len(known) == len(parts) else None

    def _negation(self, tree: ParseTree) -> Condition | None:
        part = self.condition(_trees(tree)[0])
        return Not(part, span_of(tree)) if part is not None else None

    def _at_least(self, tree: ParseTree) -> Condition | None:
        token = tree.children[0]
        assert isinstance(token, Token)
        count = read_constant(token, self._names)
        listed = self._parts(tree, AllOf)
        parts = _trees(tree)
        if isinstance(count, Literal) and not 1 <= int(str(count.value)) <= len(parts):
            raise ConditionMisread(
                count.span, f"at least {count.value} of {len(parts)} is never in doubt; use 1 to {len(parts)}"
            )
        return AtLeast(count, listed.parts, span_of(tree)) if isinstance(listed, AllOf) else None

    def _comparison(self, tree: ParseTree) -> Condition:
        left, token, right = tree.children
        assert not isinstance(left, Token)
        assert not isinstance(right, Token)
        return self._compare(left, Operator(str(token)), right, span_of(tree))

    def _between(self, tree: ParseTree) -> Condition:
        value, low, high = _trees(tree)
        span = span_of(tree)
        bounds = (
            self._compare(value, Operator.AT_LEAST, low, span),
            self._compare(value, Operator.AT_MOST, high, span),
        )
        low_value, high_value = (getattr(_bound(bound), "value", None) for bound in bounds)
        if isinstance(low_value, int) and isinstance(high_value, int) and low_value > high_value:
            raise ConditionMisread(span, "nothing lies between these; write the smaller value first")
        return AllOf(bounds, span)

    def _compare(self, first: ParseTree, operator: Operator, second: ParseTree, span: Span) -> Condition:
        if first.data == "elapsed":
            return self._elapsed(first, operator, second, span)
        if second.data == "elapsed":
            return self._elapsed(second, _FLIPPED.get(operator, operator), first, span)
        left, right = self._pair(first, second)
        check_comparable(left, operator, right, self._names, span=span)
        return Comparison(operator, left, right, span)

    def _pair(self, first: ParseTree, second: ParseTree) -> tuple[Operand, Operand]:
        if fact := choice_fact(first, self._names):
            return read_operand(first, self._names), read_operand(second, self._names, fact)
        beside = choice_fact(second, self._names)
        return read_operand(first, self._names, beside), read_operand(second, self._names)

    def _elapsed(self, tree: ParseTree, operator: Operator, other: ParseTree, span: Span) -> Condition:
        unit, clock, inner = tree.children
        assert not isinstance(inner, Token)
        fact = read_operand(inner, self._names)
        if not isinstance(fact, FactValue) or fact.type is not FactType.DATE:
            raise ConditionMisread(span_of(inner), f"`{unit} {clock}` needs a date fact")
        amount = read_operand(other, self._names)
        if amount.type is not FactType.COUNT or facts_read(amount):
            hint = "a fixed number, such as 60, or a count parameter"
            raise ConditionMisread(amount.span, f"`{unit} {clock}` is compared with {hint}")
        per = 7 if unit == "weeks" else 1
        check_days(amount, per, self._names)
        return Elapsed(Clock(str(clock)), per, fact, operator, amount, span)

    def _one_of(self, tree: ParseTree) -> Condition:
        first, *listed = _trees(tree)
        fact = self._fact(first, "`in`")
        beside = choice_fact(first, self._names)
        options = tuple(read_operand(each, self._names, beside) for each in listed)
        constants = []
        for option in options:
            if not isinstance(option, Literal | ParameterValue):
                raise ConditionMisread(
                    option.span, "a list after `in` holds fixed values and parameters only"
                )
            if option.type is not fact.type or fact.type is FactType.YES_NO:
                raise ConditionMisread(option.span, mismatch(fact, option))
            check_choices(fact, option, self._names)
            constants.append(option)
        return OneOf(fact, tuple(constants), span_of(tree))

    def _is_known(self, tree: ParseTree) -> IsKnown:
        return IsKnown(self._fact(_trees(tree)[0], "`is known` and `is missing`"), span_of(tree))

    def _reached(self, tree: ParseTree) -> Condition:
        first, second = _trees(tree)
        order = StageOrder(tree.data.replace("_", " "))
        fact = self._fact(first, f"`{order}`")
        if not is_stage(self._names.catalogue[fact.name]):
            hint = "; compare dates by < and >" if fact.type is FactType.DATE else ""
            raise ConditionMisread(fact.span, f"`{order}` goes with stages, and {fact.name} is none{hint}")
        known = self._names.catalogue[fact.name]
        stage = read_operand(second, self._names, known)
        if not isinstance(stage, Literal | ParameterValue) or stage.type is not FactType.CHOICE:
            raise ConditionMisread(stage.span, f"`{order}` needs a stage, such as {known.choices[-2]}")
        check_choices(fact, stage, self._names)
        return Reached(fact, order, stage, known.choices, span_of(tree))

    def _pattern(self, tree: ParseTree) -> Condition:
        return read_pattern(tree, self._names)

    def _bare(self, tree: ParseTree) -> Condition:
        name = str(tree.children[0])
        if name in self._names.signals and name not in self._names.faulty:
            return IsSignal(name, span_of(tree))
        operand = read_operand(tree, self._names)
        assert isinstance(operand, FactValue | ParameterValue)
        if operand.type is FactType.YES_NO:
            return IsYes(operand, span_of(tree))
        kind = IN_WORDS[operand.type]
        raise ConditionMisread(operand.span, f"{name} is {kind}, not yes or no; compare it with something")

    def _fact(self, tree: ParseTree, words: str) -> FactValue:
        operand = read_operand(tree, self._names)
        if isinstance(operand, FactValue):
            return operand
        raise ConditionMisread(operand.span, f"{words} goes with a fact")


def _trees(tree: ParseTree) -> list[ParseTree]:
    return [each for each in tree.children if not isinstance(each, Token)]


def _bound(condition: Condition) -> Operand | None:
    match condition:
        case Comparison(_, _, right):
            return right
        case Elapsed(amount=amount):
            return amount
        case _:
            return None
