"""The files of a matching, read as text: every value stays what was typed."""

import re
from pathlib import Path

import polars as pl

from smart_record.errors import ColumnMissing, ExtractMalformed, ExtractMissing
from smart_record.intake.mapping_files.suggestions import did_you_mean
from smart_record.table_linkage.table_mapping import MappedTable

_PARQUET = (".parquet", ".pq")
_EXACT = 2.0**53
"""Below it a whole number kept as a float is itself."""
_PARTED_BY_READER = re.compile(r"_duplicated_\d+$")
"""What Polars writes behind a heading of a CSV file that came before."""


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
    wanted = sorted({table.id_column, *_columns(table)} | ({table.person_column} - {""}))
    headings = [_PARTED_BY_READER.sub("", name).strip() for name in rows.columns]
    _check_columns(headings, wanted, path, table)
    if rows.is_empty():
        raise ExtractMalformed(f"{path} has a heading line and no rows: there is nothing to match.")
    rows = rows.select(pl.nth(headings.index(name)).alias(name) for name in wanted)
    no_text = [name for name in wanted if rows[name].dtype.is_nested() or rows[name].dtype == pl.Binary]
    if no_text:
        raise ExtractMalformed(
            f"{path.name}: {', '.join(no_text)} holds lists or records or bytes. Have one plain value per "
            "row exported."
        )
    rows = rows.with_columns(_whole(rows[name]) for name in wanted)
    text = pl.all().cast(pl.String).str.strip_chars()
    rows = rows.select(pl.when(text != "").then(text))
    _check_ids(rows[table.id_column], path, table)
    return rows


def _read(path: Path) -> pl.DataFrame:
    try:
        parquet = path.suffix.lower() in _PARQUET
        return pl.read_parquet(path) if parquet else pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError):
        # The reader's own words may quote the file.
        raise ExtractMalformed(
            f"{path} can't be read as a table. CSV in UTF-8 with a heading line, or Parquet, is expected."
        ) from None


def _whole(column: pl.Series) -> pl.Series:
    """A number kept as 12.0, as tables with blanks are often saved, is 12."""
    if not column.dtype.is_float():
        return column
    known = column.drop_nulls().drop_nans()
    whole = known.is_finite() & (known == known.round()) & (known.abs() < _EXACT)
    return column.fill_nan(None).cast(pl.Int64) if whole.all() else column


def _columns(table: MappedTable) -> set[str]:
    return {column for field in table.fields for column in field.columns}


def _check_columns(headings: list[str], wanted: list[str], path: Path, table: MappedTable) -> None:
    if set(wanted).isdisjoint(headings):
        # Without a heading line the first row is somebody's: it must not be shown.
        raise ColumnMissing(
            f"{table.place}: none of the {len(wanted)} columns of table {table.name!r} is in the first line "
            f"of {path.name}. Is the heading line missing, the separator no comma, or is it another file?"
        )
    again = [name for name in wanted if headings.count(name) > 1]
    if again:
        raise ExtractMalformed(
            f"{path.name}: {', '.join(map(repr, again))} heads two columns. Rename or remove one."
        )
    places = [(field.place, column) for field in table.fields for column in field.columns]
    places += [(table.place, column) for column in (table.id_column, table.person_column) if column]
    faults = [
        f"{place}: {path.name} has no column {column!r}.{did_you_mean(column, headings)}"
        for place, column in places
        if column not in headings
    ]
    if faults:
        raise ColumnMissing("\n".join([*faults, f"{path.name} has: {', '.join(headings)}."]))


def _check_ids(ids: pl.Series, path: Path, table: MappedTable) -> None:
    blank = ids.null_count()
    again = len(ids.drop_nulls()) - ids.drop_nulls().n_unique()
    if blank or again:
        raise ExtractMalformed(
            f"{path.name}: column {table.id_column!r} is blank in {blank} rows and repeats in {again}. "
            "Name a column that tells every row apart."
        )
