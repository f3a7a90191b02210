"""Read a mapping file as written: every value is text, every value knows its place, no key comes twice.

YAML's own type guessing would turn `NO` into false and `2026-10-31` into a date; a supplier's codes must
stay what they are.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from smart_record.errors import MappingInvalid


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


def read_tree(path: Path) -> Tree:
    """Read one YAML file.

    Raises:
        MappingInvalid: If it is not YAML, is empty, or a key comes twice; names file, line and column.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = Place(path.name, mark.line + 1, mark.column + 1) if mark else path.name
        raise MappingInvalid(f"{at}: not YAML: {error.problem}. Put the line right.") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise MappingInvalid(f"{path.name}: not YAML in UTF-8. Save it as UTF-8 text.") from None
    if node is None:
        raise MappingInvalid(f"{path.name}: the file is empty. Copy a default mapping and change that.")
    return _tree(node, path.name)


def _tree(node: yaml.Node, file: str) -> Tree:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        return Table(_entries(node, file), place)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_tree(item, file) for item in node.value), place)
    return Text(str(node.value), place)


def _entries(node: yaml.MappingNode, file: str) -> tuple[tuple[Text, Tree], ...]:
    seen: dict[str, Place] = {}
    entries = []
    for key_node, value_node in node.value:
        key = _tree(key_node, file)
        if not isinstance(key, Text):
            raise MappingInvalid(f"{key.place}: a name is expected here, not a list. Write `name: value`.")
        if key.value in seen:
            raise MappingInvalid(
                f"{key.place}: {key.value!r} is given on line {seen[key.value].line} too. Keep one of them."
            )
        seen[key.value] = key.place
        entries.append((key, _tree(value_node, file)))
    return tuple(entries)
