"""Why rows are set aside: one frame of problems, from which the report of rejects is made."""

import polars as pl

from smart_record.intake.columns.reading import Reading
from smart_record.intake.mapping_files.mapping import MappedColumn

SCHEMA = {
    "row": pl.UInt32(),
    "column": pl.String(),
    "value": pl.String(),
    "personal": pl.Boolean(),
    "reason": pl.String(),
}
"""Columns of a frame of problems: the row of the table from 0, the supplier's column, what stands there."""

REJECTS_SCHEMA = {
    "source": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
    "record_ref": pl.String(),
    "column": pl.String(),
    "value_shown": pl.String(),
    "reason": pl.String(),
}
"""Columns of the report of rejects, one row per set-aside row."""

_SHOWN_LETTERS = 60


def problems(
    rows: pl.Series,
    reason: str | pl.Series,
    *,
    column: str | None = None,
    values: pl.Series | None = None,
    personal: bool = False,
) -> pl.DataFrame:
    """One problem of several rows.

    Args:
        rows: Rows of the table, from 0.
        reason: Why they can't be right, in plain English; the same for all or one each.
        column: The supplier's column that shows it.
        values: What stands there, one for each of `rows`.
        personal: Whether the value must not be shown.
    """
    return pl.DataFrame({"row": rows}, schema={"row": pl.UInt32}).select(
        "row",
        pl.lit(column, dtype=pl.String).alias("column"),
        pl.lit(None if values is None else values.cast(pl.String, strict=False), dtype=pl.String).alias(
            "value"
        ),
        pl.lit(personal).alias("personal"),
        pl.lit(reason, dtype=pl.String).alias("reason"),
    )


def unreadable(reading: Reading, mapped: MappedColumn, raw: pl.Series) -> pl.DataFrame:
    """The problems of a column whose values are not of its kind."""
    rows = reading.unreadable
    return problems(
        rows,
        f"{mapped.name} is not {reading.expected}",
        column=mapped.name,
        values=raw.gather(rows),
        personal=mapped.column.personal,
    )


def gathered(found: list[pl.DataFrame]) -> pl.DataFrame:
    """All problems of a table in one frame, in the order of the rows."""
    return pl.concat([pl.DataFrame(schema=SCHEMA), *found]).sort("row", maintain_order=True)


def rejects_of(
    found: pl.DataFrame, *, lines: pl.Series, record_refs: pl.Series, source: str, file: str
) -> pl.DataFrame:
    """The report of a table's rejects.

    Args:
        found: Its problems.
        lines: The line of each row of the table.
        record_refs: The key of each row of the table, null where blank.
        source: The declared source.
        file: The file's name.

    Returns:
        One row per set-aside row, in order of lines: the first column with a problem, its value where that
        is not personal, every reason. Columns: `REJECTS_SCHEMA`.
    """
    per_row = found.group_by("row", maintain_order=True).agg(
        pl.col("column", "value", "personal").first(),
        pl.col("reason").unique(maintain_order=True).str.join("; "),
    )
    rows = per_row["row"]
    return per_row.select(
        source=pl.lit(source),
        file=pl.lit(file),
        line=lines.gather(rows),
        record_ref=record_refs.gather(rows),
        column=pl.col("column"),
        value_shown=pl.when(~pl.col("personal")).then(pl.col("value").str.head(_SHOWN_LETTERS)),
        reason=pl.col("reason"),
    )
