"""YAML as mappings, lists and text, each with its place; nothing guessed. For rule files and source mappings.

A value is the text that stands in the file ("no" is not False, "2026-04-01" is not yet a date). Anchors
and tags are refused and nesting is bounded, so that a hostile file can only be a fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

MOST_LEVELS = 12

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover  # PyYAML without libyaml is slower and says the same
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


class DocumentMisread(ValueError):
    """A file isn't YAML, or uses YAML that the product doesn't; `at` is the offset of the character.

    Whoever reads the file says so with its name and place; it never leaves them.
    """

    def __init__(self, at: int, message: str) -> None:
        self.at = at
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; `start` and `end` are offsets in the file, quotation marks included."""

    text: str
    style: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    start: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the file's order; a key that stands twice is here twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    start: int


Node: TypeAlias = Scalar | Sequence | Mapping


def compose(source: str) -> Node | None:
    """The one document of a YAML text, or None for an empty one.

    Raises:
        DocumentMisread: If it can't be read.
    """
    try:
        events = yaml.parse(source, Loader=_Loader)
        return _document(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        hint = "; indent with spaces" if "tab character" in str(error.problem) else ""
        raise DocumentMisread(mark.index if mark else 0, f"this isn't YAML: {error.problem}{hint}") from None
    except yaml.reader.ReaderError as error:
        raise DocumentMisread(0, f"the file holds a character that YAML refuses: {error.reason}") from None


def _document(events: Iterator[yaml.Event]) -> Node | None:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise DocumentMisread(_start(event), "the file holds one document; take out the ---")
        if isinstance(event, yaml.NodeEvent):
            root = _node(event, events, 0)
    return root


def _start(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return int(event.start_mark.index)


def _node(event: yaml.NodeEvent, events: Iterator[yaml.Event], level: int) -> Node:
    at = _start(event)
    if level > MOST_LEVELS:
        raise DocumentMisread(at, "the file is nested more deeply than any such file is")
    if event.anchor or isinstance(event, yaml.AliasEvent):
        raise DocumentMisread(at, "YAML anchors (& and *) are not used here; write the value out")
    if event.tag and event.tag != "!":  # type: ignore[attr-defined]
        raise DocumentMisread(at, f"YAML tags are not used here ({event.tag})")  # type: ignore[attr-defined]
    if isinstance(event, yaml.ScalarEvent):
        assert event.end_mark is not None
        return Scalar(event.value, event.style or "", at, int(event.end_mark.index))
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(tuple(_nodes_until(yaml.SequenceEndEvent, events, level)), at)
    return _mapping(list(_nodes_until(yaml.MappingEndEvent, events, level)), at)


def _nodes_until(end: type[yaml.Event], events: Iterator[yaml.Event], level: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        assert isinstance(event, yaml.NodeEvent)
        yield _node(event, events, level + 1)


def _mapping(flat: list[Node], at: int) -> Mapping:
    entries: list[tuple[Scalar, Node]] = []
    for key, value in zip(flat[::2], flat[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise DocumentMisread(key.start, "a key is one piece of text")
        entries.append((key, value))
    return Mapping(tuple(entries), at)


def places(scalar: Scalar, source: str) -> tuple[int, ...]:
    """For each character of a scalar's text, its offset in the file, whatever the YAML style.

    White space that YAML folded or stripped maps to the place of what follows it.
    """
    at = scalar.start
    if scalar.style in {"|", ">"}:
        at = source.index("\n", at)
    elif scalar.style in {"'", '"'}:
        at += 1
    found = []
    for character in scalar.text:
        if not character.isspace():
            here = source.find(character, at, scalar.end)
            at = here if here >= 0 else at
            found.append(at)
            at += 1
        else:
            found.append(at)
    return (*found, at)
