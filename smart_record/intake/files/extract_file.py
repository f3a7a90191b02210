"""One delivered file, CSV or Parquet, opened far enough to know its columns and how many rows it has."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from smart_record.errors import ExtractMalformed
from smart_record.intake.files.csv_shape import CsvShape, close_look, shape_of
from smart_record.intake.files.text_bytes import as_utf8, fingerprint_of
from smart_record.intake.mapping_files.mapping import SourceMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractFile:
    """A file that can be read.

    Attributes:
        path: Where it lies.
        mapping: The mapping that it is read by.
        header: Its column names, in order.
        rows: Rows, without the header and without blank lines.
        fingerprint: SHA-256 of its bytes.
        content: What to parse: the file, or its bytes as UTF-8.
        shape: What its CSV looks like; None for Parquet.
    """

    path: Path
    mapping: SourceMapping
    header: tuple[str, ...]
    rows: int
    fingerprint: str
    content: Path | bytes
    shape: CsvShape | None

    @property
    def name(self) -> str:
        """Its file name."""
        return self.path.name


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """The wanted columns of a file as delivered; rows count from 0, blank lines left out.

    Attributes:
        columns: One row per row of the file, by the supplier's column names.
        lines: The line each row begins on.
        ragged: Rows with another number of fields than the header. Columns: row, fields.
    """

    columns: pl.DataFrame
    lines: pl.Series
    ragged: pl.DataFrame


def open_file(path: Path, mapping: SourceMapping) -> ExtractFile:
    """Open a file without reading its values.

    Raises:
        ExtractMalformed: If it is not what its name and mapping say.
    """
    return _open_parquet(path, mapping) if path.suffix == ".parquet" else _open_csv(path, mapping)


def _open_csv(path: Path, mapping: SourceMapping) -> ExtractFile:
    utf8 = as_utf8(path, mapping)
    shape = shape_of(utf8.content, path.name, separator=mapping.separator, quotes=mapping.quotes)
    twice = sorted({name for name in shape.header if name and shape.header.count(name) > 1})
    headed = any(column.name in shape.header for column in mapping.columns)
    if twice and headed:  # else the first row is a resident's: it is refused later, unshown
        raise ExtractMalformed(
            f"{path.name}: more than one column is called {', '.join(twice)}, so that it can't be told which "
            "is meant. Have the supplier name each column once."
        )
    return ExtractFile(
        path=path,
        mapping=mapping,
        header=shape.header,
        rows=shape.rows - int(np.count_nonzero(shape.fields == 0)),
        fingerprint=utf8.fingerprint,
        content=utf8.content,
        shape=shape,
    )


def _open_parquet(path: Path, mapping: SourceMapping) -> ExtractFile:
    try:
        schema = pl.read_parquet_schema(path)
        rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError):
        # The reader's own words may quote the file.
        raise ExtractMalformed(
            f"{path.name}: not a Parquet file, or cut short. Ask for the file again."
        ) from None
    nested = [c.name for c in mapping.columns if c.name in schema and schema[c.name].is_nested()]
    if nested:
        raise ExtractMalformed(
            f"{path.name}: {', '.join(nested)} holds lists or records. Have one plain value per row exported."
        )
    return ExtractFile(
        path=path,
        mapping=mapping,
        header=tuple(schema),
        rows=rows,
        fingerprint=fingerprint_of(path),
        content=path,
        shape=None,
    )


def read_table(file: ExtractFile, names: list[str]) -> RawTable:
    """Read the wanted columns; the others are never held.

    Raises:
        ExtractMalformed: If the file can't be parsed after all.
    """
    try:
        table = _read_parquet(file, names) if file.shape is None else _read_csv(file, file.shape, names)
    except (pl.exceptions.PolarsError, OSError):
        raise ExtractMalformed(
            f"{file.name}: can't be read to its end; it may have changed or be cut short. Ask for it again."
        ) from None
    return table


def _read_parquet(file: ExtractFile, names: list[str]) -> RawTable:
    columns = pl.scan_parquet(file.path, glob=False).select(names).collect(engine="streaming")
    lines = pl.int_range(1, columns.height + 1, eager=True)
    return RawTable(columns=columns, lines=lines, ragged=_ragged(np.empty(0, int), np.empty(0, int)))


def _read_csv(file: ExtractFile, shape: CsvShape, names: list[str]) -> RawTable:
    slots = [f"\0{number}" for number in range(len(shape.header) + 1)]  # no supplier's name is like these
    wanted = [pl.col(slots[shape.header.index(name)]).alias(name) for name in names]
    columns = (
        pl.scan_csv(
            file.content,
            has_header=False,
            skip_lines=shape.header_lines,
            schema=dict.fromkeys(slots, pl.String),
            separator=file.mapping.separator,
            quote_char='"' if shape.has_quotes else None,
            truncate_ragged_lines=True,
            extra_columns="ignore",
            missing_columns="insert",
            glob=False,
        )
        .select(*wanted, pl.col(slots[-1]).is_not_null().alias(slots[-1]))
        .collect(engine="streaming")
    )
    if columns.height != shape.rows:
        raise pl.exceptions.ComputeError
    if columns.drop_in_place(slots[-1]).any() and not len(shape.misshapen):
        # A row too long by as many fields as others are short: the counts fitted all the same.
        shape = close_look(
            file.content,
            file.name,
            file.mapping.separator,
            header=shape.header,
            header_lines=shape.header_lines,
            marks=shape.has_quotes,
        )
    return _without_blanks(columns, shape)


def _without_blanks(columns: pl.DataFrame, shape: CsvShape) -> RawTable:
    lines = pl.int_range(shape.header_lines + 1, shape.header_lines + 1 + shape.rows, eager=True)
    if len(shape.inner_newlines):
        lines += pl.Series(np.searchsorted(shape.inner_newlines, np.arange(shape.rows)))
    blank = shape.fields == 0
    rows, fields = shape.misshapen[~blank], shape.fields[~blank]
    if not blank.any():
        return RawTable(columns=columns, lines=lines, ragged=_ragged(rows, fields))
    empty = shape.misshapen[blank]
    kept = np.ones(shape.rows, bool)
    kept[empty] = False
    keep = pl.Series(kept)
    return RawTable(
        columns=columns.filter(keep),
        lines=lines.filter(keep),
        ragged=_ragged(rows - np.searchsorted(empty, rows), fields),
    )


def _ragged(rows: np.ndarray, fields: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame({"row": rows, "fields": fields}, schema={"row": pl.UInt32, "fields": pl.Int64})
