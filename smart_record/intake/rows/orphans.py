"""Rows that belong to no accepted record: a payment without its account, a child without its claim."""

from dataclasses import dataclass

import polars as pl

from smart_record.errors import ExtractMalformed
from smart_record.intake.columns.problems import problems

_ENOUGH_ROWS = 100
"""Of fewer rows, a few that have lost their record may be the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """The records that rows may belong to.

    Attributes:
        row: What such a record is: "account".
        file: The file that holds them; None where the night brought none.
        accepted: Their `record_ref`.
        known: Their `record_ref`, and those of the set-aside ones that can be read for whom they name.
        rejects: The report of those set aside.
    """

    row: str
    file: str | None
    accepted: pl.Series
    known: pl.Series
    rejects: pl.DataFrame


def orphaned(refs: pl.Series, parent: Parent, *, key: str, file: str) -> pl.DataFrame:
    """Problems of rows whose record is not accepted, with the reason why it is not.

    Args:
        refs: The parent's `record_ref` in each row of the table; null where blank.
        parent: The records that were accepted and set aside.
        key: The supplier's name of the column that holds it.
        file: The rows' own file.

    Raises:
        ExtractMalformed: If most rows name records that the parent's file does not have at all.
    """
    rows = (~refs.is_in(parent.accepted.implode())).arg_true()
    lost = pl.DataFrame({"record_ref": refs.gather(rows)}, schema={"record_ref": pl.String})
    why = parent.rejects.filter(pl.col("record_ref").is_not_null()).unique(
        "record_ref", keep="first", maintain_order=True
    )
    told = lost.join(
        why.select("record_ref", "line", "reason"), on="record_ref", how="left", maintain_order="left"
    )
    _check_most(told["line"].null_count(), len(refs), parent, file)
    nowhere = "no file of them came" if parent.file is None else f"it is not in {parent.file}"
    reason = told.select(
        pl.when(pl.col("line").is_null())
        .then(pl.lit(f"its {parent.row} is not known: {nowhere}"))
        .otherwise(
            pl.format(
                "its {} is set aside: line {} of {}: {}",
                pl.lit(parent.row),
                "line",
                pl.lit(parent.file),
                "reason",
            )
        )
    ).to_series()
    return problems(rows, reason, column=key, values=told["record_ref"])


def _check_most(unknown: int, rows: int, parent: Parent, file: str) -> None:
    if parent.file is not None and unknown * 2 > rows >= _ENOUGH_ROWS:
        raise ExtractMalformed(
            f"{file}: {unknown:,} of {rows:,} rows belong to no {parent.row} in {parent.file}. "
            f"{parent.file} was cut short, or the two are of different days or councils. Export both again, "
            "then run again."
        )
