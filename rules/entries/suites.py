"""Suites: published cases that any rulebook can be run through, whatever its rules are called.

A case is one household over several nights, with what the council knew by each. It asks that something be
held back, or suggested, or not suggested, in the words that all rulebooks share: classes of intervention,
debts, measures of the toolbox. Such a case may be a decision of the Ombudsman, or a council's own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.errors import ParameterNotInForce
from rules.language.model import Rule, Rulebook
from rules.language.parameters import Place
from rules.language.tree import Known
from rules.language.vocabulary import Debt, InterventionClass, Outcome
from rules.meaning.reference import RuleOutcome, judge

Given = Mapping[str, Known]
"""Facts and histories of events by name; what is left out is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Interventions of a class about a debt."""

    intervention_class: InterventionClass
    about: Debt

    @property
    def words(self) -> str:
        """As a sentence needs it: "recovery of council tax"."""
        thing = str(self.intervention_class).replace("_", " ")
        return f"{thing} of {str(self.about).replace('_', ' ')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One night of a case.

    Attributes:
        happens: What has happened by then, in words.
        given: Everything known by then, earlier steps included; what is left out is not known.
        must_hold: Kinds that some hold must stop.
        must_suggest: Sets of measures; of each set at least one must be suggested and not stopped.
        must_not_suggest: Kinds of which nothing may be suggested and left standing.
    """

    as_of: date
    happens: str
    given: Given
    must_hold: tuple[Kind, ...]
    must_suggest: tuple[tuple[str, ...], ...]
    must_not_suggest: tuple[Kind, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteCase:
    """One case.

    Attributes:
        decision: The decision or other source that it rests on; `link` is where to read it.
        fault: What went wrong there.
    """

    id: str
    title: str
    decision: str
    link: str
    fault: str
    steps: tuple[Step, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Cases that belong together."""

    name: str
    title: str
    cases: tuple[SuiteCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing that a step asks of the rulebook, and whether it does it.

    Attributes:
        asked: In words.
        done: Whether the rulebook does it.
        by: The rules that do it, by id.
        near: What comes close, in words, where it is not done.
    """

    asked: str
    done: bool
    by: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What a rulebook does on one night of a case."""

    step: Step
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What a rulebook does over a case."""

    case: SuiteCase
    steps: tuple[StepResult, ...]

    @property
    def passes(self) -> bool:
        """Whether every demand of every night is met."""
        return all(demand.done for step in self.steps for demand in step.demands)

    def lines(self) -> Iterator[str]:
        """The result in plain English, for a policy lead."""
        yield f"{'pass' if self.passes else 'FAIL'}: {self.case.id}, {self.case.title} [{self.case.decision}]"
        for result in self.steps:
            yield f"  {result.step.as_of:%-d %B %Y}: {result.step.happens}"
            for demand in result.demands:
                told = f"yes, by {', '.join(demand.by)}" if demand.by else "yes"
                yield f"    {demand.asked}: {told if demand.done else 'NO'}"
                if not demand.done:
                    yield from (f"      {each}" for each in demand.near)
        if not self.passes:
            yield f"  What went wrong there: {self.case.fault} Read it: {self.case.link}"


def run_suite(suite: Suite, rulebook: Rulebook) -> tuple[CaseResult, ...]:
    """Run a rulebook through the cases of a suite, each rule by its reference meaning."""
    return tuple(
        CaseResult(case=case, steps=tuple(_run_step(step, rulebook) for step in case.steps))
        for case in suite.cases
    )


def _run_step(step: Step, rulebook: Rulebook) -> StepResult:
    judged = dict(_judged(step, rulebook))
    demands = [
        *(_held(kind, judged, rulebook) for kind in step.must_hold),
        *(_suggested(measures, judged, rulebook) for measures in step.must_suggest),
        *(_not_suggested(kind, judged, rulebook) for kind in step.must_not_suggest),
    ]
    return StepResult(step=step, demands=tuple(demands))


def _judged(step: Step, rulebook: Rulebook) -> Iterator[tuple[str, RuleOutcome]]:
    for rule in rulebook.in_force(step.as_of):
        try:
            yield rule.id, judge(rule, step.given, rulebook=rulebook, as_of=step.as_of)
        except ParameterNotInForce:
            continue  # `check` tells of it; the rule says nothing on that night


Judged = Mapping[str, RuleOutcome]


def _met(rule: Rule, judged: Judged) -> bool:
    return rule.id in judged and judged[rule.id].outcome is Outcome.MET


def _holds_on(kind: Kind, rulebook: Rulebook) -> list[Rule]:
    """The holds that would stop a kind, if met."""
    return [
        rule
        for rule in rulebook.rules
        if rule.suppresses is not None
        and kind.intervention_class in rule.suppresses.classes
        and _same_debt(kind.about, rule.suppresses.about)
    ]


def _same_debt(about: Debt, others: frozenset[Debt]) -> bool:
    return about in others or (about is not Debt.NONE and Debt.ALL in others)


def _held(kind: Kind, judged: Judged, rulebook: Rulebook) -> Demand:
    holds = _holds_on(kind, rulebook)
    by = tuple(rule.id for rule in holds if _met(rule, judged))
    near = [*_waiting(holds, judged)]
    if not holds:
        near = [f"no hold in the rulebook is about {kind.words}"]
    elif not near:
        near = [f"not met: {', '.join(rule.id for rule in holds)}"]
    return Demand(asked=f"{kind.words} is held", done=bool(by), by=by, near=tuple(near))


def _suggested(measures: tuple[str, ...], judged: Judged, rulebook: Rulebook) -> Demand:
    leading = [
        rule
        for rule in rulebook.rules
        if rule.intervention is not None and rulebook.interventions[rule.intervention].measure in measures
    ]
    met = [rule for rule in leading if _met(rule, judged)]
    by = tuple(rule.id for rule in met if not _stopped(rule, judged, rulebook))
    near = [*_waiting(leading, judged)]
    near += [f"{rule.id} suggests it, but is stopped by {_stopped(rule, judged, rulebook)}" for rule in met]
    if not leading:
        near = [f"no rule leads to {' or '.join(measures)}"]
    asked = f"somebody is to act ({' or '.join(measures)})"
    return Demand(asked=asked, done=bool(by), by=by, near=tuple(near))


def _not_suggested(kind: Kind, judged: Judged, rulebook: Rulebook) -> Demand:
    against = [
        rule
        for rule in rulebook.rules
        if rule.intervention is not None
        and rulebook.interventions[rule.intervention].intervention_class is kind.intervention_class
        and _same_debt(kind.about, frozenset({rulebook.interventions[rule.intervention].about}))
        and _met(rule, judged)
        and not _stopped(rule, judged, rulebook)
    ]
    near = tuple(f"{rule.id} suggests {rule.intervention} and nothing stops it" for rule in against)
    return Demand(asked=f"no {kind.words} is suggested", done=not against, near=near)


def _stopped(rule: Rule, judged: Judged, rulebook: Rulebook) -> str:
    """The first hold that stops what a rule suggests, or ""."""
    assert rule.intervention is not None
    named = rulebook.interventions[rule.intervention]
    kind = Kind(intervention_class=named.intervention_class, about=named.about)
    holds = _holds_on(kind, rulebook)
    if named.about is Debt.ALL:
        holds = [each for each in rulebook.rules if _of_class(each, named.intervention_class)]
    return next((hold.id for hold in holds if _met(hold, judged)), "")


def _of_class(rule: Rule, wanted: InterventionClass) -> bool:
    held = rule.suppresses
    return held is not None and wanted in held.classes and bool(held.about - {Debt.NONE})


def _waiting(rules: list[Rule], judged: Judged) -> Iterator[str]:
    """Rules that are not known, with what they would have to know."""
    for rule in rules:
        if rule.id in judged and judged[rule.id].outcome is Outcome.NOT_KNOWN:
            yield f"{rule.id} is not known: the case does not tell {', '.join(judged[rule.id].missing)}"
