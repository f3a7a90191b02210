"""Values that two neighbouring rules leave out: "below £300" and "above £300" forget £300 itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from rules.checking.checks import Finding
from rules.language.model import Rulebook
from rules.language.tree import Comparison, Condition, FactValue, Literal, Operator, Value
from rules.meaning.binding import bind
from rules.proofs.pairs import Proven
from rules.proofs.rules import conjuncts
from rules.proofs.solver import Prover
from rules.proofs.wording import household_words
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.wording import describe

_THIN = {FactType.MONEY: 99, FactType.COUNT: 1, FactType.DATE: 1}
"""The widest gap that nobody can have meant: less than a pound, one count, one day."""

_NO_END = 10**15

_FLIPPED = {
    Operator.LESS: Operator.MORE,
    Operator.MORE: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.EQUAL: Operator.EQUAL,
}


@dataclass(frozen=True, slots=True)
class _Bounded:
    """A rule for one of its facts: the range it asks of the fact, and all else that it asks."""

    rule: Proven
    fact: str
    first: int
    last: int
    rest: tuple[Condition, ...]


def prove_gaps(prover: Prover, group: Sequence[Proven], rulebook: Rulebook, as_of: date) -> Iterator[Finding]:
    """Gaps between the rules that lead to one intervention.

    Two rules are neighbours where they ask the same but for the range of one fact; or where hardly anything
    lies between their ranges, whatever else they ask. Only a gap that no rule of the group fills is told.

    Raises:
        Undecided: If the prover gives up.
    """
    bounded = [each for proven in group for each in _ranges(proven, rulebook, as_of)]
    for one, other in combinations(bounded, 2):
        lower, upper = sorted((one, other), key=lambda each: (each.first, each.last))
        apart = one.fact == other.fact and one.rule is not other.rule and lower.last + 1 < upper.first
        if (
            apart
            and _neighbours(lower, upper, rulebook.catalogue[one.fact])
            and not _between(lower, upper, bounded)
        ):
            yield from _gap(prover, (lower, upper), group, rulebook, as_of)


def _neighbours(lower: _Bounded, upper: _Bounded, fact: Fact) -> bool:
    thin = upper.first - lower.last - 1 <= _THIN[fact.type]
    return thin or frozenset(lower.rest) == frozenset(upper.rest)


def _between(lower: _Bounded, upper: _Bounded, bounded: Sequence[_Bounded]) -> bool:
    """Whether a third rule that asks the same stands between two; the gaps are beside it then."""
    return any(
        each.fact == lower.fact
        and lower.last < each.first
        and each.last < upper.first
        and frozenset(each.rest) == frozenset(lower.rest) == frozenset(upper.rest)
        for each in bounded
    )


def _gap(
    prover: Prover,
    between: tuple[_Bounded, _Bounded],
    group: Sequence[Proven],
    rulebook: Rulebook,
    as_of: date,
) -> Iterator[Finding]:
    lower, upper = between
    fact = rulebook.catalogue[lower.fact]
    first, last = (_as_value(each, fact) for each in (lower.last + 1, upper.first - 1))
    goals = [
        *(prover.truth(each, rulebook, as_of).met for each in (*lower.rest, *upper.rest)),
        *(each.truth.not_met for each in group),
        prover.value_lies(fact.name, lower.last + 1, upper.first - 1),
    ]
    names = frozenset[str]().union(*(each.names for each in group))
    household = prover.example(goals, names, as_of=as_of)
    if household is None:
        return
    where = describe(fact, first) if first == last else f"{describe(fact, first)} to {describe(fact, last)}"
    lower_id, rule = lower.rule.rule.id, upper.rule.rule
    message = (
        f"leaves a gap beside {lower_id} ({lower.rule.rule.place.file} line {lower.rule.rule.place.line}): "
        f"neither is met for {fact.name} {where} "
        f"(example: {household_words(household, rulebook.catalogue)})"
    )
    yield Finding(rule.place, ("rule", rule.id), message)


def _ranges(proven: Proven, rulebook: Rulebook, as_of: date) -> Iterator[_Bounded]:
    """Each fact that the rule compares with fixed values only, with its range."""
    parts = conjuncts(bind(proven.rule.when, rulebook, as_of))
    bounds = {id(part): bound for part in parts if (bound := _bound(part))}
    for fact in sorted({name for name, _, _ in bounds.values()}):
        own = [bound for bound in bounds.values() if bound[0] == fact]
        rest = tuple(part for part in parts if id(part) not in bounds or bounds[id(part)][0] != fact)
        first, last = max(low for _, low, _ in own), min(high for _, _, high in own)
        if first <= last:
            yield _Bounded(proven, fact, first, last, rest)


def _bound(part: Condition) -> tuple[str, int, int] | None:
    """The fact and the range of a comparison with a fixed number or date."""
    match part:
        case Comparison(operator, FactValue(name), Literal(value=value)):
            pass
        case Comparison(operator, Literal(value=value), FactValue(name)) if operator in _FLIPPED:
            operator = _FLIPPED[operator]
        case _:
            return None
    number = value.toordinal() if isinstance(value, date) else value
    if operator not in _FLIPPED or not isinstance(number, int) or isinstance(number, bool):
        return None
    ranges = {
        Operator.LESS: (-_NO_END, number - 1),
        Operator.AT_MOST: (-_NO_END, number),
        Operator.MORE: (number + 1, _NO_END),
        Operator.AT_LEAST: (number, _NO_END),
        Operator.EQUAL: (number, number),
    }
    return (name, *ranges[operator])


def _as_value(number: int, fact: Fact) -> Value:
    if fact.type is FactType.DATE:
        return date.min + timedelta(days=number - 1)
    return number
