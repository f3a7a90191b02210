"""Read a mapping file as written: every value is text, every value knows its place, no key comes twice.

YAML's own type guessing would turn `NO` into false and `2026-10-31` into a date; a supplier's codes must
stay what they are.
"""

from dataclasses import dataclass
from pathlib import Path

from smart_record.errors import MappingInvalid
from smart_record.positioned_yaml import DocumentMisread, Mapping, Node, Scalar, Sequence, compose


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file} line {self.line}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Text:
    """A single value, as written."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Tree", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Names and their values, in the order of the file."""

    entries: tuple[tuple[Text, "Tree"], ...]
    place: Place


Tree = Text | Items | Table


def read_table(path: Path) -> Table:
    """Read one YAML file of names and values.

    Raises:
        MappingInvalid: If it is not such a file, is empty, or a key comes twice; names file, line and column.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise MappingInvalid(f"{path.name}: not text in UTF-8. Save it as UTF-8 text.") from None
    reader = _Reader(path.name, text)
    try:
        node = compose(text)
    except DocumentMisread as error:
        raise MappingInvalid(f"{reader.place(error.at)}: {error}. Put the line right.") from None
    if node is None:
        raise MappingInvalid(f"{path.name}: the file is empty. Copy a default mapping and change that.")
    tree = reader.tree(node)
    if not isinstance(tree, Table):
        raise MappingInvalid(f"{path.name}: a mapping is a list of `name: value` lines; this is not one.")
    return tree


@dataclass(frozen=True, slots=True)
class _Reader:
    """One file being read."""

    file: str
    text: str

    def place(self, at: int) -> Place:
        """The place of an offset."""
        before = self.text[:at]
        return Place(self.file, before.count("\n") + 1, at - before.rfind("\n"))

    def tree(self, node: Node) -> Tree:
        """A node with all below it."""
        place = self.place(node.start)
        match node:
            case Scalar(text):
                return Text(text, place)
            case Sequence(items):
                return Items(tuple(self.tree(item) for item in items), place)
            case Mapping():
                return Table(self._entries(node), place)

    def _entries(self, node: Mapping) -> tuple[tuple[Text, Tree], ...]:
        seen: dict[str, Place] = {}
        entries = []
        for key, value in node.entries:
            place = self.place(key.start)
            if key.text in seen:
                raise MappingInvalid(
                    f"{place}: {key.text!r} is given on line {seen[key.text].line} too. Keep one of them."
                )
            seen[key.text] = place
            entries.append((Text(key.text, place), self.tree(value)))
        return tuple(entries)
