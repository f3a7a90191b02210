"""A loaded rulebook: what policy says, typed and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.errors import RuleNotFound
from rules.language.ladders import Ladder
from rules.language.parameters import Parameter, Place
from rules.language.template import Template
from rules.language.tree import (
    Condition,
    Known,
    Value,
    events_read,
    facts_read,
    parameters_read,
    signals_read,
)
from rules.language.vocabulary import Channel, Debt, InterventionClass, Outcome, RuleKind, Team
from smart_record.events import EVENT_CATALOGUE, Event
from smart_record.facts.terms.catalogue import Fact
from smart_record.purposes import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """What a council can do for a household; fields as in `interventions.yaml`.

    Attributes:
        costs: Money parameters whose values together are what one costs the council; () where nobody says.
    """

    id: str
    title: str
    measure: str
    tier: int
    team: Team
    intervention_class: InterventionClass
    about: Debt
    channel: Channel
    next_step: str
    within_days: int
    cool_off_days: int
    statutory: bool
    place: Place
    costs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A named yes/no conclusion that rules and later signals may use."""

    name: str
    meaning: str
    when: Condition
    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppresses:
    """What a hold holds back: interventions of these classes about these debts."""

    classes: frozenset[InterventionClass]
    about: frozenset[Debt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An example household beside its rule, and what the rule must say of it.

    Attributes:
        given: Known facts and events; one that is left out is not known.
        expect: The right outcome.
        as_of: The date it is judged on; the rule's first day where the file says none.
        bug: Why the rule doesn't say so yet; such a case must fail until it is put right.
        question: What is not settled about it.
        place: Where it is written.
    """

    given: Mapping[str, Known]
    expect: Outcome
    as_of: date
    bug: str
    question: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: who it is about, what it suggests or holds back, why, and on what authority.

    Attributes:
        id: Unique in the rulebook.
        intervention: Id of what it suggests; None for a hold.
        suppresses: What it holds back; None for a suggestion.
        priority: 1 same day, 2 this week, 3 this month, 4 routine.
        tier: The rule's own tier, else its intervention's; 0 for a hold.
        when: The typed condition; `text` is what the file says.
        because: Template of the reason shown to people.
        in_force_from: First day.
        in_force_until: Last day, or None.
        ruleset: Name of the rule set it came with; `version` and `owner` are that set's.
    """

    id: str
    title: str
    kind: RuleKind
    in_force_from: date
    in_force_until: date | None
    purpose: Purpose
    intervention: str | None
    suppresses: Suppresses | None
    priority: int
    tier: int
    when: Condition
    text: str
    because: Template
    source: str
    cases: tuple[Case, ...]
    ruleset: str
    version: str
    owner: str
    place: Place

    def is_in_force(self, as_of: date) -> bool:
        """Whether the rule applies on a date; both its first and its last day count."""
        return self.in_force_from <= as_of and (self.in_force_until is None or as_of <= self.in_force_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Everything that the files of one rules directory say.

    Attributes:
        rules: Sorted by id, in force or not.
        interventions: By id.
        parameters: By name.
        signals: By name, each after those it reads.
        ladders: By name.
        catalogue: The facts that conditions speak of.
        content_hash: SHA-256 of what the files hold, the same whatever their order or line endings.
        events: The events that conditions speak of.
    """

    rules: tuple[Rule, ...]
    interventions: Mapping[str, Intervention]
    parameters: Mapping[str, Parameter]
    signals: Mapping[str, Signal]
    catalogue: Mapping[str, Fact]
    content_hash: str
    events: Mapping[str, Event] = field(default_factory=lambda: EVENT_CATALOGUE)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)

    def in_force(self, as_of: date) -> tuple[Rule, ...]:
        """Rules that apply on a date, sorted by id."""
        return tuple(rule for rule in self.rules if rule.is_in_force(as_of))

    def rule(self, rule_id: str) -> Rule:
        """The rule of an id.

        Raises:
            RuleNotFound: If there is none.
        """
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        known = ", ".join(rule.id for rule in self.rules)
        raise RuleNotFound(f"No rule is called {rule_id}. The rulebook has {known}.")

    def value_on(self, name: str, as_of: date) -> Value:
        """The value of a parameter on a date, never merely the latest.

        Raises:
            ParameterNotInForce: If it has none then.
        """
        return self.parameters[name].dated_on(as_of).value

    def facts_behind(self, condition: Condition) -> frozenset[str]:
        """Facts that a condition reads, itself and through signals."""
        through = (self.facts_behind(self.signals[name].when) for name in signals_read(condition))
        return facts_read(condition).union(*through)

    def events_behind(self, condition: Condition) -> frozenset[str]:
        """Events that a condition reads, itself and through signals."""
        through = (self.events_behind(self.signals[name].when) for name in signals_read(condition))
        return events_read(condition).union(*through)

    def purposes_behind(self, rule: Rule) -> frozenset[Purpose]:
        """Purposes for which everything that a rule reads and says may be used."""
        read = self.facts_behind(rule.when).union(
            self.events_behind(rule.when), rule.because.facts, rule.because.events
        )
        return frozenset(Purpose).intersection(*(self.held(name).purposes for name in read))

    def held(self, name: str) -> Fact | Event:
        """The fact or event of a name."""
        return self.events[name] if name in self.events else self.catalogue[name]

    def meaning_of(self, name: str) -> str:
        """What a fact or event says, in words."""
        return self.held(name).meaning

    def parameters_behind(self, condition: Condition) -> frozenset[str]:
        """Parameters that a condition reads, itself and through signals."""
        through = (self.parameters_behind(self.signals[name].when) for name in signals_read(condition))
        return parameters_read(condition).union(*through)
