"""The purpose firewall: a rule may read only facts and events that may lawfully be used for its purpose."""

from collections.abc import Iterator, Mapping

from rules.event_tree import EventName
from rules.model import Signal
from rules.tree import Condition, FactValue, IsSignal, Span, events_read, facts_read, signals_read, walk
from smart_record.events import Event
from smart_record.facts.catalogue import Fact
from smart_record.purposes import LAW, Purpose


def outside_purpose(
    condition: Condition, purpose: Purpose, held: Mapping[str, Fact | Event], signals: Mapping[str, Signal]
) -> Iterator[tuple[Span, str]]:
    """Where a condition reads a fact or event outside its rule's purpose, and the law.

    Args:
        condition: What the rule asks, itself or through signals.
        purpose: The rule's.
        held: Facts and events by name.
        signals: By name.
    """
    for node in walk(condition):
        if isinstance(node, FactValue | EventName) and purpose not in held[node.name].purposes:
            yield node.span, refusal(held[node.name], purpose)
        elif isinstance(node, IsSignal):
            for name in sorted(_read_behind(node.name, signals)):
                if purpose not in held[name].purposes:
                    yield node.span, f"{node.name} reads {name}: {refusal(held[name], purpose)}"


def refusal(fact: Fact | Event, purpose: Purpose) -> str:
    """Why a fact or event may not be used for a purpose, naming the regulations on both sides."""
    allowed = ", ".join(
        f"{each.value} ({LAW[each]})" for each in sorted(fact.purposes, key=lambda each: each.value)
    )
    return (
        f"{fact.name} may not be used for {purpose.value} ({LAW[purpose]}); "
        f"it is held for {allowed}. Take it out of the rule or give the rule another purpose"
    )


def _read_behind(name: str, signals: Mapping[str, Signal]) -> frozenset[str]:
    if name not in signals:
        return frozenset()
    when = signals[name].when
    through = (_read_behind(each, signals) for each in signals_read(when))
    return facts_read(when).union(events_read(when), *through)
