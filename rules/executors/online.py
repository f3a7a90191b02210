"""One household at once, while somebody waits: the reference's outcomes, from conditions made ready before.

Each condition becomes a Python function of the facts, bound to the date, once for a rulebook. Tests hold the
outcomes, and the facts to ask for, to `rules.meaning.reference`; the whole trace of a rule is that module's
to tell.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import TypeAlias

from rules.language.model import Rulebook
from rules.language.tree import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Condition,
    FactValue,
    IsKnown,
    IsSignal,
    IsYes,
    Known,
    Literal,
    Not,
    OneOf,
    facts_read,
    signals_read,
)
from rules.language.vocabulary import Outcome
from rules.meaning.binding import bind
from rules.meaning.reference import COMPARED, Household, Trace, at_least, facts_to_ask, trace

Facts: TypeAlias = Mapping[str, Known | None]
Truth: TypeAlias = Callable[[Facts], bool | None]

_OUTCOMES: Mapping[bool | None, Outcome] = {
    True: Outcome.MET,
    False: Outcome.NOT_MET,
    None: Outcome.NOT_KNOWN,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule says of one household; `missing` as in `reference.RuleOutcome`."""

    outcome: Outcome
    missing: tuple[str, ...]


def judge_all(rulebook: Rulebook, facts: Facts, *, as_of: date) -> dict[str, Judged]:
    """What each rule in force says of one household, by rule id, sorted.

    Args:
        rulebook: The rules.
        facts: As `reference.Household.facts`.
        as_of: The date the facts were derived for.

    Raises:
        ParameterNotInForce: If a rule needs a parameter that has no value on that date.
    """
    found = {}
    for rule_id, ready in _ready_rules(_Same(rulebook), as_of).items():
        truth = ready.truth(facts)
        missing = set[str]()
        if truth is None:
            ready.ask(facts, missing)
        found[rule_id] = Judged(_OUTCOMES[truth], tuple(sorted(missing)))
    return found


@dataclass(frozen=True, slots=True)
class _Ready:
    """A condition made ready: its truth, and where that is not known, the missing facts that could tell."""

    truth: Truth
    ask: Callable[[Facts, set[str]], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A rulebook as a key: the same only as itself."""

    rulebook: Rulebook

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.rulebook is self.rulebook

    def __hash__(self) -> int:
        return id(self.rulebook)


@lru_cache(maxsize=8)
def _ready_rules(same: _Same, as_of: date) -> Mapping[str, _Ready]:
    rulebook = same.rulebook
    signals: dict[str, _Ready] = {}
    for name, signal in rulebook.signals.items():
        if any(name in _signals_behind(rule.when, rulebook) for rule in rulebook.in_force(as_of)):
            signals[name] = _Making(rulebook, as_of, signals).ready(bind(signal.when, rulebook, as_of))
    making = _Making(rulebook, as_of, signals)
    return {rule.id: making.ready(bind(rule.when, rulebook, as_of)) for rule in rulebook.in_force(as_of)}


@dataclass(frozen=True, slots=True)
class _Making:
    rulebook: Rulebook
    as_of: date
    signals: Mapping[str, _Ready]

    def ready(self, condition: Condition) -> _Ready:
        match condition:
            case AllOf(parts):
                return _joined([self.ready(part) for part in parts], _all_of)
            case AnyOf(parts):
                return _joined([self.ready(part) for part in parts], _any_of)
            case AtLeast(Literal(value=int() as count), parts):
                return _joined([self.ready(part) for part in parts], partial(_at_least, count))
            case Not(part):
                return _joined([self.ready(part)], _not)
            case IsSignal(name):
                return self.signals[name]
            case _:
                return self._leaf(condition)

    def _leaf(self, condition: Condition) -> _Ready:
        truth = _plain(condition)
        return self._as_reference(condition) if truth is None else _Ready(truth, _asking(condition))

    def _as_reference(self, condition: Condition) -> _Ready:
        """Calculations, events and whatever else is rare are left to the reference."""

        def traced(facts: Facts) -> Trace:
            return trace(condition, Household(facts=facts, rulebook=self.rulebook, as_of=self.as_of))

        def ask(facts: Facts, missing: set[str]) -> None:
            missing.update(facts_to_ask(traced(facts)))

        return _Ready(lambda facts: traced(facts).truth, ask)


def _asking(condition: Condition) -> Callable[[Facts, set[str]], None]:
    names = facts_read(condition)
    return lambda facts, missing: missing.update(name for name in names if facts.get(name) is None)


def _plain(condition: Condition) -> Truth | None:
    """The truth of a condition that looks at one fact; None for others."""
    match condition:
        case Comparison(operator, FactValue(name), Literal(value=value)):
            compared = COMPARED[operator]
            return lambda facts: None if (known := facts.get(name)) is None else compared(known, value)
        case OneOf(FactValue(name), options) if all(isinstance(each, Literal) for each in options):
            values = frozenset(each.value for each in options if isinstance(each, Literal))
            return lambda facts: None if (known := facts.get(name)) is None else known in values
        case IsKnown(FactValue(name)):
            return lambda facts: facts.get(name) is not None
        case IsYes(FactValue(name)):
            return lambda facts: None if (known := facts.get(name)) is None else bool(known)
        case _:
            return None


def _joined(parts: list[_Ready], join: Callable[[list[Truth], Facts], bool | None]) -> _Ready:
    truths = [part.truth for part in parts]

    def ask(facts: Facts, missing: set[str]) -> None:
        for part in parts:
            if part.truth(facts) is None:
                part.ask(facts, missing)

    return _Ready(partial(join, truths), ask)


def _all_of(truths: list[Truth], facts: Facts) -> bool | None:
    found: bool | None = True
    for truth in truths:
        answer = truth(facts)
        if answer is False:
            return False
        if answer is None:
            found = None
    return found


def _any_of(truths: list[Truth], facts: Facts) -> bool | None:
    found: bool | None = False
    for truth in truths:
        answer = truth(facts)
        if answer:
            return True
        if answer is None:
            found = None
    return found


def _at_least(count: int, truths: list[Truth], facts: Facts) -> bool | None:
    return at_least(count, [truth(facts) for truth in truths])


def _not(truths: list[Truth], facts: Facts) -> bool | None:
    answer = truths[0](facts)
    return None if answer is None else not answer


def _signals_behind(condition: Condition, rulebook: Rulebook) -> frozenset[str]:
    read = signals_read(condition)
    return read.union(*(_signals_behind(rulebook.signals[name].when, rulebook) for name in read))
