"""Rules, as rule files declare them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.entries.case_entries import read_cases
from rules.entries.entries import name_of, read_when
from rules.entries.sources import Field, Source
from rules.language.firewall import HOLD, outside_purpose, outside_reserve, refusal, reserve
from rules.language.grammar import ConditionMisread
from rules.language.model import Intervention, Rule, Signal, Suppresses
from rules.language.names import Names
from rules.language.scalars import Word, between, day, identifier, nearest, prose, word_of
from rules.language.template import Template, read_template
from rules.language.tree import Condition
from rules.language.vocabulary import Debt, InterventionClass, RuleKind
from smart_record.positioned_yaml import Mapping as MappingNode
from smart_record.positioned_yaml import Node, Scalar, Sequence
from smart_record.purposes import Purpose

_FIELDS: Mapping[str, Field] = {
    "id": Field(identifier),
    "title": Field(prose),
    "kind": Field(word_of(RuleKind)),
    "from": Field(day),
    "until": Field(day, optional=True),
    "purpose": Field(word_of(Purpose)),
    "intervention": Field(prose, optional=True),
    "priority": Field(between(1, 4), optional=True),
    "tier": Field(between(0, 3), optional=True),
    "source": Field(prose),
}
_KEYS: Mapping[str, bool] = {key: not each.optional for key, each in _FIELDS.items()} | {
    "suppresses": False,
    "when": True,
    "because": True,
    "tests": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The head of a rule file: what the set is called, its version, and who answers for it."""

    ruleset: str
    version: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What rules may refer to; `faulty` holds interventions whose declarations have faults."""

    names: Names
    signals: Mapping[str, Signal]
    interventions: Mapping[str, Intervention]
    faulty: frozenset[str]


def read_rule(source: Source, node: MappingNode, head: RuleSet | None, around: Surroundings) -> Rule | None:
    """A rule with its cases, or None with its faults."""
    about = f"rule {name_of(node, 'id')}"
    before = len(source.faults)
    nodes = source.keys(node, _KEYS, about)
    values = source.read(nodes, _FIELDS, about)
    when = read_when(source, nodes["when"], around.names, about) if "when" in nodes else None
    because = _because(source, nodes.get("because"), around.names, about)
    suppresses = _suppresses(source, nodes.get("suppresses"), about)
    if values is None:
        return None
    cases = read_cases(source, nodes.get("tests"), around.names, values["from"], about)
    _check_shape(source, nodes, values, about)
    _check_intervention(source, nodes, values, around, about)
    if when and because:
        _check_purpose(source, nodes, (when[0], because), (values["purpose"], around, about))
        _check_reserve(source, nodes, (when[0], because), (_serves(values, around), around, about))
    if head is None or when is None or because is None or len(source.faults) > before:
        return None
    values["in_force_from"], values["in_force_until"] = values.pop("from"), values.pop("until")
    values["tier"] = _tier(values, around)
    values["priority"] = values["priority"] or 1
    return Rule(
        when=when[0],
        text=when[1],
        because=because,
        suppresses=suppresses,
        cases=cases,
        ruleset=head.ruleset,
        version=head.version,
        owner=head.owner,
        place=source.place(node.start),
        **values,
    )


def _tier(values: Mapping[str, Any], around: Surroundings) -> int:
    if values["tier"] is not None:
        return int(values["tier"])
    named = around.interventions.get(values["intervention"] or "")
    return named.tier if named else 0


def _because(source: Source, node: Node | None, names: Names, about: str) -> Template | None:
    if node is None:
        return None
    if not isinstance(node, Scalar) or not node.text.strip():
        source.fault(node.start, "because: write the reason in words", about)
        return None
    problems: list[ConditionMisread] = []
    template = read_template(node.text, names, problems)
    source.misread(node, problems, about)
    return template


def _suppresses(source: Source, node: Node | None, about: str) -> Suppresses | None:
    if node is None:
        return None
    if not isinstance(node, MappingNode):
        source.fault(node.start, "suppresses: has the keys classes and about", about)
        return None
    nodes = source.keys(node, {"classes": True, "about": True}, about)
    classes = _words(source, nodes.get("classes"), InterventionClass, about)
    return Suppresses(classes=classes, about=_words(source, nodes.get("about"), Debt, about))


def _words(source: Source, node: Node | None, words: type[Word], about: str) -> frozenset[Word]:
    found = set()
    if not isinstance(node, Sequence) or not node.items:
        if node is not None:
            source.fault(node.start, "write a list, as in [affordability, recovery]", about)
        return frozenset()
    for item in node.items:
        read = source.read({"entry": item}, {"entry": Field(word_of(words))}, about)
        found |= {read["entry"]} if read else set()
    return frozenset(found)


def _check_shape(source: Source, nodes: Mapping[str, Node], values: Mapping[str, Any], about: str) -> None:
    """A suggestion names an intervention and a priority; a hold says what it holds back."""
    start = nodes["kind"].start
    needed = ("intervention", "priority") if values["kind"] is RuleKind.SUGGEST else ("suppresses",)
    barred = ("suppresses",) if values["kind"] is RuleKind.SUGGEST else ("intervention",)
    for key in needed:
        if key not in nodes or (key in values and values[key] is None):
            source.fault(start, f"a rule of kind {values['kind']} needs the key {key}", about)
    for key in barred:
        if key in nodes:
            source.fault(nodes[key].start, f"a rule of kind {values['kind']} has no key {key}", about)
    if values["until"] and values["until"] < values["from"]:
        source.fault(nodes["until"].start, f"the rule ends before it begins, on {values['from']}", about)


def _check_intervention(
    source: Source, nodes: Mapping[str, Node], values: Mapping[str, Any], around: Surroundings, about: str
) -> None:
    """A rule suggests what the council can do and nothing adverse: that is never suggested by a machine."""
    named = values["intervention"]
    known = around.interventions.get(named or "")
    if known and known.intervention_class is InterventionClass.RECOVERY:
        message = (
            f"{named} is of class recovery, and no rule may suggest what is against the household: an "
            "officer chooses it after every hold was looked at. Name an intervention that helps, or take the "
            "rule out"
        )
        source.fault(nodes["intervention"].start, message, about)
    elif named and not known and named not in around.faulty:
        near = nearest(named, list(around.interventions))
        source.fault(nodes["intervention"].start, f"no intervention is called {named}{near}", about)


def _check_purpose(
    source: Source,
    nodes: Mapping[str, Node],
    texts: tuple[Condition, Template],
    under: tuple[Purpose, Surroundings, str],
) -> None:
    when, because = texts
    purpose, around, about = under
    outside = outside_purpose(when, purpose, around.names.held, around.signals)
    node = nodes["when"]
    assert isinstance(node, Scalar)
    source.misread(node, [ConditionMisread(span, message) for span, message in outside], about)
    held = around.names.held
    for name in (*because.facts, *because.events):
        if purpose not in held[name].purposes:
            source.fault(nodes["because"].start, refusal(held[name], purpose), about)


def _serves(values: Mapping[str, Any], around: Surroundings) -> str:
    named = around.interventions.get(values["intervention"] or "")
    return named.measure if named else HOLD if values["kind"] is RuleKind.HOLD else ""


def _check_reserve(
    source: Source,
    nodes: Mapping[str, Node],
    texts: tuple[Condition, Template],
    under: tuple[str, Surroundings, str],
) -> None:
    when, because = texts
    serves, around, about = under
    catalogue = around.names.catalogue
    outside = outside_reserve(when, serves, catalogue, around.signals)
    node = nodes["when"]
    assert isinstance(node, Scalar)
    source.misread(node, [ConditionMisread(span, message) for span, message in outside], about)
    for name in because.facts:
        if catalogue[name].reserved_for:  # a reason goes into letters and lists
            source.fault(nodes["because"].start, reserve(catalogue[name]), about)
