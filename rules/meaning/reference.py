"""What a rule means, in plain Python for one household: every executor is held to this.

Strong Kleene logic: a condition that needs a fact which is not known is itself not known, unless the known
facts settle it whatever the missing ones are. Written to be read, not to be fast.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules.language.event_tree import Followed, Happened, Pattern
from rules.language.model import Rule, Rulebook
from rules.language.tree import (
    AllOf,
    AnyOf,
    Arithmetic,
    AtLeast,
    Clock,
    Comparison,
    Condition,
    Elapsed,
    FactValue,
    IsKnown,
    IsSignal,
    IsYes,
    Known,
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
    Value,
    facts_read,
)
from rules.language.vocabulary import Outcome
from rules.meaning.patterns import Told, settled, told, truth_of_pattern, unheard
from smart_record.events import History

COMPARED: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUAL: operator.eq,
    Operator.NOT_EQUAL: operator.ne,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
}
_CALCULATED: Mapping[Sign, Callable[[Any, Any], Any]] = {
    Sign.PLUS: operator.add,
    Sign.MINUS: operator.sub,
    Sign.TIMES: operator.mul,
}
_ORDERED: Mapping[StageOrder, Callable[[int, int], bool]] = {
    StageOrder.BEFORE: operator.lt,
    StageOrder.AT_OR_BEFORE: operator.le,
    StageOrder.AT_OR_AFTER: operator.ge,
    StageOrder.AFTER: operator.gt,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """What is known about one household on a date, and the rulebook it is read by.

    Attributes:
        facts: Known values by fact name, and histories by event name; one that is absent or None is not
            known.
        rulebook: Holds the parameters and signals that conditions name.
        as_of: The date we stand on.
    """

    facts: Mapping[str, Known | None]
    rulebook: Rulebook
    as_of: date

    def fact(self, name: str) -> Value | None:
        """The value of a fact, None where it is not known."""
        value = self.facts.get(name)
        assert not isinstance(value, History), name  # facts and events have names of their own
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """How one condition came out, with the facts it read and the conditions below it.

    Attributes:
        condition: What was asked.
        truth: True, False, or None for not known.
        facts: Values of the facts that the condition reads itself; None is not known.
        parts: Traces of the conditions below; for a signal, that of its own condition.
        events: Of a condition on events, those that meet it; where it is not met, all that it looked at.
        unheard: Its events that are not known for all of the days it looks at.
    """

    condition: Condition
    truth: bool | None
    facts: Mapping[str, Value | None]
    parts: tuple["Trace", ...] = ()
    events: tuple[Told, ...] = ()
    unheard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOutcome:
    """What a rule says of one household.

    Attributes:
        rule_id: The rule.
        outcome: Met, not met or not known.
        trace: Why.
        missing: Facts and events that are not known and that could settle it, sorted; empty unless it is
            not known.
    """

    rule_id: str
    outcome: Outcome
    trace: Trace
    missing: tuple[str, ...]


def judge(rule: Rule, facts: Mapping[str, Known | None], *, rulebook: Rulebook, as_of: date) -> RuleOutcome:
    """What a rule says of one household, in force or not.

    Args:
        rule: One of the rulebook's.
        facts: As `Household.facts`.
        rulebook: Holds the parameters and signals that the rule names.
        as_of: The date the facts were derived for.

    Raises:
        ParameterNotInForce: If the rule needs a parameter that has no value on that date.
    """
    found = trace(rule.when, Household(facts=facts, rulebook=rulebook, as_of=as_of))
    outcome = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.NOT_KNOWN}[found.truth]
    missing = tuple(sorted(facts_to_ask(found)))
    return RuleOutcome(rule_id=rule.id, outcome=outcome, trace=found, missing=missing)


def facts_to_ask(found: Trace) -> frozenset[str]:
    """Missing facts and events that could settle a condition that is not known; none where it is settled."""
    if found.truth is not None:
        return frozenset()
    own = frozenset(name for name, value in found.facts.items() if value is None).union(found.unheard)
    return own.union(*(facts_to_ask(part) for part in found.parts))


def trace(condition: Condition, household: Household) -> Trace:
    """The truth of a condition for a household, and why."""
    if isinstance(condition, Happened | Followed):
        return _of_events(condition, household)
    parts = tuple(trace(part, household) for part in _below(condition, household))
    known = {} if parts else {name: household.fact(name) for name in sorted(facts_read(condition))}
    truth = (
        _combined(condition, [part.truth for part in parts], household)
        if parts
        else _own(condition, household)
    )
    return Trace(condition=condition, truth=truth, facts=known, parts=parts)


def _of_events(condition: Pattern, household: Household) -> Trace:
    pattern = settled(condition, lambda constant: int(_known(constant, household)))
    asked = (household.facts, household.as_of)
    return Trace(
        condition=condition,
        truth=truth_of_pattern(pattern, *asked),
        facts={},
        events=told(pattern, *asked),
        unheard=unheard(pattern, *asked),
    )


def _below(condition: Condition, household: Household) -> tuple[Condition, ...]:
    match condition:
        case AllOf(parts) | AnyOf(parts) | AtLeast(parts=parts):
            return parts
        case Not(part):
            return (part,)
        case IsSignal(name):
            return (household.rulebook.signals[name].when,)
        case _:
            return ()


def _combined(condition: Condition, truths: list[bool | None], household: Household) -> bool | None:
    """The truth of a condition made of others."""
    match condition:
        case AllOf():
            return all_of(truths)
        case AnyOf():
            return any_of(truths)
        case AtLeast(count):
            return at_least(int(_known(count, household)), truths)
        case Not():
            return None if truths[0] is None else not truths[0]
        case _:
            return truths[0]


def all_of(truths: Iterable[bool | None]) -> bool | None:
    """False if any is; else not known if any is not; else True."""
    found = set(truths)
    return False if False in found else None if None in found else True


def any_of(truths: Iterable[bool | None]) -> bool | None:
    """True if any is; else not known if any is not; else False."""
    found = set(truths)
    return True if True in found else None if None in found else False


def at_least(count: int, truths: list[bool | None]) -> bool | None:
    """True once enough are; False once too few can be; else not known."""
    certain, open_ = truths.count(True), truths.count(None)
    return True if certain >= count else False if certain + open_ < count else None


def _own(condition: Condition, household: Household) -> bool | None:
    """The truth of a condition that reads facts itself; not known if one it needs is missing."""
    if isinstance(condition, IsKnown):
        return value_of(condition.fact, household) is not None
    if any(household.facts.get(name) is None for name in facts_read(condition)):
        return None
    return _of_known_facts(condition, household)


def _of_known_facts(condition: Condition, household: Household) -> bool:
    match condition:
        case Comparison(compared, left, right):
            return COMPARED[compared](_known(left, household), _known(right, household))
        case IsYes(operand):
            return bool(_known(operand, household))
        case OneOf(fact, options):
            return _known(fact, household) in [_known(option, household) for option in options]
        case Reached(fact, order, stage, stages):
            here, there = (stages.index(_known(each, household)) for each in (fact, stage))
            return _ORDERED[order](here, there)
        case Elapsed():
            return _elapsed(condition, household)
        case _:
            raise AssertionError(condition)


def _elapsed(condition: Elapsed, household: Household) -> bool:
    days = household.as_of.toordinal() - _known(condition.fact, household)
    if condition.clock is Clock.UNTIL:
        days = -days
    if days < 0:
        return False
    return COMPARED[condition.operator](days // condition.per, _known(condition.amount, household))


def _known(operand: Operand, household: Household) -> Any:
    value = value_of(operand, household)
    assert value is not None
    return value


def value_of(operand: Operand, household: Household) -> Fraction | int | str | bool | None:
    """The value of an operand, exact; None if it is not known. A date is its day number."""
    match operand:
        case Literal(value=value):
            return _as_number(value)
        case FactValue(name):
            return _as_number(household.fact(name))
        case ParameterValue(name):
            return _as_number(household.rulebook.value_on(name, household.as_of))
        case _:
            return _calculated(operand, household)


def _calculated(operand: Arithmetic | PercentOf | Shifted, household: Household) -> Fraction | int | None:
    if any(household.facts.get(name) is None for name in facts_read(operand)):
        return None
    match operand:
        case Arithmetic(sign, left, right):
            result: Fraction | int = _CALCULATED[sign](_known(left, household), _known(right, household))
            return result
        case PercentOf(share, of):
            part = share if isinstance(share, Fraction) else Fraction(_known(share, household), 100)
            return part * Fraction(_known(of, household))
        case Shifted(moved, amount, per, back):
            days = int(_known(amount, household)) * per
            return int(_known(moved, household)) + (-days if back else days)


def _as_number(value: Value | None) -> int | str | bool | None:
    return value.toordinal() if isinstance(value, date) else value
