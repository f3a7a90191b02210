"""A directory of rule files to a rulebook: every fault of every file told at once, or a rulebook to trust."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from rules.decision_tables.cases import with_cases
from rules.decision_tables.decision_table import Table, is_table, read_table
from rules.decision_tables.rules import Compiled, compile_table, signal_names
from rules.entries.entries import name_of, read_intervention, read_parameter, read_signal
from rules.entries.ladder_entries import read_ladder
from rules.entries.rule_entries import RuleSet, Surroundings, read_rule
from rules.entries.signal_order import in_order
from rules.entries.sources import Field, Source
from rules.errors import Fault, RulebookInvalid
from rules.language.model import Rulebook, Signal
from rules.language.names import Names
from rules.language.parameters import Place
from rules.language.scalars import prose
from rules.loading.rule_files import content_hash, sources_of
from rules.loading.topics import FILE as TOPICS
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import Fact
from smart_record.positioned_yaml import Mapping as MappingNode

_LISTS = ("interventions", "parameters", "ladders", "signals", "rules")
_HEAD = {"ruleset": Field(prose), "version": Field(prose), "owner": Field(prose)}


class _Placed(Protocol):
    @property
    def place(self) -> Place: ...


_Entry = TypeVar("_Entry", bound=_Placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a directory holds: a rulebook of all without fault, the faults, the texts, and the tables."""

    rulebook: Rulebook
    faults: tuple[Fault, ...]
    texts: Mapping[str, str]
    tables: tuple[Compiled, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """One entry of a list in some file, with the head of that file."""

    source: Source
    node: MappingNode
    head: RuleSet | None


def load_rulebook(directory: Path, *, catalogue: Mapping[str, Fact] = CATALOGUE) -> Rulebook:
    """The rulebook of a directory, from all its `.yaml`, `.csv` and `.xlsx` files whatever their names.

    Args:
        directory: Holds interventions, parameters, signals and rules, in any number of files.
        catalogue: The facts that conditions may speak of.

    Raises:
        RulesMissing: If there is no rule file.
        RulebookInvalid: With every fault of every file.
    """
    sources = sources_of(directory)
    if catalogue is CATALOGUE and not any(source.faults for source in sources):
        return _rulebook_of(tuple((source.file, source.text) for source in sources))
    return _faultless(_read(sources, catalogue))


@lru_cache(maxsize=8)
def _rulebook_of(texts: tuple[tuple[str, str], ...]) -> Rulebook:
    """The rulebook of some files, read once for as long as they say the same.

    Whoever waits at a screen would wait mostly for this. Nothing of a rulebook can be changed, so that it may
    be shared.
    """
    return _faultless(_read([Source(*each) for each in texts], CATALOGUE))


def _faultless(loaded: Loaded) -> Rulebook:
    if loaded.faults:
        raise RulebookInvalid(loaded.faults)
    return loaded.rulebook


def read_rulebook(directory: Path, *, catalogue: Mapping[str, Fact] = CATALOGUE) -> Loaded:
    """What a directory holds, faults included; for checks. `load_rulebook` is for use.

    Raises:
        RulesMissing: If there is no rule file.
    """
    return _read(sources_of(directory), catalogue)


def _read(sources: list[Source], catalogue: Mapping[str, Fact]) -> Loaded:
    lists: dict[str, list[_Found]] = {key: [] for key in _LISTS}
    tables = []
    for source in sources:
        if not is_table(source.file):
            _collect(source, lists)
        elif not source.faults and (table := read_table(source)):
            tables.append(table)
    digest = content_hash(source.text for source in sources)
    rulebook, compiled = _rulebook(lists, tables, catalogue, digest)
    return Loaded(
        rulebook=rulebook,
        faults=tuple(sorted(fault for source in sources for fault in source.faults)),
        texts={source.file: source.text for source in sources},
        tables=compiled,
    )


def _collect(source: Source, lists: Mapping[str, list[_Found]]) -> None:
    """Sort the entries of one file by the list they stand in."""
    root = None if source.faults else source.root()
    if root is None:
        return
    has_rules = "rules" in {key.text for key, _ in root.entries}
    known = dict.fromkeys((*_LISTS, "topics"), False) | dict.fromkeys(_HEAD, has_rules)
    nodes = source.keys(root, known, "")
    values = source.read(nodes, _HEAD, "") if has_rules else None
    head = RuleSet(**values) if values else None
    if "topics" in nodes and source.file != TOPICS:
        message = f"topics stand in {TOPICS} and in no other file; move them there"
        source.fault(nodes["topics"].start, message)
    for key, found in lists.items():
        found += [_Found(source, node, head) for node in source.entries(nodes.get(key), key)]


def _rulebook(
    lists: dict[str, list[_Found]], tables: list[Table], catalogue: Mapping[str, Fact], digest: str
) -> tuple[Rulebook, tuple[Compiled, ...]]:
    parameters = _entries(
        lists["parameters"], "name", lambda each: read_parameter(each.source, each.node, catalogue)
    )
    interventions = _entries(
        lists["interventions"], "id", lambda each: read_intervention(each.source, each.node, parameters)
    )
    ladders = _entries(lists["ladders"], "name", lambda each: read_ladder(each.source, each.node, catalogue))
    names = Names(
        catalogue=catalogue,
        parameters=parameters,
        signals=_declared(lists["signals"], "name").union(*map(signal_names, tables)),
        faulty=_declared(lists["parameters"], "name") - parameters.keys(),
    )
    compiled = tuple(compile_table(table, names) for table in tables)
    for each in compiled:
        lists["signals"] += [_Found(each.table.source, node, None) for node in each.signals]
        lists["rules"] += [_Found(each.table.source, node, each.head) for node in each.rules]
    signals = _signals(lists["signals"], names)
    around = Surroundings(
        names=replace(names, faulty=names.faulty | (names.signals - signals.keys())),
        signals=signals,
        interventions=interventions,
        faulty=_declared(lists["interventions"], "id") - interventions.keys(),
    )
    rules = _entries(lists["rules"], "id", lambda each: read_rule(each.source, each.node, each.head, around))
    for each in compiled:
        rules |= {
            row.rule_id: with_cases(rules[row.rule_id], row.number, each.cases)
            for row in each.rows
            if row.rule_id in rules and rules[row.rule_id].place.file == each.table.source.file
        }
    rulebook = Rulebook(
        rules=tuple(rules[key] for key in sorted(rules)),
        interventions=MappingProxyType(interventions),
        parameters=MappingProxyType(parameters),
        signals=MappingProxyType(signals),
        ladders=MappingProxyType(ladders),
        catalogue=catalogue,
        content_hash=digest,
    )
    return rulebook, compiled


def _entries(found: Iterable[_Found], key: str, read: Callable[[_Found], _Entry | None]) -> dict[str, _Entry]:
    """The entries without fault, by id; a second of the same id is a fault."""
    entries: dict[str, _Entry] = {}
    first: dict[str, Place] = {}
    for each in found:
        name = name_of(each.node, key)
        if name and name in first:
            before = f"{first[name].file} line {first[name].line}"
            each.source.fault(each.node.start, f"{name} is declared already in {before}; keep one")
            continue
        first[name] = each.source.place(each.node.start)
        entry = read(each)
        if entry is not None:
            entries[name] = entry
    return entries


def _declared(found: Iterable[_Found], key: str) -> frozenset[str]:
    return frozenset(name_of(each.node, key) for each in found)


def _signals(found: list[_Found], names: Names) -> dict[str, Signal]:
    read = _entries(found, "name", lambda each: read_signal(each.source, each.node, names))
    ordered, circles = in_order(read)
    sources = {each.source.file: each.source for each in found}
    for signal, circle in circles:
        source = sources[signal.place.file]
        message = f"{' needs '.join(circle)}: a signal can't wait for itself; take one of these steps out"
        source.fault_at(signal.place, message, f"signal {signal.name}")
    return ordered
