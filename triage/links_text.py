"""The evaluation of links as tables for the terminal."""

from collections.abc import Iterator
from typing import Any

import polars as pl
from rich.table import Table

_TITLES = {
    "persons": "Persons: pairs of rows that name one adult",
    "households": "Households: pairs of records of one household",
}
_SHARES = ("precision", "recall", "f1", "b_cubed_precision", "b_cubed_recall", "b_cubed_f1")


def links_tables(measured: pl.DataFrame) -> Iterator[Table]:
    """One table per unit, of what `smart_record.linkage.evaluation.evaluate` gives."""
    for unit, title in _TITLES.items():
        yield _table(title, measured.filter(pl.col("unit") == unit).to_dicts())


def _table(title: str, rows: list[dict[str, Any]]) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1), header_style="bold")
    for heading in ("rows", "part"):
        table.add_column(heading)
    for heading in ("true pairs", "P", "R", "F1", "95%", "B3 P", "B3 R", "B3 F1"):
        table.add_column(heading, justify="right")
    for row in rows:
        shares = [_share(row[name]) for name in _SHARES]
        interval = "" if row["f1_low"] is None else f"{row['f1_low']:.3f}-{row['f1_high']:.3f}"
        table.add_row(row["rows"], row["part"], f"{row['true_pairs']:,}", *shares[:3], interval, *shares[3:])
    return table


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
