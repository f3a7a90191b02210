"""The files of a matching, read as text: every value stays what was typed."""

from pathlib import Path

import polars as pl

from smart_record.errors import ColumnMissing, ExtractMalformed, ExtractMissing
from smart_record.intake.suggestions import did_you_mean
from smart_record.table_linkage.table_mapping import MappedTable

_PARQUET = (".parquet", ".pq")


def read_table(path: Path, table: MappedTable) -> pl.DataFrame:
    """Read the mapped columns of one file.

    Args:
        path: CSV with a heading line, or Parquet.
        table: What its columns are.

    Returns:
        One row per row of the file, every column text, stripped; blank is null.

    Raises:
        ExtractMissing: If the file is not there.
        ExtractMalformed: If it can't be read as a table, or its ids are blank or not distinct.
        ColumnMissing: If it lacks a mapped column.
    """
    if not path.is_file():
        raise ExtractMissing(f"{path} is not there. Give one file for each table of the mapping, in order.")
    rows = _read(path)
    _check_columns(rows, path, table)
    wanted = sorted({table.id_column, *_columns(table)} | ({table.person_column} - {""}))
    if rows.is_empty():
        raise ExtractMalformed(f"{path} has a heading line and no rows: there is nothing to match.")
    text = pl.col(wanted).cast(pl.String).str.strip_chars()
    rows = rows.select(pl.when(text != "").then(text))
    _check_ids(rows[table.id_column], path, table)
    return rows


def _read(path: Path) -> pl.DataFrame:
    try:
        if path.suffix.lower() in _PARQUET:
            return pl.read_parquet(path)
        rows = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as fault:
        raise ExtractMalformed(
            f"{path} can't be read as a table. CSV in UTF-8 with a heading line, or Parquet, is expected."
        ) from fault
    return rows.rename({name: name.strip() for name in rows.columns})


def _columns(table: MappedTable) -> set[str]:
    return {column for field in table.fields for column in field.columns}


def _check_columns(rows: pl.DataFrame, path: Path, table: MappedTable) -> None:
    faults = [
        f"{field.place}: {path.name} has no column {column!r}.{did_you_mean(column, rows.columns)}"
        for field in table.fields
        for column in field.columns
        if column not in rows.columns
    ]
    faults += [
        f"{table.place}: {path.name} has no column {column!r}.{did_you_mean(column, rows.columns)}"
        for column in (table.id_column, table.person_column)
        if column and column not in rows.columns
    ]
    if faults:
        raise ColumnMissing("\n".join([*faults, f"{path.name} has: {', '.join(rows.columns)}."]))


def _check_ids(ids: pl.Series, path: Path, table: MappedTable) -> None:
    blank = ids.null_count()
    again = len(ids.drop_nulls()) - ids.drop_nulls().n_unique()
    if blank or again:
        raise ExtractMalformed(
            f"{path.name}: column {table.id_column!r} is blank in {blank} rows and repeats in {again}. "
            "Name a column that tells every row apart."
        )
