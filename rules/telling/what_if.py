"""What would change a rule's answer for a household: single facts, each with the nearest value that does it.

Found by trial on the reference: values at and beside what the fact is compared with, the other answer of a
yes/no, the nearest other choice. A rule that only several facts together would change has none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from rules.language.model import Rule, Rulebook
from rules.language.tree import Comparison, Condition, FactValue, IsSignal, Known, Value, walk
from rules.language.vocabulary import Outcome
from rules.meaning.binding import bind
from rules.meaning.reference import Household, judge, value_of
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.wording import describe


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact that would change the answer by itself.

    Attributes:
        name: The fact.
        meaning: What it says.
        now: Its value in words.
        instead: The nearest value that changes the answer, in words.
        outcome: The answer then.
    """

    name: str
    meaning: str
    now: str
    instead: str
    outcome: Outcome

    @property
    def words(self) -> str:
        """As a sentence."""
        return f"{self.outcome.words} if {self.meaning}: {self.instead} (now {self.now})"


def what_would_change(
    rule: Rule, facts: Mapping[str, Known | None], *, rulebook: Rulebook, as_of: date
) -> tuple[Change, ...]:
    """The known facts that would each change a rule that is met or not met, in the order of their names.

    Args:
        rule: One of the rulebook's.
        facts: As for `judge`.
        rulebook: Holds the parameters, signals and catalogue.
        as_of: The date the facts were derived for.

    Raises:
        ParameterNotInForce: If the rule needs a parameter that has no value on that date.
    """
    outcome = judge(rule, facts, rulebook=rulebook, as_of=as_of).outcome
    if outcome is Outcome.NOT_KNOWN:
        return ()
    household = Household(facts=facts, rulebook=rulebook, as_of=as_of)
    compared = dict(_compared(rule.when, household))
    return tuple(
        change
        for name in sorted(rulebook.facts_behind(rule.when))
        if facts.get(name) is not None
        and (change := _change(name, rule, household, compared.get(name, ()), outcome)) is not None
    )


def _change(
    name: str, rule: Rule, household: Household, compared: tuple[int, ...], outcome: Outcome
) -> Change | None:
    fact, now = household.rulebook.catalogue[name], household.fact(name)
    assert now is not None
    for value in _nearest_first(fact, now, compared):
        tried = {**household.facts, name: value}
        then = judge(rule, tried, rulebook=household.rulebook, as_of=household.as_of).outcome
        if then not in {outcome, Outcome.NOT_KNOWN}:
            return Change(
                name=name,
                meaning=fact.meaning,
                now=describe(fact, now),
                instead=describe(fact, value),
                outcome=then,
            )
    return None


def _nearest_first(fact: Fact, now: Value, compared: tuple[int, ...]) -> Iterator[Value]:
    match fact.type:
        case FactType.YES_NO:
            yield not now
        case FactType.CHOICE if now in fact.choices:
            here = fact.choices.index(str(now))
            yield from sorted(
                (each for each in fact.choices if each != now),
                key=lambda each: (abs(fact.choices.index(each) - here), fact.choices.index(each)),
            )
        case FactType.MONEY | FactType.COUNT if isinstance(now, int):
            lowest = min(now, 0)  # a count or a debt below nothing is none, unless it is so already
            yield from (each for each in _by_distance(compared, now) if each >= lowest)
        case FactType.DATE if isinstance(now, date):
            yield from (date.fromordinal(each) for each in _by_distance(compared, now.toordinal()))
        case _:
            return


def _by_distance(compared: tuple[int, ...], now: int) -> list[int]:
    beside = {each + step for each in compared for step in (-1, 0, 1)} - {now}
    return sorted(beside, key=lambda each: (abs(each - now), each))


def _compared(condition: Condition, household: Household) -> Iterator[tuple[str, tuple[int, ...]]]:
    """By fact, the values that it is compared with, itself or through signals."""
    found: dict[str, set[int]] = {}
    for node in _conditions(condition, household):
        for fact, other in ((node.left, node.right), (node.right, node.left)):
            value = value_of(other, household) if isinstance(fact, FactValue) else None
            if isinstance(fact, FactValue) and isinstance(value, int | Fraction):
                found.setdefault(fact.name, set()).update({floor(value), ceil(value)})
    for name, values in found.items():
        yield name, tuple(sorted(values))


def _conditions(condition: Condition, household: Household) -> Iterator[Comparison]:
    for node in walk(bind(condition, household.rulebook, household.as_of)):
        if isinstance(node, Comparison):
            yield node
        elif isinstance(node, IsSignal):
            yield from _conditions(household.rulebook.signals[node.name].when, household)
