"""Decision tables to rules: each row becomes an entry in the form of rule files, and is read as such.

Under FIRST and PRIORITY each row's own test is a signal, and a rule is met where its own signal is met and
that of no row before it. So a row waits while an earlier one is not known: a missing fact never lets a
household slip through to a later row.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.decision_tables.cases import TableCase, read_table_cases
from rules.decision_tables.cells import condition_text
from rules.decision_tables.decision_table import OUTPUTS, Cell, HitPolicy, Row, Table
from rules.entries.rule_entries import RuleSet
from rules.entries.sources import Field
from rules.language.conditions import read_condition
from rules.language.firewall import refusal
from rules.language.grammar import ConditionMisread
from rules.language.names import DependsOnFaulty, Names, unknown
from rules.language.scalars import nearest, prose
from smart_record.positioned_yaml import Mapping as MappingNode
from smart_record.positioned_yaml import Node, Scalar
from smart_record.purposes import Purpose

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_TAKEN_FROM_HEAD = tuple(each for each in OUTPUTS if each != "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row that has become a rule.

    Attributes:
        number: From 1, as messages count.
        rule_id: The rule.
        signal: Name of the signal that is the row's own test; None where the rule's condition is.
        leads_to: What the row leads to, by output column, without its id.
    """

    number: int
    rule_id: str
    signal: str | None
    leads_to: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A table as entries of rule files, with its cases, and what proofs must know of it."""

    table: Table
    head: RuleSet
    rows: tuple[TableRow, ...]
    signals: tuple[MappingNode, ...]
    rules: tuple[MappingNode, ...]
    cases: tuple[TableCase, ...]

    @property
    def has_its_cases(self) -> bool:
        """Whether there are cases and none has a fault; else what they show can't be judged yet."""
        return self.table.cases is not None and 0 < len(self.cases) == len(self.table.cases.lines)


def signal_names(table: Table) -> frozenset[str]:
    """The signals that a table brings with it."""
    return frozenset(_signal(table, row) for row in table.rows) if table.policy.one_row else frozenset()


def compile_table(table: Table, names: Names) -> Compiled:
    """The entries of a table; a row with a fault in a cell is left out and its faults are told.

    Args:
        table: From `rules.decision_tables.decision_table.read_table`.
        names: What cells may speak of, this table's own signals included.
    """
    head = table.source.read({key: cell.scalar for key, cell in table.head.items()}, _RULE_SET, "table")
    assert head is not None  # read_table saw to it
    compiled: list[tuple[Row, str, TableRow]] = []
    columns_hold = _columns_hold(table, names) and _dates_hold(table)
    for row in _in_order(table):
        text = _tests(table, row, names) if columns_hold else None
        if text is not None and (text or _is_otherwise(table, row)):
            compiled.append((row, text, _table_row(table, row, text)))
    return Compiled(
        table=table,
        head=RuleSet(**head),
        rows=tuple(each for _, _, each in compiled),
        signals=tuple(_signals(table, compiled)),
        rules=tuple(_rules(table, compiled)),
        cases=read_table_cases(table, {_rule_id(table, row): row.number for row in table.rows}, names),
    )


_RULE_SET = {key: Field(prose) for key in ("ruleset", "version", "owner")}


def _in_order(table: Table) -> Sequence[Row]:
    """The rows as the hit policy goes through them: PRIORITY by priority, then as they stand."""
    if table.policy is not HitPolicy.PRIORITY:
        return table.rows

    def urgency(row: Row) -> str:
        cell = row.outputs.get("priority", table.head.get("priority"))
        return cell.text if cell else ""

    return sorted(table.rows, key=urgency)


def _columns_hold(table: Table, names: Names) -> bool:
    """Whether every column names something to test, and one that the table's purpose may read."""
    before = len(table.source.faults)
    for column, _ in table.rows[0].tests:
        name = column.text
        if _NAME.fullmatch(name) and name not in {*names.catalogue, *names.signals, *names.parameters}:
            near = nearest(name, OUTPUTS)
            told = f"no fact and no output column is called {name}{near}" if near else unknown(name, names)
            table.source.fault(column.start, f"column {name}: {told}", _about(table))
        elif name in names.catalogue and _purpose(table) not in {None, *names.catalogue[name].purposes}:
            purpose = _purpose(table)
            assert purpose is not None
            table.source.fault(column.start, refusal(names.catalogue[name], purpose), _about(table))
    return len(table.source.faults) == before


