"""Take in a night's extracts: what is accepted, what is set aside and why, what is not read at all."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import polars as pl

from smart_record.errors import SourceError
from smart_record.facts.terms.vocabulary import MARKERS
from smart_record.intake.columns.problems import REJECTS_SCHEMA
from smart_record.intake.declared.declaration import Source
from smart_record.intake.declared.sources import RECORDS, SOURCES
from smart_record.intake.files.delivery import Delivered, open_delivery, raise_all, read_manifest
from smart_record.intake.mapping_files.folder import DEFAULT_MAPPINGS, mapping_files, read_mappings
from smart_record.intake.rows.orphans import Parent
from smart_record.intake.rows.set_aside import MARKERS_SCHEMA
from smart_record.intake.rows.settle import Settled, settle

COUNTS_SCHEMA = {
    "file": pl.String(),
    "source": pl.String(),
    "rows_read": pl.Int64(),
    "accepted": pl.Int64(),
    "set_aside": pl.Int64(),
    "duplicates": pl.Int64(),
}
REFUSED_SCHEMA = {"file": pl.String(), "column": pl.String(), "reason": pl.String()}
WITHHELD_SCHEMA = {name: REJECTS_SCHEMA[name] for name in REJECTS_SCHEMA if name != "value_shown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A night's extracts taken in.

    Attributes:
        extracts: Accepted rows by declared source, canonical columns, in the order of the file. A source
            that the night did not bring is absent: what it would tell is not known.
        named: Set-aside rows of `extracts` that still say who lives where, or whose ledger or history is not
            whole without them, in the same columns, null where a value can't be read: for matching, for
            markers that protect and for what is not known without them, for no other fact. Under `MARKERS`
            what protects on a set-aside row whose record was accepted from another row, by system and record.
        rejects: One row per set-aside row. Columns: source, file, line, record_ref, column, value_shown
            (null where personal), reason.
        counts: One row per file; accepted + set_aside + duplicates = rows_read. Columns: file, source,
            rows_read, accepted, set_aside, duplicates.
        refused_columns: Columns not taken in. Columns: file, column, reason.
        withheld: States of accepted records dated after `as_of`, blanked. Columns: source, file, line,
            record_ref, column, reason.
        as_of: The date that the extracts stand for; None where neither caller nor manifest says.
        fingerprint: SHA-256 over the files and their mappings; the same input has the same.
    """

    extracts: Mapping[str, pl.DataFrame]
    named: Mapping[str, pl.DataFrame]
    rejects: pl.DataFrame
    counts: pl.DataFrame
    refused_columns: pl.DataFrame
    withheld: pl.DataFrame
    as_of: date | None
    fingerprint: str


def take_in(
    directory: Path,
    mappings: Path | None = None,
    *,
    as_of: date | None = None,
    today: date | None = None,
    progress: Callable[[str], None] | None = None,
) -> Intake:
    """Take in the extracts of a folder.

    Args:
        directory: The folder that the night's files lie in.
        mappings: The council's folder of mapping files; None for those that come with the product.
        as_of: The date of the run; None for the manifest's, if there is one.
        today: The date of the run where neither says one.
        progress: Told a line per file.

    Raises:
        MappingInvalid: If a mapping says something that can't be.
        ExtractMissing: If a file is not there.
        ExtractMalformed: If a file can't be read, or is not the one that was declared.
        ColumnMissing: If a file lacks a required column.
        SeveralProblems: If more than one of these is so; the message holds all.
    """
    folder = mappings or DEFAULT_MAPPINGS
    manifest = read_manifest(directory)
    delivery = open_delivery(directory, read_mappings(folder), manifest)
    as_of = as_of or manifest.as_of or today
    settled = _settle_all(delivery, as_of=as_of, progress=progress)
    return Intake(
        extracts=MappingProxyType({name: each.accepted for name, each in settled.items()}),
        named=MappingProxyType(_named(settled)),
        rejects=_stacked((each.rejects for each in settled.values()), REJECTS_SCHEMA),
        counts=_counts(delivery, settled),
        refused_columns=_refused(delivery),
        withheld=_stacked((each.withheld for each in settled.values()), WITHHELD_SCHEMA),
        as_of=as_of,
        fingerprint=_fingerprint(delivery, folder),
    )


