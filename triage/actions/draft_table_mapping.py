"""Draft a mapping of a table, for a person to put right."""

from pathlib import Path

from models.tables import TableMapping, draft_mapping, read_table, write_mapping
from triage.errors import Refused


class MappingThere(Refused):
    """The file that a draft would be written to is there already."""


def draft_table_mapping(table: Path, to: Path, *, target: str | None = None) -> TableMapping:
    """Guess what each column is and write it as a mapping.

    Raises:
        MappingThere: If the file is there already: it may hold a person's work.
        ModelError: If the table can't be read, or the outcome's column can't be told.
    """
    if to.exists():
        raise MappingThere(f"{to} is there already. Name another file, or move it away.")
    drafted = draft_mapping(read_table(table), title=table.stem.replace("_", " "), target=target)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(write_mapping(drafted), encoding="utf-8")
    return drafted
