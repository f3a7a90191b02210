"""Rulebooks and households in a line or two; real loader, real types."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rules.entries.signal_order import in_order
from rules.language.conditions import read_condition
from rules.language.grammar import ConditionMisread
from rules.language.model import Rule, Rulebook, Signal
from rules.language.names import Names
from rules.language.parameters import DatedValue, Parameter, Place
from rules.language.template import read_template
from rules.language.tree import Condition, Value
from rules.language.vocabulary import RuleKind
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import FactType
from smart_record.purposes import Purpose

AS_OF = date(2026, 11, 1)
NOWHERE = Place("invented.yaml", 1, 1)


def a_parameter(name: str, kind: FactType, *values: Value, unit: str = "") -> Parameter:
    """A parameter whose values come into force on 1 April 2026, 2027, ..."""
    dated = tuple(
        DatedValue(
            in_force_from=date(2026 + n, 4, 1), value=value, source="invented", confirmed=True, place=NOWHERE
        )
        for n, value in enumerate(values)
    )
    return Parameter(name=name, type=kind, unit=unit, values=dated, place=NOWHERE)


PARAMETERS = {
    each.name: each
    for each in (
        a_parameter("small_debt", FactType.MONEY, 5000, 6000),
        a_parameter("few", FactType.COUNT, 2, 3),
        a_parameter("grace_days", FactType.COUNT, 28, unit="days"),
        a_parameter("share", FactType.COUNT, 25),
        a_parameter("hard_stage", FactType.CHOICE, "summons"),
        a_parameter("new_year", FactType.DATE, date(2026, 4, 1)),
        a_parameter("offer_open", FactType.YES_NO, True, False),
    )
}


def a_condition(text: str, parameters: Mapping[str, Parameter] = PARAMETERS) -> Condition:
    """The typed tree of a condition over the real catalogue."""
    problems: list[ConditionMisread] = []
    names = Names(catalogue=CATALOGUE, parameters=parameters, signals=frozenset({"signal.slide"}))
    condition = read_condition(text, names, problems)
    assert condition is not None, [str(each) for each in problems]
    return condition


def a_rulebook(
    rules: Mapping[str, str],
    *,
    signals: Mapping[str, str] | None = None,
    parameters: Mapping[str, Parameter] = PARAMETERS,
    because: str = "they match",
) -> Rulebook:
    """A rulebook of rule ids with the texts of their conditions, all in force from 1 April 2026."""
    names = Names(
        catalogue=CATALOGUE,
        parameters=parameters,
        signals=frozenset(signals or {}),
    )
    declared = {
        name: Signal(name=name, meaning=name, when=_read(text, names), text=text, place=NOWHERE)
        for name, text in (signals or {}).items()
    }
    ordered, circles = in_order(declared)
    assert not circles
    return Rulebook(
        rules=tuple(_rule(rule_id, rules[rule_id], names, because) for rule_id in sorted(rules)),
        interventions={},
        parameters=parameters,
        signals=ordered,
        catalogue=CATALOGUE,
        content_hash="",
    )


def _read(text: str, names: Names) -> Condition:
    problems: list[ConditionMisread] = []
    condition = read_condition(text, names, problems)
    assert condition is not None, (text, [str(each) for each in problems])
    return condition


def _rule(rule_id: str, text: str, names: Names, because: str) -> Rule:
    template = read_template(because, names, [])
    assert template is not None
    return Rule(
        id=rule_id,
        title=rule_id,
        kind=RuleKind.SUGGEST,
        in_force_from=date(2026, 4, 1),
        in_force_until=None,
        purpose=Purpose.WELFARE_SUPPORT,
        intervention=None,
        suppresses=None,
        priority=3,
        tier=2,
        when=_read(text, names),
        text=text,
        because=template,
        source="invented",
        cases=(),
        ruleset="invented",
        version="1",
        owner="owner@example.gov.uk",
        place=NOWHERE,
    )


def write_rules(directory: Path, **files: str) -> Path:
    """Write rule files, named by keyword, and give back their directory."""
    for name, text in files.items():
        (directory / f"{name}.yaml").write_text(text, encoding="utf-8")
    return directory
