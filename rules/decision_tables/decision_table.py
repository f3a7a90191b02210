"""Decision tables: what is a table by nature, as CSV or a spreadsheet, with DMN's hit policies.

Above the columns stand lines `# key: value`: the hit policy, what the rule set is called, and whatever holds
for all rows. Each column tests one fact (or gives one thing that the row leads to), each row is one rule.
Below the rows, under a line `# cases`, may stand example households.
This module reads the form; `rules.decision_tables.rules` makes rules of it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from rules.entries.sources import Field, Source
from rules.language.scalars import identifier, nearest, prose, word_of, yes_no
from smart_record.positioned_yaml import Scalar

SUFFIXES = frozenset({".csv", ".xlsx"})

OUTPUTS = (
    "rule",
    "title",
    "from",
    "until",
    "purpose",
    "intervention",
    "priority",
    "tier",
    "because",
    "source",
)
"""Columns that say what a row leads to; `rule` is the id. In the head they hold for every row without one."""

_HEAD = ("hit policy", "table", "complete", "ruleset", "version", "owner")

_CASES = re.compile(r"#\s*cases\s*:?", re.IGNORECASE)

MOST_ROWS = 1_000
MOST_COLUMNS = 60


class HitPolicy(StrEnum):
    """What holds where a household fits several rows."""

    UNIQUE = "unique"
    ANY = "any"
    FIRST = "first"
    PRIORITY = "priority"
    COLLECT = "collect"

    @property
    def one_row(self) -> bool:
        """Whether a row gives way to those before it."""
        return self in {HitPolicy.FIRST, HitPolicy.PRIORITY}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, with its offsets in the text of the file."""

    text: str
    start: int
    end: int

    @property
    def scalar(self) -> Scalar:
        """The cell as a piece of a rule file."""
        return Scalar(self.text, "", self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number from 1, the tests by column, and what it leads to by output column."""

    number: int
    tests: tuple[tuple[Cell, Cell], ...]
    outputs: Mapping[str, Cell]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLines:
    """The example households as they stand: the cells of their column names, and of each case.

    `start` is the place of the line `# cases`.
    """

    start: int
    columns: tuple[Cell, ...]
    lines: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A decision table as its file says it.

    Attributes:
        source: The file, which takes the faults.
        name: The table's own name: rules without an id are called after it.
        policy: What holds where a household fits several rows.
        complete: Whether some row must fit every household whose facts are known.
        head: The cells of the head, by key.
        rows: In the file's order.
        cases: The example households; None where there are none.
    """

    source: Source
    name: str
    policy: HitPolicy
    complete: bool
    head: Mapping[str, Cell]
    rows: tuple[Row, ...]
    cases: CaseLines | None = None


def is_table(file: str) -> bool:
    """Whether a file of the rules directory is a decision table."""
    return PurePosixPath(file).suffix in SUFFIXES


def read_table(source: Source) -> Table | None:
    """The table of a file, or None with its faults."""
    before = len(source.faults)
    head: dict[str, Cell] = {}
    lines, cases = _parted(source, list(_lines(source)))
    body = _without_padding([line for line in lines if line and not line[0].text.startswith("#")])
    for line in lines:
        if line and line[0].text.startswith("#") and not line[0].text.startswith("##"):
            _read_head(source, line, head)
    nodes = {"table": Scalar("", "", 0, 0)} | {key: cell.scalar for key, cell in head.items()}
    values = source.read(nodes, _fields(source), "table")
    if not body:
        source.fault(0, "the table has no line of column names below its head")
        return None
    if values is None or len(source.faults) > before:
        _tell_missing(source, head)
        return None
    columns = _columns(source, body[0])
    rows = tuple(_row(source, number, columns, line) for number, line in enumerate(body[1:], start=1))
    if not rows:
        source.fault(body[0][0].start, "the table has no row below its column names")
    if len(source.faults) > before:
        return None
    return Table(
        source=source,
        name=values["table"],
        policy=values["hit policy"],
        complete=values["complete"],
        head=head,
        rows=rows,
        cases=cases,
    )


def _parted(source: Source, lines: list[list[Cell]]) -> tuple[list[list[Cell]], CaseLines | None]:
    """The lines of the table itself, and its cases."""
    at = next((at for at, line in enumerate(lines) if _CASES.fullmatch(line[0].text)), None)
    if at is None:
        return lines, None
    below = [line for line in lines[at + 1 :] if not line[0].text.startswith("##")]
    for line in below:
        if line[0].text.startswith("#"):
            message = f"{line[0].text} stands below `# cases`; write it above the columns of the table"
            source.fault(line[0].start, f"{message}; a remark begins with ##")
    rest = _without_padding([line for line in below if not line[0].text.startswith("#")])
    columns = tuple(rest[0]) if rest else ()
    return lines[:at], CaseLines(
        start=lines[at][0].start, columns=columns, lines=tuple(tuple(line) for line in rest[1:])
    )


def _without_padding(lines: list[list[Cell]]) -> list[list[Cell]]:
    """The lines without the empty cells that a spreadsheet writes to the right of the last column."""
    width = max((at + 1 for line in lines[:1] for at, cell in enumerate(line) if cell.text), default=0)
    return [line[:width] if not any(cell.text for cell in line[width:]) else line for line in lines]


def _fields(source: Source) -> dict[str, Field]:
    stem = PurePosixPath(source.file).stem
    return {
        "hit policy": Field(lambda text: word_of(HitPolicy)(text.lower())),
        "table": Field(lambda text: identifier(text or stem)),
        "complete": Field(yes_no, optional=True, default=False),
        **{key: Field(prose) for key in ("ruleset", "version", "owner")},
    }


def _tell_missing(source: Source, head: Mapping[str, Cell]) -> None:
    for key in ("hit policy", "ruleset", "version", "owner"):
        if key not in head:
            example = " (unique, any, first, priority or collect)" if key == "hit policy" else ""
            source.fault(0, f"{key} is missing{example}; above the column names write a line `# {key}: ...`")


def _read_head(source: Source, line: list[Cell], head: dict[str, Cell]) -> None:
    """One `# key: value`."""
    text, start, end = line[0].text, line[0].start, line[0].end
    key, colon, value = text.lstrip("#").partition(":")
    name = " ".join(key.lower().split())
    if not colon or name not in {*_HEAD, *OUTPUTS} or name == "rule":
        message = f"{text} is not a line of a table's head{nearest(name, [*_HEAD, *OUTPUTS])}"
        source.fault(start, f"{message}; a remark begins with ##")
    elif name in head:
        source.fault(start, f"{name} is written twice; keep one")
    else:
        head[name] = Cell(re.sub(r'^"(.*)"$', r"\1", value.strip()), start, end)


def _columns(source: Source, line: list[Cell]) -> list[Cell]:
    seen = set()
    for cell in line:
        if not cell.text:
            source.fault(cell.start, "this column has no name; name it or take it out")
        elif cell.text in seen:
            source.fault(
                cell.start, f"the column {cell.text} stands here twice; write one range, as in [0..5]"
            )
        seen.add(cell.text)
    if len(line) > MOST_COLUMNS:
        source.fault(line[0].start, f"the table has {len(line)} columns; the most is {MOST_COLUMNS}")
    return line


def _row(source: Source, number: int, columns: list[Cell], line: list[Cell]) -> Row:
    if number == MOST_ROWS + 1:
        source.fault(line[0].start, f"the table has more than {MOST_ROWS} rows; split it")
    if len(line) != len(columns):
        hint = "a cell with a comma in it goes in quotation marks"
        if len(line) < len(columns):
            hint = "a cell that fits everyone holds -"
        message = f"row {number} has {len(line)} cells where the table has {len(columns)} columns; {hint}"
        source.fault(line[0].start, message)
    pairs = list(zip(columns, line, strict=False))
    return Row(
        number=number,
        tests=tuple(pair for pair in pairs if pair[0].text not in OUTPUTS),
        outputs={column.text: cell for column, cell in pairs if column.text in OUTPUTS and cell.text},
        start=line[0].start,
        end=line[-1].end,
    )


def _lines(source: Source) -> Iterator[list[Cell]]:
    """The cells of each line that holds any."""
    at = 0
    for line in source.text.split("\n"):
        cells = list(_cells(source, line, at))
        if any(cell.text for cell in cells):
            yield cells
        at += len(line) + 1


def _cells(source: Source, line: str, at: int) -> Iterator[Cell]:
    """The cells of one line: quotation marks hold commas, and stand twice where they are meant."""
    if line.startswith("#"):
        yield Cell(line.rstrip(", "), at, at + len(line))  # a spreadsheet pads the line with commas
        return
    position = 0
    while position <= len(line):
        start = position
        if line[position : position + 1] == '"':
            text, position, closed = _quoted(line, position)
            if not closed:
                source.fault(at + start, "this quotation mark is never closed on its line")
        else:
            end = line.find(",", position)
            position = len(line) if end < 0 else end
            text = line[start:position]
        yield Cell(text.strip(), at + start, at + max(position, start + 1))
        position += 1


def _quoted(line: str, position: int) -> tuple[str, int, bool]:
    """The text within quotation marks, the place of the comma after it, and whether they are closed."""
    text = ""
    position += 1
    while True:
        end = line.find('"', position)
        if end < 0:
            return text + line[position:], len(line), False
        text += line[position:end]
        if line[end + 1 : end + 2] != '"':
            comma = line.find(",", end)
            return text, len(line) if comma < 0 else comma, True
        text += '"'
        position = end + 2
