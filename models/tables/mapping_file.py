"""Read and write a mapping of a table: YAML in which every value is text, so that codes stay what they are.

```yaml
title: Credit card accounts
target: {column: default, positive: ["1"], meaning: did not pay the next month}
order_by: month          # optional: older rows are learned from, newer ones measured on
key: account             # optional
columns:
  limit: {use: feature, type: number, direction: lowers, unit: £, meaning: credit limit, missing: ["-1"]}
  region: {use: feature, type: category, labels: {n: north, s: south}}
  sex: {use: audit, type: category}
```
"""

from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from models.histories.features import Direction
from models.tables.errors import TableMappingInvalid
from models.tables.mapping import Kind, TableColumn, TableMapping, Use
from models.tables.refusals import why_refused
from smart_record.errors import MappingInvalid
from smart_record.intake.mapping_files.suggestions import did_you_mean
from smart_record.intake.mapping_files.yaml_tree import Items, Place, Table, Text, Tree, read_table

_Choice = TypeVar("_Choice", bound=StrEnum)

_TOP = ("title", "target", "order_by", "key", "columns")
_TARGET = ("column", "positive", "meaning")
_COLUMN = ("use", "type", "direction", "unit", "meaning", "missing", "labels")


def read_mapping(path: Path) -> TableMapping:
    """Read a mapping and refuse what may not be a feature.

    Raises:
        TableMappingInvalid: If it is not there, says what can't be, or asks for a refused feature; names
            file, line and column.
    """
    if not path.is_file():
        raise TableMappingInvalid(f"{path} is not there. Draft one with `triage model draft TABLE -o FILE`.")
    try:
        tree = read_table(path)
    except MappingInvalid as fault:
        raise TableMappingInvalid(str(fault)) from fault
    top = _entries(tree, _TOP)
    target = _entries(_needed(top, "target", tree), _TARGET)
    columns = top.get("columns", Items((), tree.place))
    if not isinstance(columns, Table) or not columns.entries:
        raise TableMappingInvalid(f"{tree.place}: `columns` must name the columns, one a line.")
    return TableMapping(
        title=_text(top["title"]) if "title" in top else path.stem,
        target=_text(_needed(target, "column", tree)),
        positive=_texts(_needed(target, "positive", tree)),
        meaning=_text(target["meaning"]) if "meaning" in target else "the outcome",
        order_by=_text(top["order_by"]) if "order_by" in top else None,
        key=_text(top["key"]) if "key" in top else None,
        columns=tuple(_column(name, entry) for name, entry in columns.entries),
    )


def _column(name: Text, entry: Tree) -> TableColumn:
    said = _entries(entry, _COLUMN)
    column = TableColumn(
        name=name.value,
        use=_choice(said.get("use"), Use, Use.FEATURE),
        kind=_choice(said.get("type"), Kind, Kind.NUMBER),
        direction=_choice(said.get("direction"), Direction, Direction.FREE),
        unit=_text(said["unit"]) if "unit" in said else "",
        meaning=_text(said["meaning"]) if "meaning" in said else "",
        missing=_texts(said["missing"]) if "missing" in said else (),
        labels=_labels(said["labels"]) if "labels" in said else {},
    )
    _check(column, name.place)
    return column


def _check(column: TableColumn, place: Place) -> None:
    refusal = why_refused(column.name)
    if column.use is Use.FEATURE and refusal:
        raise TableMappingInvalid(
            f"{place}: {column.name} may not be a feature: {refusal}. Write `use: audit` to see how it fares"
            " by group, or `use: none`."
        )
    if column.kind is Kind.CATEGORY and column.direction is not Direction.FREE:
        raise TableMappingInvalid(
            f"{place}: {column.name} is a category, which has no larger or smaller; take its direction out."
        )


def _entries(tree: Tree, known: tuple[str, ...]) -> dict[str, Tree]:
    if not isinstance(tree, Table):
        raise TableMappingInvalid(f"{tree.place}: expected names and values: {', '.join(known)}.")
    for name, _ in tree.entries:
        if name.value not in known:
            raise TableMappingInvalid(
                f"{name.place}: {name.value} is not known here.{did_you_mean(name.value, known)}"
                f" Known: {', '.join(known)}."
            )
    return {name.value: value for name, value in tree.entries}


def _needed(entries: dict[str, Tree], name: str, tree: Tree) -> Tree:
    if name not in entries:
        raise TableMappingInvalid(f"{tree.place}: `{name}` is missing. Add it.")
    return entries[name]


def _text(tree: Tree) -> str:
    if not isinstance(tree, Text):
        raise TableMappingInvalid(f"{tree.place}: expected one value.")
    return tree.value


def _texts(tree: Tree) -> tuple[str, ...]:
    return tuple(_text(item) for item in tree.items) if isinstance(tree, Items) else (_text(tree),)


def _labels(tree: Tree) -> dict[str, str]:
    if not isinstance(tree, Table):
        raise TableMappingInvalid(f"{tree.place}: labels are codes and their words, as {{1: owner}}.")
    return {name.value: _text(value) for name, value in tree.entries}


def _choice(tree: Tree | None, choices: type[_Choice], default: _Choice) -> _Choice:
    if tree is None:
        return default
    said, known = _text(tree), [choice.value for choice in choices]
    if said not in known:
        raise TableMappingInvalid(
            f"{tree.place}: {said} is not one of {', '.join(known)}.{did_you_mean(said, known)}"
        )
    return choices(said)


def write_mapping(mapping: TableMapping) -> str:
    """Write a mapping as the text of its file; `read_mapping` gives it back."""
    content: dict[str, Any] = {
        "title": mapping.title,
        "target": {
            "column": mapping.target,
            "positive": list(mapping.positive),
            "meaning": mapping.meaning,
        },
        **({"order_by": mapping.order_by} if mapping.order_by else {}),
        **({"key": mapping.key} if mapping.key else {}),
        "columns": {column.name: _said(column) for column in mapping.columns},
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)


def _said(column: TableColumn) -> dict[str, Any]:
    said: dict[str, Any] = {"use": column.use.value, "type": column.kind.value}
    if column.kind is not Kind.CATEGORY:
        said["direction"] = column.direction.value
    optional = {
        "unit": column.unit,
        "meaning": column.meaning,
        "missing": list(column.missing),
        "labels": dict(column.labels),
    }
    return said | {name: value for name, value in optional.items() if value}
