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
    nested = [name for name in wanted if rows[name].dtype.is_nested()]
    if nested:
        raise ExtractMalformed(
            f"{path.name}: {', '.join(nested)} holds lists or records. Have one plain value per row exported."
        )
    rows = rows.select(wanted).with_columns(_whole(rows[name]) for name in wanted)
    text = pl.all().cast(pl.String).str.strip_chars()
    rows = rows.select(pl.when(text != "").then(text))
    _check_ids(rows[table.id_column], path, table)
    return rows


def _read(path: Path) -> pl.DataFrame:
    try:
        parquet = path.suffix.lower() in _PARQUET
        rows = pl.read_parquet(path) if parquet else pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as fault:
        raise ExtractMalformed(
            f"{path} can't be read as a table. CSV in UTF-8 with a heading line, or Parquet, is expected."
        ) from fault
    names = [name.strip() for name in rows.columns]
    again = sorted({name for name in names if names.count(name) > 1})
    if again:
        raise ExtractMalformed(
            f"{path.name}: {', '.join(map(repr, again))} heads two columns but for spaces. Rename one."
        )
    return rows.rename(dict(zip(rows.columns, names, strict=True)))


def _whole(column: pl.Series) -> pl.Series:
    """A number kept as 12.0, as tables with blanks are often saved, is 12."""
    if not column.dtype.is_float():
        return column
    known = column.drop_nulls().drop_nans()
    return column.fill_nan(None).cast(pl.Int64) if (known == known.round()).all() else column


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
