"""The purpose firewall: a rule may read only facts that may lawfully be used for the rule's purpose."""

from collections.abc import Iterator, Mapping

from rules.model import Signal
from rules.tree import Condition, FactValue, IsSignal, Span, facts_read, signals_read, walk
from smart_record.facts.catalogue import Fact
from smart_record.purposes import LAW, Purpose


def outside_purpose(
    condition: Condition, purpose: Purpose, catalogue: Mapping[str, Fact], signals: Mapping[str, Signal]
) -> Iterator[tuple[Span, str]]:
    """Where a condition reads a fact outside its rule's purpose, itself or through a signal, and the law."""
    for node in walk(condition):
        if isinstance(node, FactValue) and purpose not in catalogue[node.name].purposes:
            yield node.span, refusal(catalogue[node.name], purpose)
        elif isinstance(node, IsSignal):
            for name in sorted(_facts_behind(node.name, signals)):
                if purpose not in catalogue[name].purposes:
                    yield node.span, f"{node.name} reads {name}: {refusal(catalogue[name], purpose)}"


def refusal(fact: Fact, purpose: Purpose) -> str:
    """Why a fact may not be used for a purpose, naming the regulations on both sides."""
    allowed = ", ".join(
        f"{each.value} ({LAW[each]})" for each in sorted(fact.purposes, key=lambda each: each.value)
    )
    return (
        f"{fact.name} may not be used for {purpose.value} ({LAW[purpose]}); "
        f"it is held for {allowed}. Take it out of the rule or give the rule another purpose"
    )


def _facts_behind(name: str, signals: Mapping[str, Signal]) -> frozenset[str]:
    if name not in signals:
        return frozenset()
    when = signals[name].when
    return facts_read(when).union(*(_facts_behind(each, signals) for each in signals_read(when)))
