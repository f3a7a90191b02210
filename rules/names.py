"""What conditions may speak of, and what to say of a name that means nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.grammar import ConditionMisread
from rules.parameters import Parameter
from rules.scalars import nearest
from smart_record.facts.catalogue import Fact


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
    """

    catalogue: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    signals: frozenset[str] = frozenset()
    faulty: frozenset[str] = frozenset()


def unknown(name: str, names: Names) -> str:
    """What to say of a name that is no value: the nearest name that is one."""
    if name in names.signals:
        return f"{name} is a condition, not a value"
    if name.startswith("signal."):
        return f"no signal is called {name}{nearest(name, sorted(names.signals))}"
    if "." in name:
        return f"no fact is called {name}{nearest(name, list(names.catalogue))}"
    for fact in names.catalogue.values():
        if name in fact.choices:
            return f"{name} is a value of {fact.name}; write {fact.name} = {name}"
    near = nearest(name, [*names.parameters, *names.catalogue])
    return f"no parameter is called {name}{near or '; declare it, or write text in quotation marks'}"
