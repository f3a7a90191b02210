"""Take one file in: each of its rows is accepted, set aside with its reasons, or counted as a repeat."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.intake.columns.checks import check_rows, withhold_later_states
from smart_record.intake.columns.problems import gathered, rejects_of
from smart_record.intake.columns.typed_table import TypedTable, read_typed
from smart_record.intake.declared.declaration import Source
from smart_record.intake.files.extract_file import ExtractFile
from smart_record.intake.mapping_files.mapping import MappedColumn
from smart_record.intake.rows.orphans import Parent, orphaned
from smart_record.intake.rows.repeats import conflicting_keys, repeated_rows
from smart_record.intake.rows.set_aside import (
    MARKERS_SCHEMA,
    believed,
    markers_of,
    named_rows,
    unread_postings,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One file taken in.

    Attributes:
        accepted: Its extract, in the order of the file. Columns: the source's schema.
        rejects: One row per set-aside row.
        named: Set-aside rows that still say whom they name (`set_aside.named_rows`), or whose ledger or
            history is not whole without them (`set_aside.unread_postings`). Columns: the source's schema.
        markers: What protects on set-aside rows of accepted records (`set_aside.markers_of`).
        withheld: Later states of accepted records: source, file, line, record_ref, column, reason.
        rows_read: Rows of the file.
        duplicates: Rows that repeat another exactly.
    """

    accepted: pl.DataFrame
    rejects: pl.DataFrame
    named: pl.DataFrame
    markers: pl.DataFrame
    withheld: pl.DataFrame
    rows_read: int
    duplicates: int


def settle(
    file: ExtractFile, present: tuple[MappedColumn, ...], parent: Parent | None, *, as_of: date | None
) -> Settled:
    """Take one file in.

    Args:
        file: The opened file.
        present: The mapped columns that it has.
        parent: The records that its rows must belong to, where they must.
        as_of: The date of the run, where there is one.

    Raises:
        ExtractMalformed: If the file can't be parsed, most of its rows can't be read, or most belong to no
            record that came.
        MappingInvalid: If most payments have the sign of a charge, or most debts the sign of a credit.
    """
    source = file.mapping.source
    names = {column.name: column.name for column in source.columns} | {c.column.name: c.name for c in present}
    table = read_typed(file, present, as_of=as_of)
    repeated = repeated_rows(table.frame, table.found)
    found = gathered([table.found, *check_rows(table.frame, source, names, as_of=as_of)])
    if source.unique:
        key = " and ".join(names[name] for name in source.key)
        found = gathered([found, conflicting_keys(_sound_refs(table, found, repeated), key=key)])
    if parent is not None:
        key = source.parent_key or source.key[-1]
        refs = table.frame[key] if source.parent_key else table.record_refs
        found = gathered([found, orphaned(refs, parent, key=names[key], file=file.name)])
    found = found.filter(~pl.col("row").is_in(repeated.implode()))
    frame, withheld = withhold_later_states(table.frame, source, names, as_of=as_of)
    kept = _kept(table.frame.height, found, repeated)
    wanted = _told_columns(file, present)
    aside = _aside(frame, table, source, found, as_of=as_of)
    accepted = table.record_refs.filter(kept) if source.unique else pl.Series(dtype=pl.String)
    return Settled(
        named=_named(aside, source, parent, accepted).select(wanted),
        markers=markers_of(aside, source, accepted)
        if source.protects
        else pl.DataFrame(schema=MARKERS_SCHEMA),
        rejects=rejects_of(
            found,
            lines=table.lines,
            record_refs=_shown_refs(table),
            source=source.name,
            file=file.name,
        ),
        withheld=_withheld(withheld, table, kept, file),
        rows_read=len(kept),
        duplicates=len(repeated),
        accepted=_extract(frame, table, wanted, source, kept),
    )


