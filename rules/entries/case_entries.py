"""The example households beside a rule."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from rules.entries.sources import Field, Source
from rules.language import scalars
from rules.language.model import Case
from rules.language.names import Names
from rules.language.scalars import day, nearest, prose
from rules.language.tree import Known
from rules.language.vocabulary import Outcome
from smart_record.events import History
from smart_record.facts.terms.catalogue import Fact
from smart_record.positioned_yaml import Mapping as MappingNode
from smart_record.positioned_yaml import Node, Scalar, Sequence

_OUTCOMES = {outcome.words: outcome for outcome in Outcome}


def _outcome(text: str) -> Outcome:
    if text not in _OUTCOMES:
        raise ValueError(f"{text or 'nothing'} is not one of {', '.join(_OUTCOMES)}")
    return _OUTCOMES[text]


_FIELDS: Mapping[str, Field] = {
    "expect": Field(_outcome),
    "as_of": Field(day, optional=True),
    "bug": Field(prose, optional=True, default=""),
    "question": Field(prose, optional=True, default=""),
}


def read_cases(
    source: Source, node: Node | None, names: Names, first_day: date, about: str
) -> tuple[Case, ...]:
    """The cases of a rule; each is judged on its own `as_of`, else on the rule's first day."""
    cases = []
    for each in source.entries(node, "tests"):
        nodes = source.keys(
            each, {"given": True, "expect": True, "as_of": False, "bug": False, "question": False}, about
        )
        values = source.read(nodes, _FIELDS, about)
        given = read_given(source, nodes.get("given"), names, about)
        if values is not None and given is not None:
            values["as_of"] = values["as_of"] or first_day
            cases.append(Case(given=given, place=source.place(each.start), **values))
    return tuple(cases)


def read_given(source: Source, node: Node | None, names: Names, about: str) -> Mapping[str, Known] | None:
    """What a case gives of facts and events, or None with its faults; "not known" gives nothing."""
    if not isinstance(node, MappingNode):
        if node is not None:
            source.fault(node.start, "given: holds facts, as in {council_tax.arrears: £300}", about)
        return None
    before = len(source.faults)
    nodes = {key.text: value for key, value in node.entries if _is_held(source, key, names, about)}
    known = {name: each for name, each in nodes.items() if not _not_known(each)}
    fields = {name: Field(_reader(names.catalogue[name])) for name in known if name not in names.events}
    values = source.read({name: known[name] for name in fields}, fields, about)
    if values is None:
        return None
    histories = {
        name: _history(source, each, name, about) for name, each in known.items() if name in names.events
    }
    return MappingProxyType({**values, **histories}) if len(source.faults) == before else None


def _history(source: Source, node: Node, name: str, about: str) -> History:
    """The days on which something happened, of which there were no others."""
    days = []
    if not isinstance(node, Sequence):
        message = f"{name}: write the days as a list, as in [2026-05-01, 2026-06-01], or [] for none"
        source.fault(node.start, message, about)
        return History.of()
    for item in node.items:
        read = source.read({name: item}, {name: Field(day)}, about)
        days += [read[name]] if read else []
    return History.of(*days)


def _not_known(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == "not known"


def _is_held(source: Source, key: Scalar, names: Names, about: str) -> bool:
    if key.text in names.held:
        return True
    if key.text[:1].isdigit():
        message = f"{key.text} is no fact; inside {{ }} write amounts without a comma, or in quotation marks"
    else:
        message = f"no fact is called {key.text}{nearest(key.text, list(names.held))}"
    source.fault(key.start, message, about)
    return False


def _reader(fact: Fact) -> scalars.Reader:
    return lambda text: scalars.value(text, fact.type, fact.choices)
