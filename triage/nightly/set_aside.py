"""Why a night's rows are set aside, reason by reason: one bad code or date form shows as one line."""

import polars as pl

from smart_record.intake import Intake

_FEW = 0.02
"""A reason that sets aside a smaller share of a file's rows is a matter of single rows."""

_WHERE = r": line \d+ of .*$"
"""What differs from row to row in the reason of a row that belongs to a set-aside record."""


def common_reasons(intake: Intake) -> pl.DataFrame:
    """The reasons that set aside more than single rows of a file, most rows first.

    Returns:
        One row per file and reason. Columns: file, reason, rows, of (rows of the file), mostly (the value
        that stands in at least half of them; null where it differs, is blank or is personal).
    """
    reason = pl.col("reason").str.replace(_WHERE, "")
    told = intake.rejects.with_columns(reason=reason, value=pl.col("value_shown").fill_null(""))
    by = ["file", "reason"]
    values = (
        told.group_by(*by, "value")
        .len("times")
        .sort(*by, "times", "value", descending=[False] * 2 + [True, False])
    )
    most = values.unique(by, keep="first", maintain_order=True)
    total = told.group_by(by).len("rows").join(most, on=by)
    known = total.join(intake.counts.select("file", of="rows_read"), on="file")
    said = (pl.col("value") != "") & (pl.col("times") * 2 >= pl.col("rows"))
    return (
        known.filter(pl.col("rows") >= _FEW * pl.col("of"))
        .select(*by, "rows", "of", mostly=pl.when(said).then("value"))
        .sort("rows", *by, descending=[True, False, False])
    )
