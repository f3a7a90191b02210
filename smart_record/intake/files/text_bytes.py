"""The bytes of a text extract as UTF-8, checked, with their fingerprint; nothing is guessed about encoding.

A file whose bytes don't fit the encoding that its mapping declares stops the run with the line: names read
in the wrong encoding would still look like names, and never match.
"""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from smart_record.errors import ExtractMalformed
from smart_record.intake.mapping_files.mapping import SourceMapping

_CHUNK = 1 << 22
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Utf8:
    """A text file as UTF-8.

    Attributes:
        content: The file itself where its bytes are UTF-8 already, else the bytes made from it.
        fingerprint: SHA-256 of the file as delivered.
    """

    content: Path | bytes
    fingerprint: str


def as_utf8(path: Path, mapping: SourceMapping) -> Utf8:
    """The file as UTF-8.

    Raises:
        ExtractMalformed: If it does not hold text of the declared encoding; names the line.
    """
    fingerprint, is_ascii, is_utf8 = _examine(path)
    declared_utf8 = mapping.encoding in ("utf-8", "utf-8-sig")
    if (is_ascii and _extends_ascii(mapping.encoding)) or (declared_utf8 and is_utf8):
        return Utf8(path, fingerprint)
    if is_utf8 and _extends_ascii(mapping.encoding):
        # Letters beyond ASCII that are valid UTF-8 by chance don't happen in real text.
        raise ExtractMalformed(
            f"{path.name}: {mapping.path.name} declares encoding {mapping.encoding}, but the file is UTF-8. "
            "Names would be garbled. Write `encoding: utf-8` there."
        )
    return Utf8(_recoded(path, mapping), fingerprint)


def fingerprint_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return _examine(path)[0]


def _examine(path: Path) -> tuple[str, bool, bool]:
    """Fingerprint, and whether the bytes are all ASCII, and whether they are UTF-8."""
    digest, is_ascii, is_utf8 = hashlib.sha256(), True, True
    decoder = codecs.getincrementaldecoder("utf-8")()
    for chunk in _pieces(path):
        digest.update(chunk)
        is_ascii = is_ascii and chunk.isascii()
        if is_utf8 and not is_ascii:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
    return digest.hexdigest(), is_ascii, is_utf8


def _recoded(path: Path, mapping: SourceMapping) -> bytes:
    content = path.read_bytes()
    try:
        return content.decode(mapping.encoding).encode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    other = "cp1252" if mapping.encoding.startswith("utf") else "utf-8"
    raise ExtractMalformed(
        f"{path.name} line {line}: the text is not {mapping.encoding}, which is what {mapping.path.name} "
        f"declares. Write the encoding that the supplier uses there, such as `encoding: "
        f"{'utf-16' if content.startswith(_UTF16_MARKS) else other}`."
    )


def _extends_ascii(encoding: str) -> bool:
    letters = bytes(range(128))
    return letters.decode(encoding, errors="replace") == letters.decode("ascii")


def _pieces(content: Path | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK))
        return
    with content.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def chunks(content: Path | bytes) -> Iterator[bytes]:
    """The content in pieces, without a byte-order mark; the last ends in a newline, none other in a quote.

    Quotation marks are judged by their neighbours, so that a piece must not end between the two.
    """
    held, mark, last = b"", codecs.BOM_UTF8, b"\n"
    for piece in _pieces(content):
        joined = (held + piece).removeprefix(mark) if held or mark else piece
        mark = b""
        whole = joined.rstrip(b'"') if joined.endswith(b'"') else joined
        held, last = joined[len(whole) :], whole[-1:] or last
        if whole:
            yield whole
    if held or last != b"\n":
        yield held + b"\n"
