"""What was taken in, as tables and lines for the terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from triage.table_text import a_table


def intake_lines(told: Mapping[str, Any]) -> Iterator[str | Table]:
    """What was read of each file, why rows were set aside, and what was not read at all.

    Args:
        told: files, set_aside, refused_columns and withheld, as a night's summary has them.
    """
    yield _files(told["files"])
    reasons = told.get("set_aside", ())  # nights of earlier releases tell none
    for each in reasons:
        yield set_aside_words(**each)
    if reasons:
        yield "Each row with its line and reason: triage export rejects"
    for each in told["refused_columns"]:
        yield f"Column not read: {each['column']} in {each['file']} ({each['reason']})."
    for reason, count in told["withheld"].items():
        yield f"Left blank in {count:,} accepted rows: {reason}."


def set_aside_words(*, file: str, reason: str, rows: int, of: int, mostly: str | None) -> str:
    """One reason that many rows of a file share."""
    value = "" if mostly is None else f" (mostly {mostly!r})"
    return f"Set aside in {file}: {rows:,} of {of:,} rows: {reason}{value}."


def _files(files: list[dict[str, Any]]) -> Table:
    table = a_table("Extract", "read", "accepted", "set aside", "twice", numbers=4)
    for each in files:
        numbers = (each["rows_read"], each["accepted"], each["set_aside"], each["duplicates"])
        table.add_row(each["file"], *(f"{number:,}" for number in numbers))
    return table