def _told_columns(file: ExtractFile, present: tuple[MappedColumn, ...]) -> list[str]:
    """The columns of the extract: those of the source but for what the file says nothing of."""
    source = file.mapping.source
    told = {mapped.column.name for mapped in present}
    told |= {name for name, value in file.mapping.constants.items() if value is not None}
    silent = {name for group in source.blanks_tell if told.isdisjoint(group) for name in group}
    return [name for name in source.schema if name not in silent]


def _sound_refs(table: TypedTable, found: pl.DataFrame, repeated: pl.Series) -> pl.DataFrame:
    """Rows without problems or repeats. Columns: row, record_ref, line."""
    refs = pl.DataFrame({"record_ref": table.record_refs, "line": table.lines}).with_row_index("row")
    return refs.filter(_kept(refs.height, found, repeated))


def _kept(height: int, found: pl.DataFrame, repeated: pl.Series) -> pl.Series:
    """Whether each row is neither set aside nor a repeat."""
    gone = pl.concat([found["row"].alias("row"), repeated.alias("row")]).unique()
    kept = pl.repeat(value=True, n=height, dtype=pl.Boolean, eager=True)
    return kept.scatter(gone, values=False) if len(gone) else kept


def _shown_refs(table: TypedTable) -> pl.Series:
    """Keys for the report; none of a ragged row, where another field may stand in the key's place."""
    return table.record_refs.scatter(table.ragged, None) if len(table.ragged) else table.record_refs


def _extract(
    frame: pl.DataFrame, table: TypedTable, wanted: list[str], source: Source, kept: pl.Series
) -> pl.DataFrame:
    """The accepted rows under the extract's names; takes the frame apart, so as not to hold it twice."""
    everything = bool(kept.all())
    canonical = {column.frame_name: column.name for column in source.columns}
    columns = []
    for name in wanted:
        if name in canonical:
            column = frame.drop_in_place(canonical[name]).alias(name)
        else:
            column = table.record_refs if name == "record_ref" else table.lines.alias("line")
        columns.append(column if everything else column.filter(kept))
    return pl.DataFrame(columns)


def _aside(
    frame: pl.DataFrame, table: TypedTable, source: Source, found: pl.DataFrame, *, as_of: date | None
) -> pl.DataFrame:
    """The set-aside rows that may count on the night. Columns: the source's schema, ragged (bool)."""
    rows = found["row"].unique().sort()
    counts_from = source.begins or source.happened
    if counts_from and as_of:  # nobody knows such a row on the night, so nothing is lost with it
        later = frame[counts_from].gather(rows) > as_of
        rows = rows.filter(~later.fill_null(value=False))
    aside = frame[rows].with_columns(
        record_ref=table.record_refs.gather(rows),
        line=table.lines.gather(rows),
        ragged=rows.is_in(table.ragged.implode()),
    )
    named = {column.name: column.frame_name for column in source.columns}
    return aside.rename(named).select(*source.schema, "ragged")


def _named(aside: pl.DataFrame, source: Source, parent: Parent | None, accepted: pl.Series) -> pl.DataFrame:
    """The set-aside rows of a source that still say whom they name, or whose record they are about."""
    if parent is not None and source.records:
        about = aside.filter(pl.col("record_ref").is_in(parent.known.implode()))
        return believed(about, source, "record_ref", "line", *source.key)
    if parent is not None and not source.unique:
        return unread_postings(aside, source, accepted=parent.accepted)
    return named_rows(
        aside.filter(~pl.col("ragged")).drop("ragged"),
        source,
        parents=None if parent is None else parent.known,
        accepted=accepted,
    )


def _withheld(withheld: pl.DataFrame, table: TypedTable, kept: pl.Series, file: ExtractFile) -> pl.DataFrame:
    withheld = withheld.filter(kept.gather(withheld["row"]))
    return withheld.select(
        pl.lit(file.mapping.source.name).alias("source"),
        pl.lit(file.name).alias("file"),
        table.lines.gather(withheld["row"]).alias("line"),
        table.record_refs.gather(withheld["row"]).alias("record_ref"),
        "column",
        "reason",
    )
