"""A spreadsheet as the text of a decision table: its first sheet, line by line, as a CSV file would hold it.

What a cell shows is not always what it holds. Only plain values are taken: text, whole numbers, dates, yes
and no, and numbers in a pounds format. Formulas are refused: their value depends on who saved the file last.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

from rules.errors import RuleError

MOST_BYTES = 20_000_000
"""The most that the parts of a workbook may hold once unpacked: a table of rules is far smaller."""

_MOST_CELLS = (2_200, 64)


class SheetMisread(RuleError):
    """A file isn't a workbook that a decision table can be read from."""


def sheet_text(path: Path) -> tuple[str, list[tuple[int, str]]]:
    """The text of a workbook's first sheet, and (line, message) of each cell that can't be taken.

    Raises:
        SheetMisread: If it is no workbook, or one too large to be a table.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  (loaded only where a council keeps spreadsheets)

    _check_size(path)
    try:
        book = load_workbook(path, read_only=True, data_only=False)
        sheet = book.worksheets[0]
        rows = [list(row) for row in sheet.iter_rows(max_row=_MOST_CELLS[0], max_col=_MOST_CELLS[1])]
    except (KeyError, IndexError, ValueError, SyntaxError) as error:
        raise SheetMisread(
            f"this workbook can't be read ({type(error).__name__}); save it as .xlsx"
        ) from None
    problems: list[tuple[int, str]] = []
    lines = [_line(row, number, problems) for number, row in enumerate(rows, start=1)]
    book.close()
    while lines and not any(lines[-1]):
        lines.pop()
    return "\n".join(_trimmed(lines)) + "\n", problems


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        raise SheetMisread("this isn't an Excel workbook; save it as .xlsx") from None
    if size > MOST_BYTES:
        raise SheetMisread("this workbook is far too large for a table of rules; keep the table alone in it")


def _line(row: list[Any], number: int, problems: list[tuple[int, str]]) -> list[str]:
    texts = []
    for cell in row:
        try:
            texts.append(_text(cell))
        except ValueError as error:
            texts.append("")
            problems.append((number, f"cell {cell.coordinate}: {error}"))
    return texts


def _text(cell: Any) -> str:
    """What a cell holds, as a person would write it in a rule file."""
    value = cell.value
    if cell.data_type == "f":
        raise ValueError("a formula; paste its value")
    match value:
        case None:
            text = ""
        case bool():
            text = "yes" if value else "no"
        case str():
            text = " ".join(value.split())
        case datetime() if value.time() == time():
            text = value.date().isoformat()
        case int() | float():
            text = _number(value, cell.number_format)
        case _:
            raise ValueError(f"{type(value).__name__} is no value of a table; write it as text")
    return text


def _number(value: float, form: str) -> str:
    if "£" in form:
        pence = round(value * 100)
        if abs(pence - value * 100) > 1e-6:
            raise ValueError(f"{value} has parts of a penny; round it")
        pounds, rest = divmod(abs(pence), 100)
        return f"{'-' if pence < 0 else ''}£{pounds}" + (f".{rest:02}" if rest else "")
    if value != int(value):
        raise ValueError(f"{value} is not a whole number; an amount needs a £ format, or text such as £12.50")
    return str(int(value))


def _trimmed(lines: list[list[str]]) -> Iterator[str]:
    """The lines as CSV, without the empty columns at the right."""
    width = max((at + 1 for line in lines for at, text in enumerate(line) if text), default=0)
    for line in lines:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="").writerow(line[:width])
        yield buffer.getvalue()
