"""A CSV file piece by piece: where rows end and fields part, with quotation marks minded.

Parsers forgive too much for records about people: a quotation mark that is never closed swallows the rest
of a file, and a stray one shifts a name into the next column. Both stop the run here, with their line.

Source: RFC 4180, section 2, rules 5 to 7.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from smart_record.errors import ExtractMalformed
from smart_record.intake.files.text_bytes import chunks

Positions = npt.NDArray[np.int64]
Letters = npt.NDArray[np.uint8]

_NEWLINE, _RETURN, _QUOTE = (ord(letter) for letter in '\n\r"')
_NONE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a file; positions count from its start.

    Attributes:
        letters: Its bytes.
        row_ends: Newlines that end a row.
        separators: Separators that part fields.
        inner_newlines: Newlines within a field in quotation marks.
    """

    letters: Letters
    row_ends: Positions
    separators: Positions
    inner_newlines: Positions


@dataclass(slots=True)
class _Cursor:
    """What the next piece must know of those before it."""

    line: int = 1
    before: int = _NEWLINE
    opened_on: int | None = None


def pieces_of(content: Path | bytes, name: str, separator: str, *, marks: bool) -> Iterator[Piece]:
    """Go through a CSV file.

    Args:
        content: The file, as UTF-8, or its bytes.
        name: The file's name, for messages.
        separator: What stands between fields.
        marks: Whether quotation marks mean anything in it.

    Raises:
        ExtractMalformed: If a quotation mark is not closed or stands within a field.
    """
    cursor = _Cursor()
    for chunk in chunks(content):
        letters = np.frombuffer(chunk, np.uint8)
        newlines = np.flatnonzero(letters == _NEWLINE)
        separators = np.flatnonzero(letters == ord(separator))
        quotes = np.flatnonzero(letters == _QUOTE) if marks else _NONE
        opened = int(cursor.opened_on is not None)
        _check_quotes(letters, quotes, newlines, cursor, name=name, separator=separator)
        inside = (np.searchsorted(quotes, newlines) + opened) % 2 == 1
        apart = (np.searchsorted(quotes, separators) + opened) % 2 == 0
        yield Piece(letters, newlines[~inside], separators[apart], newlines[inside])
        cursor.line += len(newlines)
        cursor.before = int(letters[-1])
    if cursor.opened_on is not None:
        raise _not_closed(name, cursor.opened_on)


def _check_quotes(
    letters: Letters, quotes: Positions, newlines: Positions, cursor: _Cursor, *, name: str, separator: str
) -> None:
    """Hold each quotation mark to its place: opening after a separator, closing before one."""
    if not len(quotes):
        return
    closes = (np.arange(len(quotes)) + (cursor.opened_on is not None)) % 2 == 1
    before = np.where(quotes > 0, letters[quotes - 1], cursor.before)
    after = letters[np.minimum(quotes + 1, len(letters) - 1)]
    neighbour = np.where(closes, after, before)
    lawful = np.isin(neighbour, (ord(separator), _NEWLINE, _QUOTE)) | (closes & (neighbour == _RETURN))
    lines = cursor.line + np.searchsorted(newlines, quotes)
    if not lawful.all():
        first = int(np.argmin(lawful))
        if not closes[first]:
            raise _stray(name, int(lines[first]))
        raise _not_closed(name, int(lines[first - 1]) if first else cursor.opened_on)
    cursor.opened_on = None if closes[-1] else int(lines[-1])


def _not_closed(name: str, line: int | None) -> ExtractMalformed:
    return ExtractMalformed(
        f"{name} line {line}: a field opens with a quotation mark that is not closed before the next "
        "separator, so that what follows can't be told apart. The file may be cut short: ask for it again, "
        "or write `quotes: no` in its mapping if the supplier doesn't put fields in quotation marks."
    )


def _stray(name: str, line: int) -> ExtractMalformed:
    return ExtractMalformed(
        f"{name} line {line}: a quotation mark stands in the middle of a field. Have the supplier put such "
        "fields in quotation marks, doubled within, or write `quotes: no` in its mapping if the supplier "
        "uses no quotation marks around fields."
    )
