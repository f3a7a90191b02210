"""Suites of cases, as their files declare them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rules.entries.case_entries import read_given
from rules.entries.entries import name_of
from rules.entries.sources import Field, Source
from rules.entries.suites import Given, Kind, Step, Suite, SuiteCase
from rules.errors import RulebookInvalid, RulesMissing
from rules.language.names import Names
from rules.language.scalars import day, nearest, prose, snake_case, word_of
from rules.language.vocabulary import Debt, InterventionClass
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import Fact
from smart_record.positioned_yaml import Mapping as MappingNode
from smart_record.positioned_yaml import Node, Scalar, Sequence

SUITES = Path(__file__).parents[1] / "suite_files"
"""The suites that come with the product."""

_CASE = {
    "id": Field(snake_case),
    "title": Field(prose),
    "decision": Field(prose),
    "link": Field(prose, optional=True, default=""),
    "fault": Field(prose),
}
_STEP = {"as_of": Field(day), "happens": Field(prose)}
_KIND = {"class": Field(word_of(InterventionClass)), "about": Field(word_of(Debt))}
_DEMANDS = ("must_hold", "must_suggest", "must_not_suggest")


def load_suite(wanted: str, *, catalogue: Mapping[str, Fact] = CATALOGUE) -> Suite:
    """A suite by name, from those that come with the product, or by the path of a file.

    Args:
        wanted: `ombudsman`, or a path to a YAML file of the same form.
        catalogue: The facts that cases may give.

    Raises:
        RulesMissing: If there is none.
        RulebookInvalid: With every fault of the file.
    """
    path = Path(wanted) if wanted.endswith((".yaml", ".yml")) else SUITES / f"{wanted}.yaml"
    if not path.is_file():
        known = sorted(each.stem for each in SUITES.glob("*.yaml"))
        raise RulesMissing(
            f"There is no suite {wanted}{nearest(wanted, known) or '.'} Suites: {', '.join(known)}; "
            "or give the path of a YAML file of your own."
        )
    source = Source(path.name, path.read_text(encoding="utf-8-sig"))
    names = Names(catalogue=catalogue, parameters={})
    suite = _suite(source, names)
    if source.faults or suite is None:
        raise RulebookInvalid(source.faults)
    return suite


def _suite(source: Source, names: Names) -> Suite | None:
    root = source.root()
    if root is None:
        return None
    nodes = source.keys(root, {"suite": True, "title": True, "cases": True}, "")
    values = source.read(nodes, {"suite": Field(snake_case), "title": Field(prose)}, "")
    listed = source.entries(nodes.get("cases"), "cases")
    cases = [each for node in listed if (each := _case(source, node, names)) is not None]
    if not listed:
        source.fault(0, "a suite needs at least one case")
    if values is None:
        return None
    return Suite(name=values["suite"], title=values["title"], cases=tuple(cases))


def _case(source: Source, node: MappingNode, names: Names) -> SuiteCase | None:
    about = f"case {name_of(node, 'id')}"
    known = {key: not field.optional for key, field in _CASE.items()} | {"steps": True}
    nodes = source.keys(node, known, about)
    values = source.read(nodes, _CASE, about)
    steps = list(_steps(source, source.entries(nodes.get("steps"), "steps"), names, about))
    dates = [step.as_of for step in steps]
    if not steps or dates != sorted(set(dates)):
        source.fault(node.start, "the steps come oldest first, each on a date of its own", about)
    return None if values is None else SuiteCase(steps=tuple(steps), place=source.place(node.start), **values)


def _steps(source: Source, entries: Iterable[MappingNode], names: Names, about: str) -> Iterator[Step]:
    """The steps, each with all that was given by then."""
    known: Given = {}
    for node in entries:
        nodes = source.keys(
            node, {"as_of": True, "happens": True, "given": False, **dict.fromkeys(_DEMANDS, False)}, about
        )
        values = source.read(nodes, _STEP, about)
        if "given" in nodes:
            known = {**known, **(read_given(source, nodes["given"], names, about) or {})}
        if not set(_DEMANDS) & nodes.keys():
            source.fault(node.start, f"a step asks for one of {', '.join(_DEMANDS)}", about)
        if values is not None:
            yield Step(
                as_of=values["as_of"],
                happens=values["happens"],
                given=known,
                must_hold=tuple(_kinds(source, nodes.get("must_hold"), about)),
                must_suggest=tuple(_measures(source, nodes.get("must_suggest"), about)),
                must_not_suggest=tuple(_kinds(source, nodes.get("must_not_suggest"), about)),
                place=source.place(node.start),
            )


def _kinds(source: Source, node: Node | None, about: str) -> Iterator[Kind]:
    for each in source.entries(node, "this"):
        values = source.read(source.keys(each, dict.fromkeys(_KIND, True), about), _KIND, about)
        if values is not None:
            yield Kind(intervention_class=values["class"], about=values["about"])


def _measures(source: Source, node: Node | None, about: str) -> Iterator[tuple[str, ...]]:
    for each in source.entries(node, "must_suggest"):
        listed = source.keys(each, {"measures": True}, about).get("measures")
        if isinstance(listed, Sequence) and all(isinstance(item, Scalar) for item in listed.items):
            yield tuple(item.text for item in listed.items if isinstance(item, Scalar))
        elif listed is not None:
            source.fault(listed.start, "measures: is a list, as in [M19, M29]", about)
