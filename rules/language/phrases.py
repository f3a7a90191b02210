"""Conditions in plain English, from the meanings of their facts: for explanations, never for evaluation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rules.language.event_tree import EventName, Followed, Happened, Length
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
    PercentOf,
    Reached,
    Shifted,
    Sign,
    StageOrder,
)
from rules.language.wording import parameter_words
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.wording import describe

_COMPARED: Mapping[Operator, str] = {
    Operator.EQUAL: "is",
    Operator.NOT_EQUAL: "is not",
    Operator.LESS: "is less than",
    Operator.AT_MOST: "is at most",
    Operator.MORE: "is more than",
    Operator.AT_LEAST: "is at least",
}
_OF_DATES: Mapping[Operator, str] = {
    Operator.LESS: "is before",
    Operator.AT_MOST: "is on or before",
    Operator.MORE: "is after",
    Operator.AT_LEAST: "is on or after",
}
_LENGTHS: Mapping[Operator, str] = {
    Operator.EQUAL: "exactly",
    Operator.NOT_EQUAL: "not exactly",
    Operator.LESS: "less than",
    Operator.AT_MOST: "at most",
    Operator.MORE: "more than",
    Operator.AT_LEAST: "at least",
}
_STAGES: Mapping[StageOrder, str] = {
    StageOrder.BEFORE: "is before {}",
    StageOrder.AT_OR_BEFORE: "is {} or earlier",
    StageOrder.AT_OR_AFTER: "is {} or later",
    StageOrder.AFTER: "is later than {}",
}
_ONE = Literal(FactType.COUNT, 1)
_SIGNS: Mapping[Sign, str] = {Sign.PLUS: "plus", Sign.MINUS: "less", Sign.TIMES: "times"}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words for the conditions of a rulebook on a date."""

    rulebook: Rulebook
    as_of: date

    def of(self, condition: Condition) -> str:
        """The condition as a statement; of a joined one, how its parts are joined."""
        match condition:
            case AllOf():
                words = "all of these"
            case AnyOf():
                words = "any of these"
            case AtLeast(count, parts):
                words = f"at least {self._constant(count)} of these {len(parts)}"
            case Not(IsKnown(fact)):
                words = f"{self._fact(fact).meaning} is missing"
            case Not(part) if is_leaf(part):
                words = f"not: {self._leaf(part)}"
            case Not():
                words = "not so"
            case _:
                words = self._leaf(condition)
        return words

    def _leaf(self, condition: Condition) -> str:
        match condition:
            case Comparison():
                words = self._comparison(condition)
            case Elapsed():
                words = self._elapsed(condition)
            case OneOf(fact, options):
                shown = ", ".join(self._constant(option, self._fact(fact)) for option in options)
                words = f"{self._fact(fact).meaning} is {'one of ' if len(options) > 1 else ''}{shown}"
            case Reached(fact, order, stage):
                shown = self._constant(stage, self._fact(fact))
                words = f"{self._fact(fact).meaning} {_STAGES[order].format(shown)}"
            case IsKnown(fact):
                words = f"{self._fact(fact).meaning} is known"
            case IsYes(operand):
                words = self._switch(operand)
            case IsSignal(name):
                words = self.rulebook.signals[name].meaning
            case Happened():
                words = self._happened(condition)
            case Followed(first, then, within, lately):
                after = f"{self._length(within)} of it"
                words = f"{self._event(first)}, then {self._event(then)} within {after}{self._lately(lately)}"
            case _:
                raise AssertionError(condition)
        return words

    def _happened(self, condition: Happened) -> str:
        words = self._event(condition.event)
        if condition.count != _ONE:
            words += f", {self._number(condition.count)} times or more"
        if condition.within:
            words += f" within {self._length(condition.within)}"
        return words + self._lately(condition.lately)

    def _event(self, event: EventName) -> str:
        return self.rulebook.events[event.name].meaning

    def _lately(self, length: Length | None) -> str:
        return f", in the last {self._length(length)}" if length else ""

    def _length(self, length: Length) -> str:
        unit = "week" if length.per == 7 else "day"
        number = self._number(length.amount)
        return f"{number} {unit}{'' if number == '1' else 's'}"

    def _switch(self, operand: FactValue | Constant) -> str:
        if isinstance(operand, FactValue):
            return self._fact(operand).meaning
        name = operand.name.replace("_", " ") if isinstance(operand, ParameterValue) else "fixed"
        return f"{name}: {self._constant(operand)}"

    def _comparison(self, condition: Comparison) -> str:
        left, right = condition.left, condition.right
        fact = next((self._fact(each) for each in (left, right) if isinstance(each, FactValue)), None)
        words = {**_COMPARED, **(_OF_DATES if left.type is FactType.DATE else {})}
        return f"{self._operand(left, fact)} {words[condition.operator]} {self._operand(right, fact)}"

    def _elapsed(self, condition: Elapsed) -> str:
        unit = "week" if condition.per == 7 else "day"
        amount = self._operand(condition.amount)
        shown = amount if amount.endswith("s") else f"{amount} {unit}{'' if amount == '1' else 's'}"
        meaning = self._fact(condition.fact).meaning.removeprefix("when ")
        clock = "ago" if condition.clock is Clock.SINCE else "from now"
        return f"{meaning}: {_LENGTHS[condition.operator]} {shown} {clock}"

    def _operand(self, operand: Operand, beside: Fact | None = None) -> str:
        match operand:
            case FactValue():
                words = self._fact(operand).meaning
            case Literal() | ParameterValue():
                words = self._constant(operand, beside)
            case Arithmetic(sign, left, right):
                words = f"({self._operand(left)} {_SIGNS[sign]} {self._operand(right)})"
            case PercentOf(share, of):
                words = f"{self._share(share)} of {self._operand(of)}"
            case Shifted(moved, amount, per, back):
                unit, direction = "weeks" if per == 7 else "days", "before" if back else "after"
                words = (
                    f"{self._number(amount)} {unit} {direction} {self._operand(moved).removeprefix('when ')}"
                )
        return words

    def _constant(self, constant: Constant, beside: Fact | None = None) -> str:
        """A fixed value in words, as the fact beside it would say it."""
        if isinstance(constant, ParameterValue):
            return parameter_words(self.rulebook.parameters[constant.name], self.as_of)
        plain = Fact(name="", type=constant.type, meaning="", sources=(), purposes=frozenset())
        return describe(beside if beside and beside.type is constant.type else plain, constant.value)

    def _share(self, share: Fraction | ParameterValue) -> str:
        return f"{float(share * 100):g}%" if isinstance(share, Fraction) else f"{self._constant(share)}%"

    def _number(self, constant: Constant) -> str:
        if isinstance(constant, Literal):
            return str(constant.value)
        return str(self.rulebook.value_on(constant.name, self.as_of))

    def _fact(self, fact: FactValue) -> Fact:
        return self.rulebook.catalogue[fact.name]


def is_leaf(condition: Condition) -> bool:
    """Whether a condition reads facts itself and has no conditions below it."""
    return not isinstance(condition, AllOf | AnyOf | AtLeast | Not | IsSignal)
