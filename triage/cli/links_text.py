"""The evaluation of links as tables for the terminal."""

from collections.abc import Iterator
from typing import Any

import polars as pl
from rich.table import Table

from smart_record.linkage.measuring.link_errors import kinds_of_errors
from triage.links.link_evaluation import LEAST_PAIRS, LinkEvaluation
from triage.papers.link_words import in_short

_TITLES = {
    "persons": "Persons: pairs of rows that name one adult",
    "households": "Households: pairs of records of one household",
    "children": "Children: pairs of rows that name one child",
}
_ROWS = {"labelled": "every labelled row", "accepted": "rows that have a link"}
_SHARES = ("precision", "recall", "f1", "b_cubed_precision", "b_cubed_recall", "b_cubed_f1")


def evaluation_lines(found: LinkEvaluation) -> Iterator[str | Table]:
    """All of it in short; then the measures of each unit, the kinds of errors, the bands of match weight."""
    yield "In short"
    for sentence in in_short(found):
        yield f"- {sentence}"
    for unit, title in _TITLES.items():
        if not found.measures(unit):
            continue
        for rows, which in _ROWS.items():
            yield _table(f"{title}; {which}", found.measured.filter(unit=unit, rows=rows).to_dicts())
    yield f"For contact: of confirmed or strong households. Groups under {LEAST_PAIRS} pairs are not told."
    yield _errors(found)
    yield _bands(found.bands)


def _errors(found: LinkEvaluation) -> Table:
    errors = found.errors
    kinds = kinds_of_errors(errors.wrong).filter(pl.col("group").is_null()).drop("group")
    rows = {
        **{f"{unit} {error}: {why}": pairs for unit, error, why, pairs in kinds.iter_rows()},
        "rows of the largest resident": errors.largest_resident,
        "records of the largest household": errors.largest_household,
        "residents that are two parties of one record": errors.two_parties,
        f"people found exactly, of {errors.people:,}": errors.people_exact,
        f"households found exactly, of {errors.households:,}": errors.households_exact,
    }
    table = _headed("Errors", "kind", numbers=("count",))
    for name, count in rows.items():
        table.add_row(name, f"{count:,}")
    return table


def _bands(bands: pl.DataFrame) -> Table:
    title = "Calibration: pairs by match weight beyond even odds, in bits"
    heads = ("pairs", "chance by weight", "one person", "95%", "joined", "P")
    table = _headed(title, "from", numbers=heads)
    for row in bands.iter_rows(named=True):
        low = "lowest" if row["low"] is None else f"{row['low']:+.1f}"
        ends = f"{row['observed_low']:.3f}-{row['observed_high']:.3f}"
        shares = (_share(row["expected"]), _share(row["observed"]), ends)
        table.add_row(low, f"{row['pairs']:,}", *shares, f"{row['joined']:,}", _share(row["precision"]))
    return table


def _headed(title: str, *words: str, numbers: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1), header_style="bold")
    for heading in words:
        table.add_column(heading)
    for heading in numbers:
        table.add_column(heading, justify="right")
    return table


def _table(title: str, rows: list[dict[str, Any]]) -> Table:
    heads = ("true pairs", "P", "95%", "R", "95%", "F1", "95%", "B3 P", "B3 R", "B3 F1")
    table = _headed(title, "part", numbers=heads)
    for row in rows:
        small = row["part"].startswith("group ") and row["true_pairs"] < LEAST_PAIRS
        table.add_row(row["part"], *(["few"] if small else _figures(row)))
    return table


def _figures(row: dict[str, Any]) -> Iterator[str]:
    yield f"{row['true_pairs']:,}"
    for name in _SHARES[:3]:
        yield _share(row[name])
        yield "" if row[f"{name}_low"] is None else f"{row[f'{name}_low']:.3f}-{row[f'{name}_high']:.3f}"
    yield from (_share(row[name]) for name in _SHARES[3:])


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
