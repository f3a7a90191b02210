"""One rule file being read: its text, the places in it, and the faults found so far."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.errors import Fault, Severity
from rules.language.grammar import ConditionMisread
from rules.language.names import DependsOnFaulty
from rules.language.parameters import Place
from rules.language.scalars import nearest
from smart_record.positioned_yaml import DocumentMisread, Node, Scalar, Sequence, compose, places
from smart_record.positioned_yaml import Mapping as MappingNode


@dataclass(frozen=True, slots=True)
class Field:
    """How one key of an entry is read: the reader of its text, and whether it must be there.

    `read` takes the node's text; `optional` keys that are left out, or left empty, get `default`.
    """

    read: Callable[[str], Any]
    optional: bool = False
    default: Any = None


@dataclass(slots=True)
class Source:
    """A rule file: faults are added as it is read, so that all of them are told at once.

    Attributes:
        file: Path below the rules directory.
        text: What the file holds, with plain line feeds.
        faults: Found so far.
    """

    file: str
    text: str
    faults: list[Fault] = field(default_factory=list)

    def root(self) -> MappingNode | None:
        """The file's top-level mapping, or None with a fault."""
        try:
            node = compose(self.text)
        except DocumentMisread as error:
            self.fault(error.at, str(error))
            return None
        if isinstance(node, MappingNode):
            return node
        self.fault(
            0, "the file is empty" if node is None else "a rule file begins with keys such as `rules:`"
        )
        return None

    def place(self, at: int) -> Place:
        """The place of an offset in the file."""
        before = self.text[:at]
        return Place(self.file, before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1)

    def fault(self, at: int, message: str, about: str = "", severity: Severity = Severity.FAULT) -> None:
        """Add a fault at an offset; `about` names what it concerns, as in "rule R05"."""
        self.fault_at(self.place(at), message, about, severity)

    def fault_at(
        self, place: Place, message: str, about: str = "", severity: Severity = Severity.FAULT
    ) -> None:
        """Add a fault at a place that is known already."""
        what, _, name = about.partition(" ")
        self.faults.append(fault_at(place, self.text, message, (what, name), severity))

    def entries(self, node: Node | None, about: str) -> tuple[MappingNode, ...]:
        """The mappings of a list of entries."""
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.fault(node.start, f"{about} is a list; begin each entry with -")
            return ()
        for item in node.items:
            if not isinstance(item, MappingNode):
                self.fault(item.start, f"an entry of {about} has keys, such as `id: ...`")
        return tuple(item for item in node.items if isinstance(item, MappingNode))

    def keys(self, node: MappingNode, known: Mapping[str, bool], about: str) -> dict[str, Node]:
        """The values by key; unknown, repeated and missing keys are faults.

        Args:
            node: The mapping.
            known: Keys that may stand there; True where they must.
            about: What it describes.
        """
        found: dict[str, Node] = {}
        for key, value in node.entries:
            if key.text not in known:
                self.fault(key.start, _unknown_key(key.text, list(known)), about)
            elif key.text in found:
                self.fault(key.start, f"{key.text} is written twice; keep one", about)
            else:
                found[key.text] = value
        for key_text, needed in known.items():
            if needed and key_text not in found:
                hint = "; name the law or the policy it rests on" if key_text == "source" else ""
                self.fault(node.start, f"{key_text} is missing{hint}", about)
        return found

    def read(
        self, nodes: Mapping[str, Node], fields: Mapping[str, Field], about: str
    ) -> dict[str, Any] | None:
        """The values of an entry's plain fields, or None with a fault for each that is wrong."""
        values: dict[str, Any] = {}
        for key, each in fields.items():
            node = nodes.get(key)
            empty = node is None or (isinstance(node, Scalar) and not node.text and each.optional)
            if empty and each.optional:
                values[key] = each.default
            elif node is not None:
                self._read_one(key, node, each, values, about)
        return values if len(values) == len(fields) else None

    def _read_one(self, key: str, node: Node, each: Field, values: dict[str, Any], about: str) -> None:
        if not isinstance(node, Scalar):
            self.fault(node.start, f"{key} is one value, not a list or a mapping", about)
            return
        try:
            values[key] = each.read(node.text)
        except ValueError as error:
            self.fault(node.start, f"{key}: {error}", about)

    def misread(self, scalar: Scalar, problems: list[ConditionMisread], about: str) -> None:
        """Turn problems of a text inside the file into faults at their places."""
        found = places(scalar, self.text)
        for problem in problems:
            if not isinstance(problem, DependsOnFaulty):
                self.fault(found[min(problem.span.start, len(found) - 1)], str(problem), about)


def _unknown_key(key: str, known: list[str]) -> str:
    if re.match(r"\d{3}\b", key):
        return f"there is no key {key} here; inside {{ }} write amounts without a comma: £1400, not £1,400"
    return f"there is no key {key} here{nearest(key, known)}"


def fault_at(
    place: Place, text: str, message: str, about: tuple[str, str], severity: Severity = Severity.FAULT
) -> Fault:
    """A fault with the line of its place and a caret under it.

    Args:
        place: Where it is.
        text: The whole file.
        message: What is wrong.
        about: What kind of thing it concerns and its id, such as ("rule", "R05").
        severity: Whether it stops the rulebook.
    """
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    excerpt = f"    {line}\n    {' ' * (place.column - 1)}^" if line.strip() else ""
    return Fault(
        file=place.file,
        line=place.line,
        column=place.column,
        rule_id=about[1],
        what=about[0],
        message=message,
        excerpt=excerpt,
        severity=severity,
    )
