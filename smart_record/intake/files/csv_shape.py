"""The shape of a CSV file before its values are read: header, rows, which rows are ragged, where lines break.

Counting newlines and separators tells whether every row is well formed; only where the counts don't fit, or
a quotation mark occurs, is the file looked at more closely.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from smart_record.errors import ExtractMalformed
from smart_record.intake.files.csv_pieces import Piece, pieces_of
from smart_record.intake.files.text_bytes import chunks

_HEADER_BYTES = 1 << 16
_RETURN = ord("\r")

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvShape:
    """What a CSV file looks like. Rows are counted from 0 after the header, blank lines among them.

    Attributes:
        header: Column names of the first row.
        header_lines: Lines that the header takes.
        rows: How many rows follow it.
        has_quotes: Whether a quotation mark occurs at all.
        inner_newlines: The row of each newline that stands within a field.
        misshapen: Rows with other than the header's number of fields.
        fields: How many fields each of those has; 0 for a blank line.
    """

    header: tuple[str, ...]
    header_lines: int
    rows: int
    has_quotes: bool
    inner_newlines: Rows
    misshapen: Rows
    fields: Rows


def shape_of(content: Path | bytes, name: str, *, separator: str, quotes: bool) -> CsvShape:
    """Look at a CSV file.

    Args:
        content: The file, as UTF-8, or its bytes.
        name: The file's name, for messages.
        separator: What stands between fields.
        quotes: Whether fields may stand in double quotation marks.

    Raises:
        ExtractMalformed: If it is empty, has no line ends that we know, or a quotation mark is not closed or
            stands within a field.
    """
    header, header_lines = _header(content, name, separator, quotes=quotes)
    newlines = separators = marks = 0
    for chunk in chunks(content):
        newlines += chunk.count(b"\n")
        separators += chunk.count(separator.encode())
        marks += quotes and b'"' in chunk
    if marks or separators != newlines * (len(header) - 1):
        return close_look(
            content, name, separator, header=header, header_lines=header_lines, marks=bool(marks)
        )
    none = np.empty(0, np.int64)
    return CsvShape(
        header=header,
        header_lines=header_lines,
        rows=newlines - header_lines,
        has_quotes=False,
        inner_newlines=none,
        misshapen=none,
        fields=none,
    )


def _header(content: Path | bytes, name: str, separator: str, *, quotes: bool) -> tuple[tuple[str, ...], int]:
    start = next(chunks(content), b"")[:_HEADER_BYTES]
    if not start.strip():
        raise ExtractMalformed(f"{name}: the file is empty, without even a header. Ask for it again.")
    if start.rstrip(b"\r\n").count(b"\r") and b"\n" not in start.rstrip(b"\r\n"):
        raise ExtractMalformed(
            f"{name}: lines end in a carriage return alone. Have it exported with Windows or Unix line ends."
        )
    reader = csv.reader(
        io.StringIO(start.decode(errors="replace"), newline=""),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
    )
    names = tuple(field.strip() for field in next(reader))
    if not any(names):
        raise ExtractMalformed(f"{name} line 1: blank, where the column names should be. Remove that line.")
    return names, reader.line_num


def close_look(
    content: Path | bytes,
    name: str,
    separator: str,
    *,
    header: tuple[str, ...],
    header_lines: int,
    marks: bool,
) -> CsvShape:
    """Count the fields of every row, minding quotation marks where there are any.

    Raises:
        ExtractMalformed: If a quotation mark is not closed or stands within a field.
    """
    counted, inner = [], []
    rows = open_fields = open_bytes = 0
    for piece in pieces_of(content, name, separator, marks=marks):
        fields, open_fields = _fields_per_row(piece, open_fields, open_bytes)
        inner.append(rows + np.searchsorted(piece.row_ends, piece.inner_newlines))
        counted.append(fields)
        rows += len(fields)
        ended = int(piece.row_ends[-1]) + 1 if len(piece.row_ends) else -open_bytes
        open_bytes = len(piece.letters) - ended
    fields = np.concatenate(counted)[1:]
    inner_newlines = np.concatenate(inner)
    misshapen = np.flatnonzero(fields != len(header))
    return CsvShape(
        header=header,
        header_lines=header_lines,
        rows=rows - 1,
        has_quotes=marks,
        inner_newlines=inner_newlines[inner_newlines > 0] - 1,
        misshapen=misshapen,
        fields=fields[misshapen],
    )


def _fields_per_row(piece: Piece, open_fields: int, open_bytes: int) -> tuple[Rows, int]:
    """Fields of each row that ends in the piece (0 where blank), and separators after the last end."""
    ends = piece.row_ends
    separators = np.bincount(np.searchsorted(ends, piece.separators), minlength=len(ends) + 1)
    separators[0] += open_fields
    lengths = np.diff(ends, prepend=-1 - open_bytes) - 1
    before_end = piece.letters[np.maximum(ends - 1, 0)]
    blank = (lengths == 0) | ((lengths == 1) & (before_end == _RETURN))
    fields = np.where(blank, 0, separators[:-1] + 1).astype(np.int64)
    return fields, int(separators[-1])
