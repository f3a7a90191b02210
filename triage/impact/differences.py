"""What two rulebooks say otherwise: rules added, removed or changed, parameters with other values."""

from collections.abc import Iterator
from datetime import date

from rules import Rule, Rulebook
from rules.language.wording import parameter_words
from triage.impact.result import Difference


def differences(old: Rulebook, new: Rulebook, *, as_of: date) -> tuple[Difference, ...]:
    """Differences by rule and parameter, in the order of their names; parameters as of a date."""
    return (*_rules(old, new), *_parameters(old, new, as_of))


def _rules(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    before, after = ({rule.id: rule for rule in book.rules} for book in (old, new))
    for rule_id in sorted(before.keys() | after.keys()):
        if rule_id not in before:
            yield Difference(what="rule", name=rule_id, change=f"added: {after[rule_id].title}")
        elif rule_id not in after:
            yield Difference(what="rule", name=rule_id, change=f"removed: {before[rule_id].title}")
        elif changed := _changed(before[rule_id], after[rule_id]):
            yield Difference(what="rule", name=rule_id, change=f"changed: {', '.join(changed)}")


def _changed(before: Rule, after: Rule) -> list[str]:
    parts = {
        "condition": (before.when, after.when),
        "reason": (before.because.text, after.because.text),
        "intervention": (before.intervention, after.intervention),
        "what it holds back": (before.suppresses, after.suppresses),
        "priority": (before.priority, after.priority),
        "tier": (before.tier, after.tier),
        "first day": (before.in_force_from, after.in_force_from),
        "last day": (before.in_force_until, after.in_force_until),
        "purpose": (before.purpose, after.purpose),
        "source": (before.source, after.source),
    }
    return [name for name, (one, other) in parts.items() if one != other]


def _parameters(old: Rulebook, new: Rulebook, as_of: date) -> Iterator[Difference]:
    for name in sorted(old.parameters.keys() | new.parameters.keys()):
        before, after = _value(old, name, as_of), _value(new, name, as_of)
        if before != after:
            yield Difference(what="parameter", name=name, change=f"{before} → {after}")


def _value(rulebook: Rulebook, name: str, as_of: date) -> str:
    parameter = rulebook.parameters.get(name)
    if parameter is None:
        return "not there"
    if parameter.values[0].in_force_from > as_of:
        return "no value yet"
    return parameter_words(parameter, as_of)
