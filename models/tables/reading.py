"""Read a table as its mapping says: numbers, yes or no, categories, the outcome, and what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from models.measures.metrics import Floats
from models.tables.errors import TableInvalid
from models.tables.mapping import Kind, TableColumn, TableMapping
from smart_record.intake.mapping_files.suggestions import did_you_mean

NOT_KNOWN = ("", "na", "n/a", "nan", "null", "?", "inf", "-inf")
"""Cells that mean not known in any table, whatever their case."""
_YES, _NO = ("yes", "y", "true", "t", "1"), ("no", "n", "false", "f", "0")
_SIGNS = r"[£$€%,\s]"
LEAST_ROWS, LEAST_OF_EACH = 200, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TableData:
    """A table as mapped, rows in the table's order.

    Attributes:
        numbers: Number and yes-or-no features by name; NaN is not known.
        texts: Category features by name; null is not known.
        groups: The audited columns as text.
        labels: 1 where the outcome came, else 0.
        order: What rows are ordered by in time; None where they are drawn by lot.
        keys: What names each row.
        left_out: Rows whose outcome is not known.
    """

    numbers: Mapping[str, Floats]
    texts: Mapping[str, pl.Series]
    groups: pl.DataFrame
    labels: Floats
    order: pl.Series | None
    keys: pl.Series
    left_out: int


def read_table(path: Path) -> pl.DataFrame:
    """Read a CSV or Parquet file with every cell as plain text; whole numbers without their `.0`.

    Raises:
        TableInvalid: If it is not there or can't be read as such.
    """
    if not path.is_file():
        raise TableInvalid(f"{path} is not there. Give a CSV or Parquet file.")
    try:
        if path.suffix.lower() in {".parquet", ".pq"}:
            frame = pl.read_parquet(path)
        else:
            frame = pl.read_csv(path, infer_schema=False, separator=_separator(path), encoding="utf8-lossy")
        text = frame.select(pl.all().cast(pl.String).str.strip_chars())
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise TableInvalid(
            f"{path.name} can't be read as a table ({type(fault).__name__}). Save it as CSV with a header"
            " line, or as Parquet with plain columns."
        ) from fault
    return text.with_columns(pl.all().str.replace(r"^(-?\d+)\.0+$", "$1"))


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        header = file.readline()
    return max(",;\t|", key=header.count)


def apply_mapping(table: pl.DataFrame, mapping: TableMapping) -> TableData:
    """Turn text into what the mapping says.

    Raises:
        TableInvalid: If a mapped column is not there, a cell is not of its type, or too few rows remain.
    """
    wanted = [mapping.target, mapping.order_by, mapping.key, *(column.name for column in mapping.columns)]
    for name in filter(None, wanted):
        if name not in table.columns:
            raise TableInvalid(
                f"The table has no column {name}.{did_you_mean(name, table.columns)} Put the mapping right."
            )
    if not mapping.features:
        raise TableInvalid("The mapping names no feature. Mark at least one column `use: feature`.")
    numbered = table.with_row_index("\0row", offset=1)
    known = numbered.filter(_known(pl.col(mapping.target), ()))
    labels = known.get_column(mapping.target).is_in(list(mapping.positive)).cast(pl.Float64).to_numpy()
    _check_outcomes(labels, mapping)
    texts = {c.name: _category(known, c) for c in mapping.features if c.kind is Kind.CATEGORY}
    numbers = {c.name: _number(known, c) for c in mapping.features if c.kind is not Kind.CATEGORY}
    return TableData(
        numbers=numbers,
        texts=texts,
        groups=pl.DataFrame([_grouped(known, column) for column in mapping.audited]),
        labels=labels,
        order=_order(known, mapping.order_by),
        keys=known.get_column(mapping.key or "\0row").cast(pl.String).alias("key"),
        left_out=table.height - known.height,
    )


def _check_outcomes(labels: Floats, mapping: TableMapping) -> None:
    came = int(labels.sum())
    if len(labels) < LEAST_ROWS or came < LEAST_OF_EACH or len(labels) - came < LEAST_OF_EACH:
        raise TableInvalid(
            f"{came} of {len(labels)} rows have {mapping.target} {' or '.join(mapping.positive)}: at least"
            f" {LEAST_ROWS} rows are needed, and {LEAST_OF_EACH} of either outcome. Check `positive`, or"
            " bring more rows."
        )


def _known(cell: pl.Expr, codes: tuple[str, ...]) -> pl.Expr:
    return cell.is_not_null() & ~cell.str.to_lowercase().is_in(NOT_KNOWN) & ~cell.is_in(list(codes))


def _cells(table: pl.DataFrame, column: TableColumn) -> pl.Series:
    cell = pl.col(column.name)
    return table.select(pl.when(_known(cell, column.missing)).then(cell)).to_series()


def _category(table: pl.DataFrame, column: TableColumn) -> pl.Series:
    return _cells(table, column)


def _number(table: pl.DataFrame, column: TableColumn) -> Floats:
    cells = _cells(table, column)
    if column.kind is Kind.YES_NO:
        spoken = {**dict.fromkeys(_YES, 1.0), **dict.fromkeys(_NO, 0.0)}
        numbers = cells.str.to_lowercase().replace_strict(spoken, default=None, return_dtype=pl.Float64)
    else:
        numbers = cells.str.replace_all(_SIGNS, "").cast(pl.Float64, strict=False)
    wrong = cells.is_not_null() & numbers.is_null()
    if wrong.any():
        first = wrong.arg_max()
        row = table.item(first, "\0row") if first is not None else "?"
        raise TableInvalid(
            f"Column {column.name} is not all {column.kind.replace('_', ' or ')}: {int(wrong.sum())} cells"
            f" are something else, first in row {row}. Name such codes under `missing`, or write"
            " `type: category`."
        )
    values = np.array(numbers.fill_null(float("nan")).to_numpy(), dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    return values


def _grouped(table: pl.DataFrame, column: TableColumn) -> pl.Series:
    """Words for codes; a number with many values by its quarters."""
    if column.kind is not Kind.NUMBER:
        return _cells(table, column).replace(dict(column.labels))
    numbers = pl.Series(column.name, _number(table, column), nan_to_null=True)
    shares = (0.25, 0.5, 0.75)
    ends = sorted({float(end) for share in shares if (end := numbers.quantile(share)) is not None})
    if not ends:
        return pl.Series(column.name, [None] * table.height, dtype=pl.String)
    value = pl.col(column.name)
    named: pl.Expr = pl.lit(f"over {ends[-1]:g}")
    for low, high in reversed([*pairwise(ends)]):
        named = pl.when(value <= high).then(pl.lit(f"over {low:g}, to {high:g}")).otherwise(named)
    first = pl.when(value <= ends[0]).then(pl.lit(f"{ends[0]:g} or less")).otherwise(named)
    said = pl.when(value.is_not_null()).then(first)
    return numbers.to_frame().select(said.alias(column.name)).to_series()


def _order(table: pl.DataFrame, name: str | None) -> pl.Series | None:
    if name is None:
        return None
    cells = table.get_column(name)
    for read in (cells.cast(pl.Float64, strict=False), cells.str.to_date(strict=False).cast(pl.Float64)):
        if not read.null_count():
            return read
    raise TableInvalid(
        f"Rows can't be ordered by {name}: it must hold a number or a date (YYYY-MM-DD) in every row."
    )
