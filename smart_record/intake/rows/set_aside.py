"""Set-aside rows that still say something: who lives where, or whose ledger is not whole without them.

A row whose balance reads `£££` is set aside, since no figure of it can be trusted. The people and the address
it names are as good as any other row's: without them a household would fall apart, and a marker that protects
it (vulnerable, breathing space) would be lost without a word.

Where another row of the record was accepted, that one says who lives there, and the set-aside row is read for
what protects alone.

A posting whose amount reads `£££` names nobody, but it says which account it is about: what was paid on that
account is then not known, where without the row it would look as if nothing had been.
"""

import polars as pl

from smart_record.intake.declared.declaration import DTYPES, Source
from smart_record.intake.declared.sources import RECORDS, SOURCES

_PROTECTING = {
    column.name: DTYPES[column.kind]
    for name in RECORDS.values()
    for column in SOURCES[name].columns
    if column.name in SOURCES[name].protects
}
MARKERS_SCHEMA = {
    "record_ref": pl.String(),
    "line": pl.Int64(),
    "system": pl.String(),
    "record": pl.String(),
    **_PROTECTING,
}
"""Columns of markers. Like a row of a further file, each says which system's record it belongs to."""


def named_rows(
    rows: pl.DataFrame, source: Source, *, parents: pl.Series | None, accepted: pl.Series
) -> pl.DataFrame:
    """One row per record that was set aside and can be read for whom it names.

    Left out are records of which another row was accepted, and rows of a record that is neither accepted nor
    read so. Where rows of one record contradict each other, what they agree on is kept, what protects on any
    of them, and the rest null.

    Args:
        rows: Set-aside rows, in force by the date of the run, with the columns of the source's extract; null
            where a value can't be read.
        source: Their declaration.
        parents: Records that the rows may belong to; None where they belong to none.
        accepted: `record_ref` of the accepted rows.

    Returns:
        Columns: the extract's. Sorted by record_ref.
    """
    key = pl.col("record_ref")
    rows = rows.filter(key.is_not_null() & ~key.is_in(accepted.implode()))
    if parents is not None and source.parent_key is not None:
        rows = rows.filter(pl.col(source.parent_key).is_in(parents.implode()))
    if source.begins and source.ends:
        backwards = (pl.col(source.ends) < pl.col(source.begins)).fill_null(value=False)
        rows = rows.with_columns(pl.when(~backwards).then(pl.col(source.begins, source.ends)))
    agreed = [
        pl.col(name).max()
        if name in source.protects
        else pl.when(pl.col(name).drop_nulls().n_unique() == 1)
        .then(pl.col(name).drop_nulls().first())
        .alias(name)
        for name in rows.columns
        if name not in ("record_ref", "line")
    ]
    once = rows.filter(key.is_unique())
    contradicting = rows.filter(key.is_duplicated()).group_by("record_ref").agg(pl.col("line").min(), *agreed)
    return pl.concat([once, contradicting.select(once.columns)]).sort("record_ref")


def unread_postings(rows: pl.DataFrame, source: Source, *, accepted: pl.Series) -> pl.DataFrame:
    """The rows of a ledger or history that were set aside, of accounts that were accepted.

    Left out are those of an account that was not accepted: it tells of itself. A row with too many or too few
    fields counts too where it names an accepted account, but nothing else of it is believed than its day.

    Args:
        rows: Set-aside rows, none of them dated after the night. Columns: those of the source's extract, and
            ragged (bool).
        source: Their declaration.
        accepted: `record_ref` of the accepted accounts.

    Returns:
        Columns: the extract's. Sorted by line.
    """
    assert source.happened is not None
    rows = rows.filter(pl.col("record_ref").is_in(accepted.implode()))
    return believed(rows, source, "record_ref", "line", source.happened).sort("line")


def markers_of(rows: pl.DataFrame, source: Source, accepted: pl.Series) -> pl.DataFrame:
    """What protects on set-aside rows of accepted records.

    Args:
        rows: Set-aside rows, in force by the date of the run. Columns: those of the source's schema, and
            ragged (bool): what they show can't be told.
        source: Their declaration: that of one system's records.
        accepted: `record_ref` of the accepted rows.

    Returns:
        Columns: `MARKERS_SCHEMA`; null where not shown, or not a marker of this source. Sorted by line.
    """
    (system,) = (system for system, name in RECORDS.items() if name == source.name)
    rows = rows.filter(pl.col("record_ref").is_in(accepted.implode()))
    told = believed(rows, source, "record_ref", "line").rename({"record_ref": "record"})
    return told.select(
        pl.format("{}/{}", pl.lit(system), "record").alias("record_ref"),
        "line",
        pl.lit(system).alias("system"),
        "record",
        *(
            pl.col(name) if name in source.protects else pl.lit(None, dtype).alias(name)
            for name, dtype in _PROTECTING.items()
        ),
    ).sort("line")


def believed(rows: pl.DataFrame, source: Source, *names: str) -> pl.DataFrame:
    """The rows under the source's schema; of ragged ones the named columns alone, null in the others."""
    return rows.select(
        pl.col(name) if name in names else pl.when(~pl.col("ragged")).then(name).alias(name)
        for name in source.schema
    )
