"""A matching's mapping file: which column of which table is what, every fault told with its place."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from smart_record.errors import MappingInvalid
from smart_record.intake.mapping_files.date_forms import parse_date_form
from smart_record.intake.mapping_files.suggestions import did_you_mean
from smart_record.intake.mapping_files.text import Faults, one_text, parts_of, table, texts
from smart_record.intake.mapping_files.yaml_tree import Items, Place, Table, Text, Tree, read_table
from smart_record.table_linkage.fields import (
    DATE_PARTS,
    DEDUPE,
    FIELDS,
    HOW_TO_COMPARE,
    LINK,
    OTHER,
    SEVERAL_COLUMNS,
    TAKEN_APART,
    TASKS,
    TEXT,
)

_DEFAULT_DATES = "yyyy-mm-dd"
_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedField:
    """Where one field stands in a table.

    Attributes:
        name: Of `fields.FIELDS`, or the mapping's own name for another column.
        columns: Of the table, in order; for a date of birth in parts: year, month, day.
        place: Where the mapping says so.
        dates: How a date is written; "" for all else and for a date in parts.
        compare: "text" or "category" for another column; "" for a field of `fields.FIELDS`.
    """

    name: str
    columns: tuple[str, ...]
    place: Place
    dates: str = ""
    compare: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedTable:
    """One table of a matching.

    Attributes:
        name: What results call it.
        id_column: Tells its rows apart.
        person_column: Says whose a row is, for evaluation only; "" where nothing does.
        fields: What is known of each row.
        place: Where the mapping says so.
    """

    name: str
    id_column: str
    person_column: str
    fields: tuple[MappedField, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """What is matched with what.

    Attributes:
        task: Of `fields.TASKS`.
        tables: In the order in which the files are given.
    """

    task: str
    tables: tuple[MappedTable, ...]


def read_table_mapping(path: Path) -> TableMapping:
    """Read and check one mapping file.

    Raises:
        MappingInvalid: With every fault of the file, each with its line and column.
    """
    faults: Faults = []
    parts = parts_of(read_table(path), ("task", "tables"), faults)
    tables = _tables(parts, path, faults)
    task = _task(parts, len(tables), path, faults)
    if not faults:
        _check_common(tables, path, faults)
    if faults:
        raise MappingInvalid("\n".join(faults))
    return TableMapping(task=task, tables=tables)


def _task(parts: Mapping[str, Tree], count: int, path: Path, faults: Faults) -> str:
    if "task" not in parts:
        faults.append(f"{path.name}: `task:` is missing. Say {', '.join(TASKS[:-1])} or {TASKS[-1]}.")
        return LINK
    text = one_text(parts["task"], "task", faults)
    if text is None:
        return LINK
    if text.value not in TASKS:
        near = did_you_mean(text.value, TASKS)
        faults.append(f"{text.place}: {text.value!r} is not a task.{near} Tasks: {', '.join(TASKS)}.")
    elif count and (text.value == DEDUPE) != (count == 1):
        faults.append(
            f"{text.place}: `task: {text.value}` with {count} tables. "
            "dedupe takes one table, link and link_and_dedupe two or more."
        )
    return text.value


def _tables(parts: Mapping[str, Tree], path: Path, faults: Faults) -> tuple[MappedTable, ...]:
    match parts.get("tables"):
        case Items(items) if items:
            tables = [_table(item, faults) for item in items]
        case tree:
            at = f"{tree.place}" if tree is not None else path.name
            faults.append(f"{at}: `tables:` takes a list, one `- name:` for each file.")
            return ()
    named = [each for each in tables if each is not None]
    for index, each in enumerate(named):
        if each.name in {other.name for other in named[:index]}:
            faults.append(f"{each.place}: two tables are named {each.name!r}. Give each its own name.")
    return tuple(named)


def _table(tree: Tree, faults: Faults) -> MappedTable | None:
    if not isinstance(tree, Table):
        faults.append(f"{tree.place}: a table is `name:`, `id:` and `fields:` lines; this is not one.")
        return None
    parts = parts_of(tree, ("name", "id", "person", "fields", OTHER), faults)
    found = {}
    for name in ("name", "id"):
        if name not in parts:
            faults.append(f"{tree.place}: this table has no `{name}:`.")
        found[name] = one_text(parts[name], name, faults) if name in parts else None
    person = one_text(parts["person"], "person", faults) if "person" in parts else None
    fields = [_field(key, value, faults) for key, value in table(parts, "fields", faults)]
    fields += [_other(key, value, faults) for key, value in table(parts, OTHER, faults)]
    known = tuple(field for field in fields if field is not None)
    if not known:
        faults.append(f"{tree.place}: this table maps no field. Under `fields:` say which column is what.")
    if found["name"] is None or found["id"] is None:
        return None
    return MappedTable(
        name=found["name"].value,
        id_column=found["id"].value,
        person_column=person.value if person else "",
        fields=known,
        place=tree.place,
    )


def _field(key: Text, value: Tree, faults: Faults) -> MappedField | None:
    if key.value not in FIELDS:
        near = did_you_mean(key.value, FIELDS)
        faults.append(
            f"{key.place}: {key.value!r} is not a field.{near} Fields: {', '.join(FIELDS)}; "
            f"any other column goes under `{OTHER}:`."
        )
        return None
    if key.value == "date_of_birth":
        return _birth(key, value, faults)
    columns = texts(value, key.value, faults)
    if len(columns) > 1 and key.value not in SEVERAL_COLUMNS:
        faults.append(f"{key.place}: `{key.value}:` takes one column; only address takes several.")
    return MappedField(name=key.value, columns=tuple(each.value for each in columns), place=key.place)


def _birth(key: Text, value: Tree, faults: Faults) -> MappedField | None:
    if isinstance(value, Text):
        return MappedField(name=key.value, columns=(value.value,), place=key.place, dates=_DEFAULT_DATES)
    if not isinstance(value, Table):
        faults.append(
            f"{value.place}: `{key.value}:` takes a column, {{column, dates}} or {{year, month, day}}."
        )
        return None
    parts = parts_of(value, ("column", "dates", *DATE_PARTS), faults)
    wanted = DATE_PARTS if "column" not in parts else ("column",)
    read = [one_text(parts[name], name, faults) if name in parts else None for name in wanted]
    if any(text is None for text in read):
        faults.append(
            f"{value.place}: `{key.value}:` takes {{column, dates}}, or all of year, month and day."
        )
        return None
    dates = one_text(parts["dates"], "dates", faults) if "dates" in parts else None
    if dates is not None and parse_date_form(dates.value) is None:
        faults.append(
            f"{dates.place}: {dates.value!r} is not a way to write dates. Use dd, mm (or Mon) and yyyy, "
            "as in dd/mm/yyyy; two-digit years are refused."
        )
    if dates is not None and wanted == DATE_PARTS:
        faults.append(
            f"{dates.place}: `dates:` says how one column is written. Remove it, or give `column:`."
        )
    form = (dates.value if dates else _DEFAULT_DATES) if wanted == ("column",) else ""
    columns = tuple(text.value for text in read if text is not None)
    return MappedField(name=key.value, columns=columns, place=key.place, dates=form)


def _other(key: Text, value: Tree, faults: Faults) -> MappedField | None:
    if key.value in FIELDS:
        faults.append(f"{key.place}: {key.value!r} is a field: put it under `fields:`.")
        return None
    if isinstance(value, Text):
        return MappedField(name=key.value, columns=(value.value,), place=key.place, compare=TEXT)
    if not isinstance(value, Table):
        faults.append(f"{value.place}: `{key.value}:` takes a column or {{column, compare}}.")
        return None
    parts = parts_of(value, ("column", "compare"), faults)
    column = one_text(parts["column"], "column", faults) if "column" in parts else None
    compare = one_text(parts["compare"], "compare", faults) if "compare" in parts else None
    if column is None:
        faults.append(f"{value.place}: `{key.value}:` does not say its column.")
        return None
    if compare is not None and compare.value not in HOW_TO_COMPARE:
        faults.append(f"{compare.place}: `compare:` is text or category, not {compare.value!r}.")
    how = compare.value if compare else TEXT
    return MappedField(name=key.value, columns=(column.value,), place=key.place, compare=how)


def _check_common(tables: tuple[MappedTable, ...], path: Path, faults: Faults) -> None:
    """A field is compared only where two tables have it; how one is compared is the same in each."""
    held = Counter(name for each in tables for name in _compared(each))
    if len(tables) > 1 and max(held.values()) < _TWO:
        faults.append(f"{path.name}: no field is in two tables: there is nothing to compare.")
    ways: dict[str, MappedField] = {}
    for field in (field for each in tables for field in each.fields):
        first = ways.setdefault(field.name, field)
        if first.compare != field.compare:
            faults.append(
                f"{field.place}: {field.name!r} is compared as {field.compare} here and as {first.compare} "
                f"on line {first.place.line}. Say the same in both."
            )


def _compared(table: MappedTable) -> set[str]:
    """What its fields are compared as."""
    return {name for field in table.fields for name in TAKEN_APART.get(field.name, (field.name,))}
