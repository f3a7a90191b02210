"""What somebody just said of a household: values of facts, and events with their day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rules import Rulebook
from rules.language.scalars import nearest
from rules.language.scalars import value as read_value
from rules.language.tree import Known, Value
from smart_record.events import Happening, History
from smart_record.facts.terms.catalogue import FactType
from smart_record.facts.terms.wording import describe
from triage.errors import SaidInvalid

NOT_KNOWN = "not known"
_WANTED: Mapping[FactType, str] = {
    FactType.MONEY: "an amount, as £300 or £1,400.50",
    FactType.COUNT: "a whole number",
    FactType.DATE: "a day, as 2026-04-01",
    FactType.YES_NO: "yes or no",
    FactType.TEXT: "some text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said, as rules read it.

    Attributes:
        facts: Values by fact name; None where it is no longer known.
        events: Days by event name.
    """

    facts: Mapping[str, Value | None] = field(default_factory=dict)
    events: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Facts and events that were spoken of, sorted."""
        return tuple(sorted({*self.facts, *self.events}))

    @property
    def last_day(self) -> date:
        """The day of the latest event."""
        return max((day for days in self.events.values() for day in days), default=date.min)

    def put_into(self, known: Mapping[str, Known | None]) -> dict[str, Known | None]:
        """What is known, with what was said in the place of it or, of events, beside it."""
        more: dict[str, Known | None] = dict(self.facts)
        for name, days in self.events.items():
            history = known.get(name)
            before = history if isinstance(history, History) else History((), None)
            more[name] = before.with_more(*(Happening(day) for day in days))
        return {**known, **more}

    def words(self, rulebook: Rulebook) -> tuple[str, ...]:
        """What was said, in words."""
        facts = [
            f"{rulebook.meaning_of(name)}: {describe(rulebook.catalogue[name], value)}"
            for name, value in self.facts.items()
        ]
        events = [
            f"{rulebook.meaning_of(name)}: {day:%-d %B %Y}"
            for name, days in self.events.items()
            for day in days
        ]
        return (*facts, *events)


def read_said(told: Sequence[tuple[str, str]], rulebook: Rulebook, *, until: date) -> Said:
    """What was said, from names and values as rule files write them.

    Args:
        told: Of a fact, its value (£300, yes, 2026-04-01, a choice) or "not known"; of an event, its day.
        rulebook: Knows the facts and events.
        until: Nothing happens later.

    Raises:
        SaidInvalid: With the nearest right thing.
    """
    facts: dict[str, Value | None] = {}
    events: dict[str, tuple[date, ...]] = {}
    for number, (name, text) in enumerate(told, start=1):
        if name in rulebook.events:
            events[name] = (*events.get(name, ()), _day(name, text, until))
        elif name in rulebook.catalogue:
            facts[name] = None if text == NOT_KNOWN else _value(name, text, rulebook)
        else:
            near = nearest(name, [*rulebook.catalogue, *rulebook.events])
            raise SaidInvalid(
                f"Number {number} of what was said is no fact or event{near or '.'} "
                "docs/facts.md and docs/events.md list them. Nothing was concluded."
            )
    return Said(facts=facts, events=events)


def _value(name: str, text: str, rulebook: Rulebook) -> Value:
    fact = rulebook.catalogue[name]
    try:
        return read_value(text, fact.type, fact.choices)
    except ValueError:  # its words repeat what was typed, which may be about a person
        wanted = f"one of {', '.join(fact.choices)}" if fact.choices else _WANTED[fact.type]
        raise SaidInvalid(f"{name} is {wanted}, or `{NOT_KNOWN}`. Nothing was concluded.") from None


def _day(name: str, text: str, until: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise SaidInvalid(f"{name} is an event: say its day, as 2026-04-01. Nothing was concluded.") from None
    if day > until:
        raise SaidInvalid(f"{name}: that day has not come yet. Say what has happened by {until}.")
    return day