def _settle_all(
    delivery: list[Delivered], *, as_of: date | None, progress: Callable[[str], None] | None
) -> dict[str, Settled]:
    settled: dict[str, Settled] = {}
    files: dict[str, str] = {}
    problems: list[SourceError] = []
    for each in delivery:
        source = each.file.mapping.source
        files[source.name] = each.file.name
        try:
            settled[source.name] = settle(
                each.file, each.present, _parent(source, settled, files), as_of=as_of
            )
        except SourceError as problem:
            problems.append(problem)
        else:
            _tell(progress, each.file.name, settled[source.name])
    raise_all(problems)
    return settled


def _named(settled: Mapping[str, Settled]) -> dict[str, pl.DataFrame]:
    markers = _stacked((each.markers for each in settled.values()), MARKERS_SCHEMA)
    named = {name: each.named for name, each in settled.items()} | {MARKERS: markers}
    return {name: rows for name, rows in named.items() if rows.height}


def _parent(source: Source, settled: Mapping[str, Settled], files: Mapping[str, str]) -> Parent | None:
    if source.records:
        return _records(settled)
    name = source.parent
    if name is None:
        return None
    nothing = pl.DataFrame(schema=REJECTS_SCHEMA)
    parent = settled.get(name)
    return Parent(
        row=SOURCES[name].row,
        file=files.get(name),
        accepted=parent.accepted["record_ref"] if parent else nothing["record_ref"],
        known=_known(parent) if parent else nothing["record_ref"],
        rejects=parent.rejects if parent else nothing,
    )


def _known(parent: Settled) -> pl.Series:
    return pl.concat([parent.accepted["record_ref"], parent.named["record_ref"]])


def _records(settled: Mapping[str, Settled]) -> Parent:
    """The records of every system, by system and reference."""
    came = {system: settled[name] for system, name in RECORDS.items() if name in settled}
    named = {system: pl.format("{}/{}", pl.lit(system), "record_ref") for system in came}
    nothing = pl.Series("record_ref", [], dtype=pl.String)
    accepted = [each.accepted.select(record_ref=named[system])["record_ref"] for system, each in came.items()]
    aside = [each.named.select(record_ref=named[system])["record_ref"] for system, each in came.items()]
    rejects = [each.rejects.with_columns(record_ref=named[system]) for system, each in came.items()]
    return Parent(
        row="record",
        file="the system's own file" if came else None,
        accepted=pl.concat([nothing, *accepted]),
        known=pl.concat([nothing, *accepted, *aside]),
        rejects=_stacked(rejects, REJECTS_SCHEMA),
    )


def _tell(progress: Callable[[str], None] | None, file: str, settled: Settled) -> None:
    if progress is not None:
        progress(
            f"{file}: {settled.rows_read:,} rows, {settled.rejects.height:,} set aside, "
            f"{settled.duplicates:,} repeated"
        )


def _stacked(frames: Iterable[pl.DataFrame], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=schema), *frames])


def _counts(delivery: list[Delivered], settled: Mapping[str, Settled]) -> pl.DataFrame:
    rows = []
    for each in delivery:
        name = each.file.mapping.source.name
        taken = settled[name]
        accepted, aside = taken.accepted.height, taken.rejects.height
        rows.append((each.file.name, name, taken.rows_read, accepted, aside, taken.duplicates))
    return pl.DataFrame(rows, schema=COUNTS_SCHEMA, orient="row")


def _refused(delivery: list[Delivered]) -> pl.DataFrame:
    rows = [(each.file.name, *refused) for each in delivery for refused in each.refused]
    return pl.DataFrame(rows, schema=REFUSED_SCHEMA, orient="row")


def _fingerprint(delivery: list[Delivered], folder: Path) -> str:
    digest = hashlib.sha256()
    for each in delivery:
        digest.update(f"{each.file.name} {each.file.fingerprint}\n".encode())
    for path in mapping_files(folder):
        digest.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
