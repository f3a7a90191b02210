"""Interventions, parameters and signals, as their files declare them."""

from collections.abc import Iterator, Mapping

from rules.entries.sources import Field, Source
from rules.language import scalars
from rules.language.conditions import read_condition
from rules.language.grammar import KEYWORDS, ConditionMisread
from rules.language.model import Intervention, Signal
from rules.language.names import Names
from rules.language.parameters import DatedValue, Parameter
from rules.language.scalars import between, prose, snake_case, word_of, yes_no
from rules.language.tree import Condition, events_read, facts_read, signals_read
from rules.language.vocabulary import AGAINST_THE_HOUSEHOLD, Channel, Debt, InterventionClass, Team
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.positioned_yaml import Mapping as MappingNode
from smart_record.positioned_yaml import Node, Scalar, Sequence

_INTERVENTION: Mapping[str, Field] = {
    "id": Field(snake_case),
    "title": Field(prose),
    "measure": Field(prose),
    "tier": Field(between(0, 3)),
    "team": Field(word_of(Team)),
    "class": Field(word_of(InterventionClass)),
    "about": Field(word_of(Debt)),
    "channel": Field(word_of(Channel)),
    "next_step": Field(prose),
    "within_days": Field(between(0, 366)),
    "cool_off_days": Field(between(0, 3660)),
    "statutory": Field(yes_no),
}

_PARAMETER: Mapping[str, Field] = {
    "name": Field(snake_case),
    "type": Field(word_of(FactType)),
    "unit": Field(prose, optional=True, default=""),
    "reference": Field(yes_no, optional=True, default=False),
}

_SIGNAL: Mapping[str, Field] = {"name": Field(prose), "meaning": Field(prose), "when": Field(prose)}


def name_of(node: MappingNode, key: str) -> str:
    """The id of an entry, as far as it can be read, for messages."""
    texts = {each.text: value.text for each, value in node.entries if isinstance(value, Scalar)}
    return texts.get(key, "")


def read_intervention(
    source: Source, node: MappingNode, parameters: Mapping[str, Parameter]
) -> Intervention | None:
    """An intervention, or None with its faults."""
    about = f"intervention {name_of(node, 'id')}"
    nodes = source.keys(node, {**dict.fromkeys(_INTERVENTION, True), "costs": False}, about)
    values = source.read(nodes, _INTERVENTION, about)
    costs = tuple(_costs(source, nodes.get("costs"), parameters, about))
    if values is None:
        return None
    if values["measure"] in AGAINST_THE_HOUSEHOLD and values["class"] is not InterventionClass.RECOVERY:
        message = (
            f"measure {values['measure']} is against the household, so its class is recovery, "
            f"not {values['class']}"
        )
        source.fault(nodes["class"].start, message, about)
        return None
    place = source.place(node.start)
    return Intervention(intervention_class=values.pop("class"), place=place, costs=costs, **values)


def _costs(
    source: Source, node: Node | None, parameters: Mapping[str, Parameter], about: str
) -> Iterator[str]:
    """The parameters that an intervention's cost is made of, each an amount of money."""
    if not isinstance(node, Sequence):
        if node is not None:
            source.fault(node.start, "costs: is a list of parameters, as in [cost_of_a_letter]", about)
        return
    for item in node.items:
        name = item.text if isinstance(item, Scalar) else ""
        if name not in parameters:
            message = f"no parameter is called {name or 'so'}{scalars.nearest(name, list(parameters))}"
            source.fault(item.start, message, about)
        elif parameters[name].type is not FactType.MONEY:
            source.fault(item.start, f"{name} is no amount of money, so it is no cost", about)
        else:
            yield name


def read_parameter(source: Source, node: MappingNode, catalogue: Mapping[str, Fact]) -> Parameter | None:
    """A parameter with its dated values, or None with its faults."""
    about = f"parameter {name_of(node, 'name')}"
    nodes = source.keys(
        node, {"name": True, "type": True, "unit": False, "reference": False, "values": True}, about
    )
    values = source.read(nodes, _PARAMETER, about)
    if values is None or not _name_is_free(source, nodes["name"], values["name"], catalogue, about):
        return None
    units = {fact.unit for fact in catalogue.values()} - {"", "pence"}
    if values["unit"] and values["unit"] not in units:
        message = f"unit: {values['unit']} is not one of {', '.join(sorted(units))}"
        source.fault(nodes["unit"].start, message, about)
        return None
    listed = source.entries(nodes.get("values"), "values")
    if not listed:
        source.fault(node.start, "a parameter needs at least one dated value", about)
    dated = [_dated_value(source, each, values["type"], about) for each in listed]
    known = [each for each in dated if each is not None]
    dates = [each.in_force_from for each in known]
    if dates != sorted(set(dates)):
        source.fault(node.start, "the values come oldest first, each from a date of its own", about)
        return None
    if len(known) < len(dated) or not known:
        return None
    return Parameter(values=tuple(known), place=source.place(node.start), **values)


def _dated_value(source: Source, node: MappingNode, kind: FactType, about: str) -> DatedValue | None:
    fields: dict[str, Field] = {
        "from": Field(scalars.day),
        "value": Field(lambda text: scalars.value(text, kind)),
        "source": Field(prose),
        "confirmed": Field(yes_no),
    }
    values = source.read(source.keys(node, dict.fromkeys(fields, True), about), fields, about)
    if values is None:
        return None
    return DatedValue(in_force_from=values.pop("from"), place=source.place(node.start), **values)


def _name_is_free(source: Source, node: Node, name: str, catalogue: Mapping[str, Fact], about: str) -> bool:
    """A parameter may not be called like a word of the language or a value of a choice."""
    holders = [fact.name for fact in catalogue.values() if name in fact.choices]
    if name in KEYWORDS:
        source.fault(node.start, f"{name} is a word of the rule language; choose another name", about)
    elif holders:
        source.fault(node.start, f"{name} is a value of {holders[0]}; choose another name", about)
    return name not in KEYWORDS and not holders


def read_signal(source: Source, node: MappingNode, names: Names) -> Signal | None:
    """A signal, or None with its faults; its condition may use earlier and later signals."""
    about = f"signal {name_of(node, 'name')}"
    nodes = source.keys(node, dict.fromkeys(_SIGNAL, True), about)
    values = source.read(nodes, _SIGNAL, about)
    if values is None:
        return None
    head, _, tail = values["name"].partition(".")
    if head != "signal" or not scalars.is_snake_case(tail):
        message = f"a signal is called signal. and a name, as in signal.rent_slide, not {values['name']}"
        source.fault(nodes["name"].start, message, about)
        return None
    when = read_when(source, nodes["when"], names, about)
    if when is None:
        return None
    condition, text = when
    return Signal(
        name=values["name"],
        meaning=values["meaning"],
        when=condition,
        text=text,
        place=source.place(nodes["when"].start),
    )


def read_when(source: Source, node: Node, names: Names, about: str) -> tuple[Condition, str] | None:
    """A condition and its text, or None with its faults."""
    if not isinstance(node, Scalar):
        source.fault(node.start, "a condition is text; after `when:` write it, or | and lines below", about)
        return None
    problems: list[ConditionMisread] = []
    condition = read_condition(node.text, names, problems)
    if condition is not None and not any(read(condition) for read in (facts_read, signals_read, events_read)):
        problems.append(
            ConditionMisread(condition.span, "the condition reads no fact, so it says nothing of a household")
        )
    source.misread(node, problems, about)
    return None if condition is None or problems else (condition, node.text)
