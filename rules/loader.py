"""A directory of rule files to a rulebook: every fault of every file told at once, or a rulebook to trust."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from rules.documents import Mapping as MappingNode
from rules.entries import name_of, read_intervention, read_parameter, read_signal
from rules.errors import Fault, RulebookInvalid, RulesMissing
from rules.model import Rulebook, Signal
from rules.names import Names
from rules.parameters import Place
from rules.rule_entries import RuleSet, Surroundings, read_rule
from rules.scalars import prose
from rules.signal_order import in_order
from rules.sources import Field, Source
from smart_record.facts.catalogue import Fact
from smart_record.facts.declarations import CATALOGUE

_LISTS = ("interventions", "parameters", "signals", "rules", "topics")
_HEAD = {"ruleset": Field(prose), "version": Field(prose), "owner": Field(prose)}


class _Placed(Protocol):
    @property
    def place(self) -> Place: ...


_Entry = TypeVar("_Entry", bound=_Placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a directory holds: a rulebook of all that has no fault, the faults, and the files' texts."""

    rulebook: Rulebook
    faults: tuple[Fault, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """One entry of a list in some file, with the head of that file."""

    source: Source
    node: MappingNode
    head: RuleSet | None


def load_rulebook(directory: Path, *, catalogue: Mapping[str, Fact] = CATALOGUE) -> Rulebook:
    """The rulebook of a directory, from all its `.yaml` files whatever their names.

    Args:
        directory: Holds interventions, parameters, signals and rules, in any number of files.
        catalogue: The facts that conditions may speak of.

    Raises:
        RulesMissing: If there is no rule file.
        RulebookInvalid: With every fault of every file.
    """
    loaded = read_rulebook(directory, catalogue=catalogue)
    if loaded.faults:
        raise RulebookInvalid(loaded.faults)
    return loaded.rulebook


def read_rulebook(directory: Path, *, catalogue: Mapping[str, Fact] = CATALOGUE) -> Loaded:
    """What a directory holds, faults included; for checks. `load_rulebook` is for use.

    Raises:
        RulesMissing: If there is no rule file.
    """
    sources = _sources(directory)
    lists: dict[str, list[_Found]] = {key: [] for key in _LISTS}
    for source in sources:
        _collect(source, lists)
    rulebook = _rulebook(lists, catalogue, content_hash(source.text for source in sources))
    faults = tuple(sorted(fault for source in sources for fault in source.faults))
    return Loaded(rulebook=rulebook, faults=faults, texts={source.file: source.text for source in sources})


def content_hash(texts: Iterable[str]) -> str:
    """SHA-256 over what the files hold; the same whatever their names and order."""
    digests = sorted(hashlib.sha256(text.encode()).hexdigest() for text in texts)
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _sources(directory: Path) -> list[Source]:
    files = sorted(
        path for path in directory.rglob("*") if path.suffix in {".yaml", ".yml"} and path.is_file()
    )
    if not files:
        raise RulesMissing(
            f"{directory} holds no rule file (.yaml). "
            "Give the directory of the rules, or make one by `triage init`."
        )
    return [_source(path, path.relative_to(directory).as_posix()) for path in files]


def _source(path: Path, file: str) -> Source:
    """The text of a file, however an editor ended its lines."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        source = Source(file, "")
        line = raw[: error.start].count(b"\n") + 1
        source.fault(0, f"line {line} is not UTF-8 text; save the file as UTF-8")
        return source
    return Source(file, text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n")


def _collect(source: Source, lists: Mapping[str, list[_Found]]) -> None:
    """Sort the entries of one file by the list they stand in."""
    root = None if source.faults else source.root()
    if root is None:
        return
    has_rules = "rules" in {key.text for key, _ in root.entries}
    nodes = source.keys(root, dict.fromkeys(_LISTS, False) | dict.fromkeys(_HEAD, has_rules), "")
    values = source.read(nodes, _HEAD, "") if has_rules else None
    head = RuleSet(**values) if values else None
    for key, found in lists.items():
        if key != "topics":  # topics have a reader of their own
            found += [_Found(source, node, head) for node in source.entries(nodes.get(key), key)]


def _rulebook(lists: Mapping[str, list[_Found]], catalogue: Mapping[str, Fact], digest: str) -> Rulebook:
    interventions = _entries(
        lists["interventions"], "id", lambda each: read_intervention(each.source, each.node)
    )
    parameters = _entries(
        lists["parameters"], "name", lambda each: read_parameter(each.source, each.node, catalogue)
    )
    names = Names(
        catalogue=catalogue,
        parameters=parameters,
        signals=_declared(lists["signals"], "name"),
        faulty=_declared(lists["parameters"], "name") - parameters.keys(),
    )
    signals = _signals(lists["signals"], names)
    around = Surroundings(
        names=replace(names, faulty=names.faulty | (names.signals - signals.keys())),
        signals=signals,
        interventions=interventions,
        faulty=_declared(lists["interventions"], "id") - interventions.keys(),
    )
    rules = _entries(lists["rules"], "id", lambda each: read_rule(each.source, each.node, each.head, around))
    return Rulebook(
        rules=tuple(rules[key] for key in sorted(rules)),
        interventions=MappingProxyType(interventions),
        parameters=MappingProxyType(parameters),
        signals=MappingProxyType(signals),
        catalogue=catalogue,
        content_hash=digest,
    )


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
