"""Rows that come more than once: exact repeats, which count once, and keys with differing content."""

import polars as pl

from smart_record.intake.columns.problems import problems

_LINES_SHOWN = 5


def repeated_rows(frame: pl.DataFrame, found: pl.DataFrame) -> pl.Series:
    """Rows that say again what an earlier row of the file says, in every column read.

    Only rows whose hash occurs twice are compared, so that a large ledger costs little.

    Args:
        frame: The table's typed columns, without line numbers.
        found: Its problems; unreadable rows repeat each other where their problems are the same too.

    Returns:
        Row numbers from 0, ascending.
    """
    filled = [column for column in frame if column.null_count() < frame.height]
    hashes = pl.DataFrame(filled).hash_rows()
    ordered = hashes.sort()
    twice = ordered.filter(ordered == ordered.shift()).unique()
    if twice.is_empty():
        return pl.Series(dtype=pl.UInt32)
    rows = hashes.is_in(twice.implode()).arg_true()
    said = found.group_by("row").agg(
        said=pl.concat_str(pl.col("value").fill_null(""), "reason", separator=": ").str.join("; ")
    )
    candidates = frame[rows].with_columns(row=rows).join(said, on="row", how="left", maintain_order="left")
    told_apart = [name for name in candidates.columns if name != "row"]
    first = candidates.unique(subset=told_apart, keep="first", maintain_order=True)["row"]
    return rows.filter(~rows.is_in(first.implode()))


def conflicting_keys(refs: pl.DataFrame, *, key: str) -> pl.DataFrame:
    """Problems of rows that share a key and differ elsewhere.

    All of them are set aside: which one is right can't be told from the file, and to take the first would
    let the order of rows decide what a resident owes.

    Args:
        refs: Rows without other problems, repeats left out. Columns: row, record_ref, line.
        key: The supplier's name of the key.
    """
    shared = refs.filter(pl.col("record_ref").is_duplicated())
    lines = (
        shared.sort("line")
        .group_by("record_ref", maintain_order=True)
        .agg(lines=pl.col("line").head(_LINES_SHOWN).cast(pl.String).str.join(", "))
    )
    shared = shared.join(lines, on="record_ref", how="left", maintain_order="left")
    reason = shared.select(
        pl.format(
            "{} comes with different content on lines {}: which is right can't be told", pl.lit(key), "lines"
        )
    ).to_series()
    return problems(shared["row"], reason, column=key, values=shared["record_ref"])
