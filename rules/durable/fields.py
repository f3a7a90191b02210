"""A household's facts as the integers that durable-rules compares, and the comparisons themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import index
from typing import Any

from rules.durable.events import EventFields
from rules.durable.plan import LARGEST, EventPattern
from rules.language.event_tree import Pattern
from rules.language.model import Rulebook
from rules.language.tree import Comparison, Condition, FactValue, IsYes, Known, Literal, Operator, Value
from rules.meaning.reference import Household, trace
from smart_record.facts.terms.catalogue import Fact, FactType

_NEGATED: Mapping[Operator, Operator] = {
    Operator.EQUAL: Operator.NOT_EQUAL,
    Operator.NOT_EQUAL: Operator.EQUAL,
    Operator.LESS: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.MORE,
    Operator.MORE: Operator.AT_MOST,
    Operator.AT_LEAST: Operator.LESS,
}
_MIRRORED: Mapping[Operator, Operator] = {
    Operator.LESS: Operator.MORE,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.MORE: Operator.LESS,
    Operator.AT_LEAST: Operator.AT_MOST,
}
_DURABLE: Mapping[Operator, str] = {
    Operator.NOT_EQUAL: "$neq",
    Operator.LESS: "$lt",
    Operator.AT_MOST: "$lte",
    Operator.MORE: "$gt",
    Operator.AT_LEAST: "$gte",
}
_UNORDERED = {FactType.CHOICE, FactType.YES_NO}
_ELSEWHERE = -1
"""The place of a choice that the catalogue doesn't have: equal to none that a rule can name."""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A field compared with a constant; never holds where the field is not known."""

    field: str
    operator: Operator
    value: int

    @property
    def durable(self) -> Mapping[str, Any]:
        """The term in durable's form."""
        if self.operator is Operator.EQUAL:
            return {self.field: self.value}
        return {_DURABLE[self.operator]: {self.field: self.value}}


class Fields:
    """The fields that the terms of one plan read: facts as numbers, and what the reference settles.

    Args:
        rulebook: Whose catalogue, parameters and signals conditions name.
        as_of: The date on which the reference judges.
    """

    def __init__(self, rulebook: Rulebook, as_of: date) -> None:
        self._rulebook = rulebook
        self._as_of = as_of
        self._facts: dict[str, str] = {}
        self._settled: dict[Condition, str] = {}
        self._happened = EventFields(as_of)

    def term(self, condition: Condition, *, wanted: bool) -> Term:
        """A bound condition without parts as one comparison that holds when it is met, or known not to be."""
        direct = self._direct(condition)
        if direct is None:
            return self.settled(condition, wanted=wanted)
        return direct if wanted else Term(direct.field, _NEGATED[direct.operator], direct.value)

    def settled(self, condition: Condition, *, wanted: bool) -> Term:
        """A condition of any form as a yes/no field that the reference settles beforehand."""
        field = self._settled.setdefault(condition, f"x{len(self._settled)}")
        return Term(field, Operator.EQUAL, int(wanted))

    def happened(self, pattern: Pattern, *, wanted: bool) -> Term:
        """A bound condition on events as a field that the library's own joins settle."""
        return Term(self._happened.field(pattern), Operator.EQUAL, int(wanted))

    @property
    def patterns(self) -> Mapping[str, EventPattern]:
        """The conditions on events, by field."""
        return self._happened.patterns()

    def asked(self, known: Mapping[str, Known | None]) -> dict[str, Any]:
        """What is known of a household as `rules.durable.process.DurableProcess.fired` takes it.

        Args:
            known: Values of facts and histories of events by name; absent or None is not known.
        """
        events, otherwise, surely = self._happened.asked(known)
        message = self.message(known) | surely
        return {"message": message, "events": events, "otherwise": otherwise}

    def message(self, known: Mapping[str, Known | None]) -> dict[str, int]:
        """A household's known facts as integers by field."""
        catalogue = self._rulebook.catalogue
        household = Household(facts=known, rulebook=self._rulebook, as_of=self._as_of)
        message = {}
        for name, field in self._facts.items():
            if (value := household.fact(name)) is not None:
                message[field] = number_of(value, catalogue[name])
        for condition, field in self._settled.items():
            if (truth := trace(condition, household).truth) is not None:
                message[field] = int(truth)
        return message

    def _direct(self, condition: Condition) -> Term | None:
        match condition:
            case IsYes(FactValue(name)):
                return self._of_fact(name, Operator.EQUAL, value=True)
            case Comparison(operator, FactValue(name), Literal(value=value)):
                return self._of_fact(name, operator, value=value)
            case Comparison(operator, Literal(value=value), FactValue(name)):
                return self._of_fact(name, _MIRRORED.get(operator, operator), value=value)
            case _:
                return None

    def _of_fact(self, name: str, operator: Operator, *, value: Value) -> Term | None:
        """The comparison of a fact with a constant, unless its values are text or too large to be exact."""
        fact = self._rulebook.catalogue[name]
        if fact.type is FactType.TEXT or (fact.type in _UNORDERED and operator in _MIRRORED):
            return None
        number = number_of(value, fact)
        if abs(number) >= LARGEST or (number == _ELSEWHERE and fact.type is FactType.CHOICE):
            return None
        return Term(self._facts.setdefault(name, f"f{len(self._facts)}"), operator, number)


_PYTHON_TYPES: Mapping[FactType, type] = {
    FactType.MONEY: int,
    FactType.COUNT: int,
    FactType.DATE: date,
    FactType.YES_NO: bool,
    FactType.CHOICE: str,
    FactType.TEXT: str,
}


def number_of(value: Value, fact: Fact) -> int:
    """A value of a fact as an integer: a day number, the place of a choice, 1 or 0 for yes or no.

    Raises:
        TypeError: If the value is not of the fact's type: the library takes "5" for 5 and True for 1, and a
            float is never rounded.
    """
    if type(value) is not _PYTHON_TYPES[fact.type]:
        raise TypeError(f"{fact.name} is {fact.type}; {type(value).__name__} is no value of it")
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, str):
        return fact.choices.index(value) if value in fact.choices else _ELSEWHERE
    return index(value)
