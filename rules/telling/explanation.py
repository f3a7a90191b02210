"""One household and one rule, explained: what was asked, what was known, what came out, what to ask next."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rules.language.model import Rule, Rulebook
from rules.language.phrases import Phrases, is_leaf
from rules.language.tree import Known, Not
from rules.language.vocabulary import Outcome
from rules.language.wording import reason_for
from rules.meaning.patterns import Told
from rules.meaning.reference import Trace, judge
from rules.telling.what_if import Change, what_would_change
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.wording import describe

_MOST_EVENTS = 12
"""Of one condition, the last ones, that an explanation shows."""

OUTCOME_OF: Mapping[bool | None, Outcome] = {
    True: Outcome.MET,
    False: Outcome.NOT_MET,
    None: Outcome.NOT_KNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactShown:
    """A fact that a condition read, with its value in words."""

    name: str
    meaning: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """An event that a condition looked at, and the record that tells of it.

    Attributes:
        name: The event.
        meaning: What happened.
        on: The day, in words.
        source: Source of the record, as in links; "" where a person said it.
        record_ref: That record's key.
    """

    name: str
    meaning: str
    on: str
    source: str
    record_ref: str

    @property
    def words(self) -> str:
        """The day and the record."""
        told = f"{self.source.replace('_', ' ')} {self.record_ref}".strip()
        return f"{self.on} ({told})" if told else self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionExplained:
    """One condition in plain English, how it came out, and what is below it.

    `events` are those that meet a condition on events; where none do, the last that it looked at.
    """

    words: str
    outcome: Outcome
    facts: tuple[FactShown, ...]
    events: tuple[EventShown, ...]
    parts: tuple["ConditionExplained", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the rule would say if a missing fact were known to have a value."""

    value: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class FactToAsk:
    """A missing fact or event that could settle the rule.

    Attributes:
        name: The fact, or the event whose days are not all known.
        meaning: What it says.
        answers: For yes/no facts and choices, what each answer would lead to; else empty.
    """

    name: str
    meaning: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExplained:
    """A rule's outcome for one household, ready for a page, a letter or JSON.

    Attributes:
        rule_id: The rule.
        title: Its title.
        source: The law or policy behind it.
        outcome: Met, not met or not known.
        because: The reason in words where it is met, else "".
        condition: The condition with all its parts.
        ask: What to find out where it is not known; empty otherwise.
        changes: Where asked for, and it is met or not met, the single facts that would change that.
    """

    rule_id: str
    title: str
    source: str
    outcome: Outcome
    because: str
    condition: ConditionExplained
    ask: tuple[FactToAsk, ...]
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain mappings, lists and text."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The explanation as indented text."""
        yield f"{self.rule_id} {self.title}: {self.outcome.words}" + (
            f", {self.because}" if self.because else ""
        )
        yield from _lines(self.condition, 1)
        for each in self.ask:
            answers = "; ".join(f"{answer.value}: {answer.outcome.words}" for answer in each.answers)
            yield f"  ask: {each.meaning}" + (f" ({answers})" if answers else "")
        yield from (f"  would be {each.words}" for each in self.changes)


def explain(
    rule: Rule, facts: Mapping[str, Known | None], *, rulebook: Rulebook, as_of: date, changes: bool = False
) -> RuleExplained:
    """Explain what a rule says of one household.

    Args:
        rule: One of the rulebook's.
        facts: Values by fact name, and histories by event name; absent or None is not known.
        rulebook: Holds the parameters, signals and catalogue that the rule names.
        as_of: The date the facts were derived for.
        changes: Also what would change the answer, which takes as many judgements as it tries values.

    Raises:
        ParameterNotInForce: If the rule needs a parameter that has no value on that date.
    """
    judged = judge(rule, facts, rulebook=rulebook, as_of=as_of)
    met = judged.outcome is Outcome.MET
    return RuleExplained(
        rule_id=rule.id,
        title=rule.title,
        source=rule.source,
        outcome=judged.outcome,
        because=reason_for(rule, facts, rulebook=rulebook, as_of=as_of) if met else "",
        condition=_explained(judged.trace, Phrases(rulebook, as_of)),
        ask=tuple(_to_ask(name, rule, facts, rulebook, as_of) for name in judged.missing),
        changes=what_would_change(rule, facts, rulebook=rulebook, as_of=as_of) if changes else (),
    )


def _explained(found: Trace, phrases: Phrases) -> ConditionExplained:
    catalogue = phrases.rulebook.catalogue
    # "not" and the one thing it denies are told in one line.
    told = found.parts[0] if isinstance(found.condition, Not) and is_leaf(found.condition.part) else found
    return ConditionExplained(
        words=phrases.of(found.condition),
        outcome=OUTCOME_OF[found.truth],
        facts=tuple(
            FactShown(name=name, meaning=catalogue[name].meaning, value=describe(catalogue[name], value))
            for name, value in told.facts.items()
        ),
        events=tuple(_shown(each, phrases.rulebook) for each in told.events[-_MOST_EVENTS:]),
        parts=tuple(_explained(part, phrases) for part in told.parts),
    )


def _shown(told: Told, rulebook: Rulebook) -> EventShown:
    name, happening = told
    return EventShown(
        name=name,
        meaning=rulebook.events[name].meaning,
        on=f"{happening.on:%-d %B %Y}",
        source=happening.source,
        record_ref=happening.record_ref,
    )


def _to_ask(
    name: str, rule: Rule, facts: Mapping[str, Known | None], rulebook: Rulebook, as_of: date
) -> FactToAsk:
    if name in rulebook.events:
        return FactToAsk(name=name, meaning=f"whether and when {rulebook.events[name].meaning}", answers=())
    fact = rulebook.catalogue[name]
    answers = tuple(
        Answer(
            value=describe(fact, value),
            outcome=judge(rule, {**facts, name: value}, rulebook=rulebook, as_of=as_of).outcome,
        )
        for value in _possible(fact)
    )
    return FactToAsk(name=name, meaning=fact.meaning, answers=answers)


def _possible(fact: Fact) -> tuple[bool | str, ...]:
    return (True, False) if fact.type is FactType.YES_NO else fact.choices


def _lines(condition: ConditionExplained, level: int) -> Iterator[str]:
    known = ", ".join(each.value for each in condition.facts)
    known += ", ".join(each.words for each in condition.events)
    yield f"{'  ' * level}{condition.outcome.words}: {condition.words}" + (f" [{known}]" if known else "")
    for part in condition.parts:
        yield from _lines(part, level + 1)
