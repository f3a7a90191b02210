"""A rulebook on one date as a plan that durable-rules can run safely: flat conditions over integers.

What durable-rules may decide is "is this known integer more than that constant?" and which of such answers
hold together. So each condition is read as "is it met?" with every `not` pushed down to the comparisons:
met is then plain "and" and "or" over comparisons that never hold for a missing fact, which is Kleene's
meaning without a third value. Yes/no facts, choices (by their place in the catalogue), money, counts and
dates (as day numbers) compared with constants go in directly. All else (text, facts compared with facts,
arithmetic, `is known`) is settled by the reference beforehand and goes in as a yes/no field. Events go in as
facts with integer days, which the library joins; that a pattern of them is not met is then known where the
records leave no room for it.

Every "and" and "or" becomes a condition of its own over at most `MAX_TERMS` fields, whose name is a field
of the layers above. Signals chain in the same way, once for "met" and once for "not met".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import comb
from types import MappingProxyType
from typing import TypeAlias

from rules.durable.fields import Fields, Term
from rules.durable.plan import Condition as DurableCondition
from rules.durable.plan import Layer
from rules.language.event_tree import Followed, Happened
from rules.language.model import Rulebook
from rules.language.tree import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Condition,
    IsKnown,
    IsSignal,
    IsYes,
    Literal,
    Not,
    OneOf,
    Operator,
)
from rules.meaning.binding import bind

MAX_TERMS = 24
"""Of one condition: the library fails at about thirty."""
MAX_COMBINATIONS = 20
"""Up to which "at least 2 of 5" is written out; beyond, the reference settles it."""

_Met: TypeAlias = Term | bool
"""What must hold for a condition to come out as wanted: a term; True for nothing, False for it can't."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a worker runs, and how to speak with it.

    Attributes:
        layers: For `rules.durable.session.DurableSession`.
        fields: Turns a household's facts into the message of integers.
        rules: The rules that are met when a condition fires, by its name.
        always: Rules that every household meets, by constants alone.
    """

    layers: tuple[Layer, ...]
    fields: Fields
    rules: Mapping[str, tuple[str, ...]]
    always: frozenset[str]


def compile_plan(rulebook: Rulebook, *, as_of: date) -> Plan:
    """The plan of the rules in force on a date.

    Raises:
        ParameterNotInForce: If a rule needs a parameter that has no value then.
    """
    compiler = _Compiler(rulebook, as_of)
    rules: dict[str, tuple[str, ...]] = {}
    always = set()
    for rule in rulebook.in_force(as_of):
        met = compiler.met(bind(rule.when, rulebook, as_of), wanted=True)
        if met is True:
            always.add(rule.id)
        elif met is not False:
            name = compiler.network.named(met)
            rules[name] = (*rules.get(name, ()), rule.id)
    return Plan(
        layers=compiler.network.layers(),
        fields=compiler.fields,
        rules=MappingProxyType(rules),
        always=frozenset(always),
    )


class _Compiler:
    """Reads bound conditions into a network; equal conditions share one place in it."""

    def __init__(self, rulebook: Rulebook, as_of: date) -> None:
        self.fields = Fields(rulebook, as_of)
        self.network = _Network()
        self._rulebook = rulebook
        self._as_of = as_of
        self._signals: dict[tuple[str, bool], _Met] = {}

    def met(self, condition: Condition, *, wanted: bool) -> _Met:
        """When a condition is met; or, where that is `wanted`, when it is known not to be."""
        match condition:
            case Not(part):
                return self.met(part, wanted=not wanted)
            case AllOf(parts) | AnyOf(parts):
                return self._joined(parts, wanted=wanted, every=isinstance(condition, AllOf) is wanted)
            case AtLeast():
                return self._at_least(condition, wanted=wanted)
            case IsSignal(name):
                return self._signal(name, wanted=wanted)
            case _:
                return self._leaf(condition, wanted=wanted)

    def _leaf(self, condition: Condition, *, wanted: bool) -> _Met:
        match condition:
            case OneOf():
                return self._one_of(condition, wanted=wanted)
            case IsYes(Literal(value=value)):
                return bool(value) is wanted
            case Happened() | Followed():
                return self.fields.happened(condition, wanted=wanted)
            case _:
                return self.fields.term(condition, wanted=wanted)

    def _joined(self, parts: Iterable[Condition], *, wanted: bool, every: bool) -> _Met:
        return self.network.joined([self.met(part, wanted=wanted) for part in parts], every=every)

    def _at_least(self, condition: AtLeast, *, wanted: bool) -> _Met:
        """Met when some choice of that many parts is; not met when too few of them are left to be."""
        assert isinstance(condition.count, Literal)
        assert isinstance(condition.count.value, int)
        of, count = len(condition.parts), condition.count.value
        needed = max(count if wanted else of - count + 1, 0)
        if comb(of, needed) > MAX_COMBINATIONS:
            return self.fields.settled(condition, wanted=wanted)
        chosen = (
            self._joined(parts, wanted=wanted, every=True) for parts in combinations(condition.parts, needed)
        )
        return self.network.joined(list(chosen), every=False)

    def _one_of(self, condition: OneOf, *, wanted: bool) -> _Met:
        """Any of the options; or, to be known not to be one, known and none of them."""
        if not condition.options:
            return self.fields.term(IsKnown(condition.fact), wanted=True) if not wanted else False
        equals = [Comparison(Operator.EQUAL, condition.fact, option) for option in condition.options]
        return self._joined(equals, wanted=wanted, every=not wanted)

    def _signal(self, name: str, *, wanted: bool) -> _Met:
        key = (name, wanted)
        if key not in self._signals:
            when = bind(self._rulebook.signals[name].when, self._rulebook, self._as_of)
            self._signals[key] = self.met(when, wanted=wanted)
        return self._signals[key]


class _Network:
    """Named conditions in layers, none of them larger than the library can take."""

    def __init__(self) -> None:
        self._conditions: dict[str, DurableCondition] = {}
        self._levels: dict[str, int] = {}
        self._names: dict[tuple[bool, frozenset[Term]], str] = {}

    def joined(self, parts: Sequence[_Met], *, every: bool) -> _Met:
        """All of the parts (`every`), or any of them, as one term."""
        if (not every) in parts:
            return not every
        terms = frozenset(part for part in parts if not isinstance(part, bool))
        if len(terms) <= 1:
            return next(iter(terms), every)
        return self._fired(terms, every=every)

    def named(self, term: Term) -> str:
        """The name of a condition that fires when the term holds."""
        return term.field if term.field in self._conditions else self._name(frozenset({term}), every=True)

    def layers(self) -> tuple[Layer, ...]:
        """Every condition, in a layer after those it reads."""
        return tuple(
            {name: self._conditions[name] for name, at in self._levels.items() if at == level}
            for level in range(1, max(self._levels.values(), default=0) + 1)
        )

    def _fired(self, terms: frozenset[Term], *, every: bool) -> Term:
        ordered = sorted(terms)
        while len(ordered) > MAX_TERMS:
            groups = [ordered[at : at + MAX_TERMS] for at in range(0, len(ordered), MAX_TERMS)]
            ordered = [self._fired(frozenset(group), every=every) for group in groups]
        return Term(self._name(frozenset(ordered), every=every), Operator.EQUAL, 1)

    def _name(self, terms: frozenset[Term], *, every: bool) -> str:
        if (every, terms) not in self._names:
            name = self._names[every, terms] = f"d{len(self._names)}"
            parts = [term.durable for term in sorted(terms)]
            self._conditions[name] = parts[0] if len(parts) == 1 else {"$and" if every else "$or": parts}
            self._levels[name] = 1 + max(self._levels.get(term.field, 0) for term in terms)
        return self._names[every, terms]
