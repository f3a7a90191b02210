"""The parts of a mapping file that speak of columns: where they are, what codes mean, constants."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from smart_record.intake.declared.declaration import Column, Kind, Source
from smart_record.intake.declared.special_categories import is_special_category
from smart_record.intake.mapping_files.mapping import Codes, MappedColumn, Scalar, plain_code
from smart_record.intake.mapping_files.suggestions import did_you_mean
from smart_record.intake.mapping_files.text import YES_NO, Faults, one_text, table, texts
from smart_record.intake.mapping_files.yaml_tree import Table, Text, Tree

_CODED = (Kind.CODE, Kind.OPEN_CODE, Kind.YES_NO, Kind.TEXT)
_POUNDS = re.compile(r"-?\d{1,12}(\.\d{1,2})?")


def mapped_columns(
    source: Source, parts: Mapping[str, Tree], file: str, faults: Faults
) -> tuple[MappedColumn, ...]:
    """The mapped columns in declared order, each with the codes and blanks that the file gives it."""
    names = _names(source, parts, file, faults)
    codes = _per_column(source, "values", parts, faults, mapped=set(names))
    blanks = _per_column(source, "blanks", parts, faults, mapped=set(names))
    return tuple(
        MappedColumn(
            column=column,
            name=names[column.name],
            codes=_codes(column, codes[column.name], faults) if column.name in codes else None,
            blanks=tuple(plain_code(t.value) for t in texts(blanks.get(column.name), "blanks", faults)),
        )
        for column in source.columns
        if column.name in names
    )


def _names(source: Source, parts: Mapping[str, Tree], file: str, faults: Faults) -> dict[str, str]:
    known = [column.name for column in source.columns]
    names: dict[str, str] = {}
    if not table(parts, "columns", faults):
        faults.append(f"{file}: `columns:` is missing. Give each of our columns the supplier's name.")
    for key, value in table(parts, "columns", faults):
        if key.value not in known:
            near = did_you_mean(key.value, known)
            faults.append(f"{key.place}: {key.value!r} is not a column of {source.name}.{near}")
            continue
        text = one_text(value, key.value, faults)
        if text is not None and _may_be_read(text, names, faults):
            names[key.value] = text.value.strip()
    return names


def _may_be_read(text: Text, names: Mapping[str, str], faults: Faults) -> bool:
    name = text.value.strip()
    if is_special_category(name):
        faults.append(
            f"{text.place}: {name!r} is a special category of personal data (UK GDPR Art 9; criminal "
            "records, Art 10) and is never taken in. Remove the line."
        )
        return False
    if name in names.values():
        faults.append(f"{text.place}: the supplier's column {name!r} is mapped twice. Keep one of the two.")
        return False
    return True


def _per_column(
    source: Source, heading: str, parts: Mapping[str, Tree], faults: Faults, *, mapped: set[str]
) -> dict[str, Tree]:
    found = {}
    for key, value in table(parts, heading, faults):
        if key.value in mapped:
            found[key.value] = value
        elif key.value not in [column.name for column in source.columns]:
            near = did_you_mean(key.value, mapped)
            faults.append(f"{key.place}: {key.value!r} is not a column of {source.name}.{near}")
        else:
            faults.append(
                f"{key.place}: {key.value!r} is not mapped under `columns:`. Map it or remove this."
            )
    return found


def _codes(column: Column, tree: Tree, faults: Faults) -> Codes | None:
    if column.kind not in _CODED:
        faults.append(f"{tree.place}: {column.name} holds {column.kind}, which has no codes. Use `blanks:`.")
        return None
    if not isinstance(tree, Table):
        faults.append(f"{tree.place}: `{column.name}:` takes `supplier's code: our value` lines.")
        return None
    meanings: dict[str, str | None] = {}
    reserved: dict[str, str | None] = {}
    for key, value in tree.entries:
        target = reserved if key.value in ("other", "blank") else meanings
        code = key.value if target is reserved else plain_code(key.value)
        meaning = _meaning(column, value, faults)
        if code in target and target[code] != meaning:
            faults.append(f"{key.place}: {key.value!r} is given two meanings (case and spaces don't count).")
        target[code] = meaning
    return Codes(
        meanings=MappingProxyType(meanings),
        has_other="other" in reserved,
        other=reserved.get("other"),
        blank=reserved.get("blank"),
    )


def _meaning(column: Column, tree: Tree, faults: Faults) -> str | None:
    if not isinstance(tree, Text):
        faults.append(f"{tree.place}: one value is expected after a code.")
        return None
    allowed = tuple(YES_NO) if column.kind is Kind.YES_NO else column.choices
    if tree.value and allowed and tree.value not in allowed:
        near = did_you_mean(tree.value, allowed)
        faults.append(
            f"{tree.place}: {tree.value!r} is not a value of {column.name}.{near} "
            f"Values: {', '.join(allowed)}."
        )
    return tree.value or None


def read_constants(source: Source, parts: Mapping[str, Tree], faults: Faults) -> dict[str, Scalar]:
    """Values for columns that the supplier lacks, by canonical name; an empty one is not known."""
    columns = {column.name: column for column in source.columns if column.name not in source.key}
    mapped = {key.value for key, _ in table(parts, "columns", [])}
    constants: dict[str, Scalar] = {}
    for key, value in table(parts, "constants", faults):
        if key.value not in columns:
            near = did_you_mean(key.value, columns)
            faults.append(f"{key.place}: {key.value!r} can't have a constant.{near}")
        elif key.value in mapped:
            faults.append(f"{key.place}: {key.value} is mapped under `columns:` too. Keep one of the two.")
        else:
            constants[key.value] = _constant(columns[key.value], value, faults)
    return constants


def _constant(column: Column, tree: Tree, faults: Faults) -> Scalar:
    if isinstance(tree, Text) and not tree.value:
        if column.filled:
            faults.append(f"{tree.place}: {column.name} must have a value in each row; it can't be empty.")
        return None
    meaning = _meaning(column, tree, faults)
    match column.kind:
        case Kind.TEXT | Kind.CODE | Kind.OPEN_CODE:
            return meaning
        case Kind.YES_NO:
            return YES_NO.get(meaning or "")
        case Kind.MONEY if meaning and _POUNDS.fullmatch(meaning):
            return int(Decimal(meaning) * 100)
        case Kind.COUNT if meaning and meaning.isdecimal():
            return int(meaning)
    faults.append(f"{tree.place}: {column.name} can't have this constant. Leave it empty for not known.")
    return None