def _dates_hold(table: Table) -> bool:
    """Whether rows that go first are in force as long as those that wait for them."""
    dates = {
        tuple(_outputs(table, row)[key].text for key in ("from", "until") if key in _outputs(table, row))
        for row in table.rows
    }
    if table.policy.one_row and len(dates) > 1:
        message = (
            f"under the hit policy {table.policy} all rows begin and end together; write from and until "
            "above the columns, and make a table of its own for other dates"
        )
        table.source.fault(table.rows[0].start, message, _about(table))
        return False
    return True


def _purpose(table: Table) -> Purpose | None:
    """The one purpose of the head, where there is one; rows with their own are judged as rules are."""
    told = table.head["purpose"].text if "purpose" in table.head else ""
    return Purpose(told) if told in {each.value for each in Purpose} else None


def _tests(table: Table, row: Row, names: Names) -> str | None:
    """The row's own condition, "" where it asks nothing; None with the faults of its cells."""
    texts = []
    before = len(table.source.faults)
    for column, cell in row.tests:
        text = condition_text(column.text, cell.text)
        if text is None:
            continue
        problems = list[ConditionMisread]()
        read_condition(text, names, problems)
        for problem in problems:
            if not isinstance(problem, DependsOnFaulty):
                message = f"row {row.number}, column {column.text}: {problem}"
                table.source.fault(cell.start, message, f"rule {_rule_id(table, row)}")
        texts.append(text)
    return " and ".join(texts) if len(table.source.faults) == before else None


def _is_otherwise(table: Table, row: Row) -> bool:
    """Whether a row without tests may stand where it does: last, where earlier rows go first."""
    last = _in_order(table)[-1]
    if table.policy.one_row and row is last and len(table.rows) > 1:
        return True
    message = f"row {row.number} tests nothing"
    if table.policy.one_row:
        message += ", so no later row would ever be reached; move it to the end"
    else:
        message += f"; under the hit policy {table.policy} it would fit everyone"
    table.source.fault(row.start, message, f"rule {_rule_id(table, row)}")
    return False


def _table_row(table: Table, row: Row, text: str) -> TableRow:
    outputs = _outputs(table, row)
    return TableRow(
        number=row.number,
        rule_id=_rule_id(table, row),
        signal=_signal(table, row) if table.policy.one_row and text else None,
        leads_to=tuple((key, outputs[key].text) for key in _TAKEN_FROM_HEAD if key in outputs),
    )


def _signals(table: Table, compiled: Iterable[tuple[Row, str, TableRow]]) -> Iterator[MappingNode]:
    for row, text, made in compiled:
        if made.signal:
            meaning = f"row {row.number} of {table.source.file} fits, by itself"
            values = {"name": made.signal, "meaning": meaning, "when": text}
            yield _node(row, {key: _at(row, value) for key, value in values.items()})


def _rules(table: Table, compiled: Sequence[tuple[Row, str, TableRow]]) -> Iterator[MappingNode]:
    earlier: list[str] = []
    for row, text, made in compiled:
        when = text
        if table.policy.one_row:
            when = " and ".join(
                [*([made.signal] if made.signal else []), *(f"not {each}" for each in earlier)]
            )
            earlier += [made.signal] if made.signal else []
        title = Cell(f"{table.head['ruleset'].text}, row {row.number}", row.start, row.end)
        values = {"title": title} | _outputs(table, row)
        nodes = {key: cell.scalar for key, cell in values.items()}
        fixed = {"id": _at(row, made.rule_id), "kind": _at(row, "suggest"), "when": _at(row, when)}
        yield _node(row, nodes | fixed)


def _outputs(table: Table, row: Row) -> dict[str, Cell]:
    """What a row leads to: its own cells, else the head's."""
    head = {key: cell for key, cell in table.head.items() if key in _TAKEN_FROM_HEAD}
    return head | {key: cell for key, cell in row.outputs.items() if key != "rule"}


def _node(row: Row, values: Mapping[str, Node]) -> MappingNode:
    return MappingNode(tuple((_at(row, key), value) for key, value in values.items()), row.start)


def _at(row: Row, text: str) -> Scalar:
    return Scalar(text, "", row.start, row.end)


def _rule_id(table: Table, row: Row) -> str:
    return row.outputs["rule"].text if "rule" in row.outputs else f"{table.name}-{row.number}"


def _signal(table: Table, row: Row) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", table.name.lower()).strip("_")
    return f"signal.{stem}_row_{row.number}"


def _about(table: Table) -> str:
    return f"table {table.name}"
