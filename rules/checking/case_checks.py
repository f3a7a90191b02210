"""The example households beside a rule: do they come out as they expect, and do they show enough?"""

from collections.abc import Iterator
from typing import TypeAlias

from rules.errors import ParameterNotInForce, Severity
from rules.language.event_tree import Followed, Happened
from rules.language.model import Case, Rule, Rulebook
from rules.language.parameters import Place
from rules.language.tree import Comparison, Condition, IsSignal, walk
from rules.language.vocabulary import Outcome
from rules.meaning.binding import bind
from rules.meaning.patterns import on_edge
from rules.meaning.reference import Household, RuleOutcome, Trace, judge, value_of

_NO_BOUNDARY = (
    "no case lies on a boundary or leaves out a fact; add one at the threshold, or one that expects not known"
)

Told: TypeAlias = tuple[Place, str, Severity]


def check_cases(rule: Rule, rulebook: Rulebook, *, shared: bool = False) -> Iterator[Told]:
    """What is wrong with, or missing from, the cases of a rule.

    Args:
        rule: The rule.
        rulebook: Holds what it names.
        shared: Whether its cases are those of a table, and give what only other rows read.
    """
    read = rulebook.facts_behind(rule.when) | rulebook.events_behind(rule.when)
    read |= {*rule.because.facts, *rule.because.events}
    for case in rule.cases:
        yield from _check_case(case, rule, rulebook)
        for name in () if shared else sorted(case.given.keys() - read):
            yield case.place, f"the case gives {name}, which the rule does not read", Severity.NOTE
    yield from _coverage(rule, rulebook)


def _check_case(case: Case, rule: Rule, rulebook: Rulebook) -> Iterator[Told]:
    if case.question:
        yield case.place, f"open question: {case.question}", Severity.NOTE
    try:
        judged = judge(rule, case.given, rulebook=rulebook, as_of=case.as_of)
    except ParameterNotInForce as error:
        yield case.place, f"the case can't be judged: {error}", Severity.FAULT
        return
    right = judged.outcome is case.expect
    if case.bug and right:
        yield case.place, "the case comes out right now; take out its `bug`", Severity.FAULT
    elif case.bug:
        yield case.place, f"known fault of the rule: {case.bug}", Severity.NOTE
    elif not right:
        yield case.place, _disappointed(case, judged, rule), Severity.FAULT


def _disappointed(case: Case, judged: RuleOutcome, rule: Rule) -> str:
    why = ""
    if judged.outcome is Outcome.NOT_KNOWN:
        why = f": {', '.join(judged.missing)} {'is' if len(judged.missing) == 1 else 'are'} not given"
    elif judged.outcome is Outcome.NOT_MET:
        why = f": `{_text_of(_first_unmet(judged.trace), rule)}` is not met"
    return f"the case expects {case.expect.words} but comes out {judged.outcome.words}{why}"


def _first_unmet(found: Trace) -> Condition:
    """The first part of a joined condition that is not met, else the condition itself."""
    unmet = next((part for part in found.parts if part.truth is False), None)
    inside = isinstance(found.condition, IsSignal) or unmet is None
    return found.condition if inside or unmet is None else _first_unmet(unmet)


def _text_of(condition: Condition, rule: Rule) -> str:
    return " ".join(rule.text[condition.span.start : condition.span.end].split())


def _coverage(rule: Rule, rulebook: Rulebook) -> Iterator[Told]:
    shown = {case.expect for case in rule.cases}
    for outcome in (Outcome.MET, Outcome.NOT_MET):
        if outcome not in shown:
            yield rule.place, f"no case shows a household for which it is {outcome.words}", Severity.FAULT
    if Outcome.NOT_KNOWN not in shown and not any(_on_boundary(case, rule, rulebook) for case in rule.cases):
        yield rule.place, _NO_BOUNDARY, Severity.FAULT


def _on_boundary(case: Case, rule: Rule, rulebook: Rulebook) -> bool:
    """Whether a case has a value at, or one step from, the value it is compared with.

    Of an event, whether it lies on the last day of a window or a day beyond.
    """
    try:
        bound = [bind(each, rulebook, case.as_of) for each in _with_signals(rule.when, rulebook)]
    except ParameterNotInForce:
        return False
    household = Household(facts=case.given, rulebook=rulebook, as_of=case.as_of)
    nodes = [node for each in bound for node in walk(each)]
    patterns = [node for node in nodes if isinstance(node, Happened | Followed)]
    if any(on_edge(pattern, case.given, case.as_of) for pattern in patterns):
        return True
    for node in (node for node in nodes if isinstance(node, Comparison)):
        left, right = value_of(node.left, household), value_of(node.right, household)
        numbers = not isinstance(left, str | None) and not isinstance(right, str | None)
        if numbers and abs(left - right) <= 1:  # type: ignore[operator]
            return True
    return False


def _with_signals(condition: Condition, rulebook: Rulebook) -> Iterator[Condition]:
    yield condition
    for node in walk(condition):
        if isinstance(node, IsSignal):
            yield from _with_signals(rulebook.signals[node.name].when, rulebook)
