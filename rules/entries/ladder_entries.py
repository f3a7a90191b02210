"""Ladders, as their files declare them."""

from collections.abc import Iterator, Mapping

from rules.entries.entries import name_of
from rules.entries.sources import Field, Source
from rules.language.ladders import Edition, Ladder, Step
from rules.language.scalars import between, day, nearest, prose, snake_case, yes_no
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.positioned_yaml import Mapping as MappingNode
from smart_record.positioned_yaml import Node, Scalar, Sequence

_STEP: Mapping[str, Field] = {
    "stage": Field(prose),
    "after_days": Field(between(0, 3660)),
    "source": Field(prose),
    "confirmed": Field(yes_no),
}


def read_ladder(source: Source, node: MappingNode, catalogue: Mapping[str, Fact]) -> Ladder | None:
    """A ladder with its editions, or None with its faults."""
    about = f"ladder {name_of(node, 'name')}"
    before = len(source.faults)
    fields = {"name": Field(snake_case), "fact": Field(prose), "meaning": Field(prose)}
    nodes = source.keys(node, {**dict.fromkeys(fields, True), "editions": True}, about)
    values = source.read(nodes, fields, about)
    if values is None:
        return None
    fact = catalogue.get(values["fact"])
    if fact is None or fact.type is not FactType.CHOICE:
        staged = [each.name for each in catalogue.values() if each.type is FactType.CHOICE]
        near = nearest(values["fact"], staged)
        source.fault(nodes["fact"].start, f"{values['fact']} is no fact with stages{near}", about)
        return None
    listed = source.entries(nodes.get("editions"), "editions")
    editions = [each for one in listed if (each := _edition(source, one, fact, about)) is not None]
    dates = [each.in_force_from for each in editions]
    if not listed or dates != sorted(set(dates)):
        source.fault(node.start, "the editions come oldest first, each from a date of its own", about)
    if len(source.faults) > before:
        return None
    return Ladder(editions=tuple(editions), place=source.place(node.start), **values)


def _edition(source: Source, node: MappingNode, fact: Fact, about: str) -> Edition | None:
    nodes = source.keys(node, {"from": True, "steps": True}, about)
    values = source.read(nodes, {"from": Field(day)}, about)
    steps = [
        step
        for each in source.entries(nodes.get("steps"), "steps")
        if (step := _step(source, each, fact, about)) is not None
    ]
    _check_steps(source, node, steps, about)
    return None if values is None else Edition(in_force_from=values["from"], steps=tuple(steps))


def _step(source: Source, node: MappingNode, fact: Fact, about: str) -> Step | None:
    nodes = source.keys(node, {**dict.fromkeys(_STEP, True), "leads_to": True}, about)
    values = source.read(nodes, _STEP, about)
    leads_to = tuple(_stages(source, nodes.get("leads_to"), fact, about))
    if values is None:
        return None
    _check_stage(source, nodes["stage"].start, values["stage"], fact, about)
    return Step(leads_to=leads_to, place=source.place(node.start), **values)


def _stages(source: Source, node: Node | None, fact: Fact, about: str) -> Iterator[str]:
    if not isinstance(node, Sequence):
        if node is not None:
            source.fault(node.start, "leads_to: is a list, as in [summons], or [] at the end", about)
        return
    for item in node.items:
        text = item.text if isinstance(item, Scalar) else ""
        if _check_stage(source, item.start, text, fact, about):
            yield text


def _check_stage(source: Source, at: int, stage: str, fact: Fact, about: str) -> bool:
    if stage not in fact.choices:
        source.fault(at, f"{stage or 'this'} is no stage of {fact.name}{nearest(stage, fact.choices)}", about)
    return stage in fact.choices


def _check_steps(source: Source, node: MappingNode, steps: list[Step], about: str) -> None:
    """Each stage stands once, and every stage that another leads to has a step of its own."""
    stages = [step.stage for step in steps]
    twice = sorted({each for each in stages if stages.count(each) > 1})
    lost = sorted({each for step in steps for each in step.leads_to} - set(stages))
    if twice:
        source.fault(node.start, f"{twice[0]} stands here twice; keep one", about)
    if lost:
        source.fault(node.start, f"{lost[0]} is led to and has no step of its own; add one", about)
