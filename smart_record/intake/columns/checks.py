"""What can't be right, or is not known yet, in values that could be read.

Nothing dated after the date of the run may be used. A row of a ledger or history that happened later, and a
record that only begins later, are set aside with that reason; an end that lies ahead is known and stays. A
later state within a snapshot (a recovery stage dated tomorrow) is withheld: the record stays, that state
of it is not known. Of a record that was changed later (a claim) the day of the change stays, by which whoever
derives facts from it leaves out all that it shows undated.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from smart_record.intake.columns.problems import problems
from smart_record.intake.columns.reading import Reading
from smart_record.intake.declared.declaration import Kind, Source
from smart_record.intake.mapping_files.mapping import MappedColumn

_EARLIEST = date(1900, 1, 1)
"""No date of a council's records lies before it; the day itself is a usual placeholder and is kept."""

Names = Mapping[str, str]
"""The supplier's name of each canonical column."""

WITHHELD_SCHEMA = {"row": pl.UInt32(), "column": pl.String(), "reason": pl.String()}
"""Columns of a frame of withheld states."""


def check_column(
    reading: Reading, raw: pl.Series, mapped: MappedColumn, *, as_of: date | None
) -> list[pl.DataFrame]:
    """Problems that a column shows by itself, in values that could be read.

    Args:
        reading: The column read.
        raw: As delivered.
        mapped: Its declaration and the supplier's name for it.
        as_of: The date of the run, where there is one.
    """
    column, name, values = mapped.column, mapped.name, reading.values
    wrong: list[tuple[pl.Series, str]] = []
    if column.kind is Kind.DATE:
        wrong.append((values < _EARLIEST, "is before 1900"))
    if column.birth and as_of:
        wrong.append((values > as_of, f"is a date of birth after {as_of}"))
    if column.not_negative:
        wrong.append((values < 0, "is below nought"))
    found = []
    for where, reason in wrong:
        rows = where.arg_true()
        if len(rows):
            found.append(
                problems(
                    rows, f"{name} {reason}", column=name, values=raw.gather(rows), personal=column.personal
                )
            )
    if column.filled and values.null_count() > len(reading.unreadable):
        blank = values.is_null().arg_true()
        blank = blank.filter(~blank.is_in(reading.unreadable.implode()))
        found.append(problems(blank, f"{name} is blank", column=name, personal=column.personal))
    return found


def check_rows(
    frame: pl.DataFrame, source: Source, names: Names, *, as_of: date | None
) -> list[pl.DataFrame]:
    """Problems that dates show together, or against the date of the run."""
    found = []
    if source.begins and source.ends:
        rows = (frame[source.ends] < frame[source.begins]).arg_true()
        found.append(_dated(frame, rows, source.ends, names, f"is before {names[source.begins]}"))
    if source.begins and as_of:
        rows = (frame[source.begins] > as_of).arg_true()
        reason = f"is dated after {as_of}: the {source.row} is not in force on that date"
        found.append(_dated(frame, rows, source.begins, names, reason))
    if source.happened and as_of:
        rows = (frame[source.happened] > as_of).arg_true()
        reason = f"is dated after {as_of}: not known on that date"
        found.append(_dated(frame, rows, source.happened, names, reason))
    return found


def _dated(frame: pl.DataFrame, rows: pl.Series, column: str, names: Names, reason: str) -> pl.DataFrame:
    name = names[column]
    return problems(rows, f"{name} {reason}", column=name, values=frame[column].gather(rows))


def withhold_later_states(
    frame: pl.DataFrame, source: Source, names: Names, *, as_of: date | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Blank the states of a snapshot that are dated after the date of the run.

    Returns:
        The frame, and what was withheld: one row per row of the table and state. A row that was changed later
        counts as withheld too, though its day stays (`Source.changed`).
    """
    withheld = [pl.DataFrame(schema=WITHHELD_SCHEMA)]
    if as_of is None:
        return frame, withheld[0]
    if source.changed is not None:
        reason = f"is dated after {as_of}: what the {source.row} shows is not known on that date"
        withheld.append(_withheld(frame, source.changed, names, None, reason, as_of=as_of))
    for dated, state in source.states:
        reason = f"is dated after {as_of}: not known on that date"
        withheld.append(_withheld(frame, dated, names, state, reason, as_of=as_of))
        later = pl.col(dated) > as_of
        blanked = [dated] if state is None else [dated, state]
        frame = frame.with_columns(pl.when(~later.fill_null(value=False)).then(pl.col(blanked)))
    return frame, pl.concat(withheld)


def _withheld(
    frame: pl.DataFrame, dated: str, names: Names, state: str | None, reason: str, *, as_of: date
) -> pl.DataFrame:
    rows = (frame[dated] > as_of).arg_true()
    found = problems(rows, f"{names[dated]} {reason}", column=names[state or dated])
    return found.select("row", "column", "reason")
