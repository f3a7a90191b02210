"""The example households of a decision table: each says how every row comes out for it.

They stand below the rows, under a line `# cases`: columns of facts, and `expect`. A case names the rows that
are met, or not known; every other row must be not met. So it becomes a case of each of the table's rules.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rules.decision_tables.decision_table import MOST_ROWS, CaseLines, Cell, Table
from rules.entries.case_entries import read_given
from rules.entries.sources import Field
from rules.language.model import Case, Rule
from rules.language.names import Names
from rules.language.parameters import Place
from rules.language.scalars import day, nearest
from rules.language.tree import Known
from rules.language.vocabulary import Outcome
from smart_record.positioned_yaml import Mapping as MappingNode
from smart_record.positioned_yaml import Node, Scalar, Sequence

_OWN = ("expect", "as_of")
_NOTHING = ("", "-")
_EXPECTED = re.compile(r"([A-Za-z0-9_-]+)(?:\.\.(\d+))?(\s+not known)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCase:
    """One example household of a table.

    Attributes:
        given: Known facts and events.
        expect: Outcome by number of the row, from 1; rows that are left out must be not met.
        as_of: The date it is judged on; None for the first day of the rule.
        place: Where it is written.
    """

    given: Mapping[str, Known]
    expect: Mapping[int, Outcome]
    as_of: date | None
    place: Place

    def of_row(self, number: int, rule: Rule) -> Case:
        """The case as one of the rule that a row has become."""
        return Case(
            given=self.given,
            expect=self.expect.get(number, Outcome.NOT_MET),
            as_of=self.as_of or rule.in_force_from,
            bug="",
            question="",
            place=self.place,
        )


def read_table_cases(table: Table, row_ids: Mapping[str, int], names: Names) -> tuple[TableCase, ...]:
    """The cases of a table, less those with a fault.

    Args:
        table: From `rules.decision_tables.decision_table.read_table`.
        row_ids: Numbers of the rows by the ids of their rules.
        names: What may be given.
    """
    if table.cases is None or not _columns_hold(table, table.cases, names):
        return ()
    rows = {str(number): number for number in row_ids.values()} | dict(row_ids)
    read = (_case(table, table.cases.columns, line, rows, names) for line in table.cases.lines)
    return tuple(each for each in read if each is not None)


def with_cases(rule: Rule, number: int, cases: Iterable[TableCase]) -> Rule:
    """A rule with the table's cases as its own."""
    return replace(rule, cases=tuple(each.of_row(number, rule) for each in cases))


def _columns_hold(table: Table, cases: CaseLines, names: Names) -> bool:
    """Whether there are cases, and every column is a fact or event, once."""
    source, about, before = table.source, f"table {table.name}", len(table.source.faults)
    texts = [column.text for column in cases.columns]
    if not cases.lines:
        source.fault(cases.start, "below `# cases` stand a line of column names and a line a case", about)
    elif "expect" not in texts:
        message = "the cases have no column expect; it says which row fits, as in 2, or none"
        source.fault(cases.columns[0].start, message, about)
    for at, column in enumerate(cases.columns):
        if column.text in texts[:at]:
            source.fault(column.start, f"the column {column.text} stands here twice; keep one", about)
        elif column.text not in _OWN and column.text not in names.held:
            near = nearest(column.text, [*names.held, *_OWN]) or "; a case gives facts of the catalogue"
            source.fault(column.start, f"no fact is called {column.text or '(blank)'}{near}", about)
    if len(cases.lines) > MOST_ROWS:
        source.fault(cases.start, f"the table has {len(cases.lines)} cases; the most is {MOST_ROWS}", about)
    return len(source.faults) == before


def _case(
    table: Table, columns: tuple[Cell, ...], line: tuple[Cell, ...], rows: Mapping[str, int], names: Names
) -> TableCase | None:
    about, source = f"table {table.name}", table.source
    if len(line) != len(columns):
        message = f"the case has {len(line)} of the {len(columns)} cells that the columns ask for"
        source.fault(line[0].start, f"{message}; a cell with a comma in it goes in quotation marks", about)
        return None
    cells = {column.text: (column, cell) for column, cell in zip(columns, line, strict=True)}
    facts = [pair for name, pair in cells.items() if name not in _OWN and pair[1].text not in _NOTHING]
    entries = tuple((column.scalar, _value(column, cell, names)) for column, cell in facts)
    given = read_given(source, MappingNode(entries, line[0].start), names, about)
    own = {name: cells[name][1].scalar for name in _OWN if name in cells and cells[name][1].text != "-"}
    fields = {"expect": Field(lambda text: _expected(text, rows)), "as_of": Field(day, optional=True)}
    values = source.read(own, fields, about)
    if given is None or values is None:
        return None
    return TableCase(given=given, place=source.place(line[0].start), **values)


def _value(column: Cell, cell: Cell, names: Names) -> Node:
    """A fact's value as it stands; of an event the days, or `never`."""
    if column.text not in names.events or cell.text == "not known":
        return cell.scalar
    days = [] if cell.text == "never" else [each.strip() for each in cell.text.split(",")]
    return Sequence(tuple(Scalar(each, "", cell.start, cell.end) for each in days), cell.start)


def _expected(text: str, rows: Mapping[str, int]) -> Mapping[int, Outcome]:
    """What `2`, `1, 3`, `2..4 not known` or `none` says of the rows."""
    if not text:
        raise ValueError("say which row fits, as in 2; or none, or 2 not known")
    if text == "none":
        return {}
    found: dict[int, Outcome] = {}
    for part in text.split(","):
        told = _EXPECTED.fullmatch(part.strip())
        if told is None:
            raise ValueError(f"{part.strip() or 'nothing'} names no row; write 2, or none, or 2 not known")
        outcome = Outcome.NOT_KNOWN if told[3] else Outcome.MET
        found |= dict.fromkeys(_numbers(told[1], told[2] or told[1], rows), outcome)
    return found


def _numbers(first: str, last: str, rows: Mapping[str, int]) -> Iterator[int]:
    for each in (first, last):
        if each not in rows:
            raise ValueError(f"there is no row {each}; the rows are 1 to {max(rows.values())}")
    if rows[last] < rows[first]:
        raise ValueError(f"{first}..{last} runs backwards; write the smaller row first")
    yield from range(rows[first], rows[last] + 1)
