"""What conditions may speak of, and what to say of a name that means nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.language.grammar import ConditionMisread
from rules.language.parameters import Parameter
from rules.language.scalars import nearest
from smart_record.events import EVENT_CATALOGUE, Event
from smart_record.facts.terms.catalogue import Fact


class DependsOnFaulty(ConditionMisread):
    """The text uses something whose own declaration has a fault, which is told there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What conditions may speak of.

    Attributes:
        catalogue: Facts by name.
        parameters: Parameters by name.
        signals: Names of the signals.
        faulty: Names of parameters and signals whose declarations have faults.
        events: Events by name.
    """

    catalogue: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    signals: frozenset[str] = frozenset()
    faulty: frozenset[str] = frozenset()
    events: Mapping[str, Event] = field(default_factory=lambda: EVENT_CATALOGUE)

    @property
    def held(self) -> Mapping[str, Fact | Event]:
        """All that is held about households: facts and events."""
        return {**self.catalogue, **self.events}


def unknown(name: str, names: Names) -> str:
    """What to say of a name that is no value: the nearest name that is one."""
    if name in names.signals:
        return f"{name} is a condition, not a value"
    if name.startswith("signal."):
        return f"no signal is called {name}{nearest(name, sorted(names.signals))}"
    if name in names.events:
        return f"{name} is an event, not a value; say when, as in `{name} in the last 30 days`"
    if "." in name:
        return f"no fact is called {name}{nearest(name, [*names.catalogue, *names.events])}"
    for fact in names.catalogue.values():
        if name in fact.choices:
            return f"{name} is a value of {fact.name}; write {fact.name} = {name}"
    near = nearest(name, [*names.parameters, *names.catalogue])
    return f"no parameter is called {name}{near or '; declare it, or write text in quotation marks'}"


def unknown_event(name: str, names: Names) -> str:
    """What to say of a name that is no event: the nearest that is one."""
    if name in names.catalogue:
        return (
            f"{name} is a fact, not an event; `then`, `within` and `in the last` go with events, "
            "such as rent.payment_missed"
        )
    return f"no event is called {name}{nearest(name, list(names.events))}"
