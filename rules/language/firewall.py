"""The purpose firewall: a rule may read only facts and events that may lawfully be used for its purpose.

Facts that tell of health go further: only rules for the measures that they are reserved for may read them,
and holds where the catalogue says so.
"""

from collections.abc import Iterator, Mapping

from rules.language.event_tree import EventName
from rules.language.model import Signal
from rules.language.tree import (
    Condition,
    FactValue,
    IsSignal,
    Span,
    events_read,
    facts_read,
    signals_read,
    walk,
)
from smart_record.events import Event
from smart_record.facts.terms.catalogue import Fact
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


HOLD = "hold"
"""Stands for a hold among what a fact is reserved for."""


def outside_reserve(
    condition: Condition, serves: str, catalogue: Mapping[str, Fact], signals: Mapping[str, Signal]
) -> Iterator[tuple[Span, str]]:
    """Where a condition reads a fact reserved for other measures, itself or through a signal.

    Args:
        condition: The rule's.
        serves: The measure of the rule's intervention, or `HOLD`.
        catalogue: Facts by name.
        signals: Signals by name.
    """
    for node in walk(condition):
        if isinstance(node, FactValue) and not _open_to(catalogue[node.name], serves):
            yield node.span, reserve(catalogue[node.name])
        elif isinstance(node, IsSignal):
            for name in sorted(_read_behind(node.name, signals)):
                if name in catalogue and not _open_to(catalogue[name], serves):
                    yield node.span, f"{node.name} reads {name}: {reserve(catalogue[name])}"


def reserve(fact: Fact) -> str:
    """Why a rule may not read a reserved fact, naming the law."""
    measures = ", ".join("holds" if each == HOLD else f"measure {each}" for each in fact.reserved_for)
    return (
        f"{fact.name} tells of health (UK GDPR Art 9) and may be read only by rules for {measures} "
        "(Data Protection Act 2018 Sch 1 para 1). Take it out of the rule"
    )


def _open_to(fact: Fact, serves: str) -> bool:
    return not fact.reserved_for or serves in fact.reserved_for


def _read_behind(name: str, signals: Mapping[str, Signal]) -> frozenset[str]:
    if name not in signals:
        return frozenset()
    when = signals[name].when
    through = (_read_behind(each, signals) for each in signals_read(when))
    return facts_read(when).union(events_read(when), *through)
