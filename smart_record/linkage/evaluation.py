"""How well links agree with labelled ones: pairs, B-cubed, by source pair and by group of names.

Counts come from the sizes of clusters and of their overlaps, so that no pair is ever made. Confidence
intervals are bootstrapped over the labelled households, because the rows of one household stand or fall
together.
"""

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import polars as pl

from smart_record.linkage.sources import BENEFITS, DEPENDANTS

_ROW = ["source", "record_ref", "role"]
_DRAWS = 200
_SEED = 20_261_031
_INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is being matched: rows into residents, or records into households."""

    name: str
    truth: str
    found: str
    row: tuple[str, ...]


_PERSONS = _Unit("persons", "person_id", "resident_id", ("source", "record_ref", "role"))
_HOUSEHOLDS = _Unit("households", "household_id", "found_household_id", ("source", "record_ref"))


def evaluate(links: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """Compare links with labels.

    Args:
        links: source, record_ref, role, resident_id, household_id.
        labels: source, record_ref, role, person_id, household_id and, if known, group.

    Returns:
        One row per unit ("persons": pairs of rows of one adult; "households": pairs of records), rows
        ("labelled": all labelled rows, those without a link alone; "accepted": those that have one) and part
        ("all", "council_tax-rent", ..., "group british", ...). Columns: unit, rows, part, true_pairs,
        linked_pairs, right_pairs, precision, recall, f1, b_cubed_precision, b_cubed_recall, b_cubed_f1 (0 to
        1, null where nothing is counted; B-cubed not by source pair), f1_low, f1_high (95% interval, not by
        source pair).
    """
    found = links.select(*_ROW, "resident_id", found_household_id="household_id")
    joined = labels.join(found, on=_ROW, how="left").sort(_ROW)
    adults = joined.filter(pl.col("source") != DEPENDANTS)
    record = [
        pl.col("source").replace(DEPENDANTS, BENEFITS),
        pl.col("record_ref").str.split("/").list.first(),
    ]
    kept = [name for name in ("group", "household_id", "found_household_id") if name in joined.columns]
    records = (
        joined.with_columns(*record)
        .sort("role")
        .group_by("source", "record_ref")
        .agg(pl.col(kept).drop_nulls().first())
    )
    parts = []
    for unit, rows in ((_PERSONS, adults), (_HOUSEHOLDS, records)):
        accepted = rows.filter(pl.col(unit.found).is_not_null())
        parts += _measured(_alone_if_unlinked(rows, unit), unit, "labelled")
        parts += _measured(accepted, unit, "accepted")
    return pl.DataFrame(parts, schema=_SCHEMA, orient="row")


_SCHEMA = {
    "unit": pl.String,
    "rows": pl.String,
    "part": pl.String,
    "true_pairs": pl.Int64,
    "linked_pairs": pl.Int64,
    "right_pairs": pl.Int64,
    **dict.fromkeys(
        ["precision", "recall", "f1", "b_cubed_precision", "b_cubed_recall", "b_cubed_f1"], pl.Float64
    ),
    **dict.fromkeys(["f1_low", "f1_high"], pl.Float64),
}


def _alone_if_unlinked(rows: pl.DataFrame, unit: _Unit) -> pl.DataFrame:
    own = pl.concat_str(pl.lit("unlinked"), *unit.row, separator="|")
    return rows.with_columns(pl.col(unit.found).fill_null(own))


def _measured(rows: pl.DataFrame, unit: _Unit, which: str) -> list[tuple[object, ...]]:
    table = [(unit.name, which, "all", *_pairs(rows, unit), *_b_cubed(rows, unit), *_interval(rows, unit))]
    for one, other in combinations_with_replacement(rows["source"].unique().sort().to_list(), 2):
        counts = _pairs_across(rows, unit, one, other)
        table.append((unit.name, which, f"{one}-{other}", *counts, *([None] * 5)))
    if "group" in rows.columns:
        for (group,), of_group in (
            rows.drop_nulls("group").sort("group").group_by("group", maintain_order=True)
        ):
            measures = (*_pairs(of_group, unit), *_b_cubed(of_group, unit), *_interval(of_group, unit))
            table.append((unit.name, which, f"group {group}", *measures))
    return table


def _pairs(rows: pl.DataFrame, unit: _Unit) -> tuple[object, ...]:
    def count(*keys: str) -> int:
        sizes = rows.group_by(keys).agg(n=pl.len().cast(pl.Int64))
        return int(sizes.select((pl.col("n") * (pl.col("n") - 1) // 2).sum()).item())

    return _rates(count(unit.truth), count(unit.found), count(unit.truth, unit.found))


def _pairs_across(rows: pl.DataFrame, unit: _Unit, one: str, other: str) -> tuple[object, ...]:
    def count(*keys: str) -> int:
        sizes = rows.group_by(keys).agg(
            a=(pl.col("source") == one).sum().cast(pl.Int64),
            b=(pl.col("source") == other).sum().cast(pl.Int64),
        )
        pairs = pl.col("a") * (pl.col("a") - 1) // 2 if one == other else pl.col("a") * pl.col("b")
        return int(sizes.select(pairs.sum()).item())

    return _rates(count(unit.truth), count(unit.found), count(unit.truth, unit.found))


def _rates(true: int, linked: int, right: int) -> tuple[object, ...]:
    precision = right / linked if linked else None
    recall = right / true if true else None
    return (true, linked, right, precision, recall, 2 * right / (true + linked) if true + linked else None)


def _b_cubed(rows: pl.DataFrame, unit: _Unit) -> tuple[object, ...]:
    """Mean over rows of the share of its cluster that is its own, and of its own that is in its cluster."""
    if rows.is_empty():
        return (None, None, None)
    cells = rows.group_by(unit.truth, unit.found).agg(n=pl.len())
    shares = cells.select(
        "n",
        precision=pl.col("n") / pl.col("n").sum().over(unit.found),
        recall=pl.col("n") / pl.col("n").sum().over(unit.truth),
    ).sort("n", "precision", "recall")
    precision, recall = (
        (pl.col(name) * pl.col("n")).sum() / pl.col("n").sum() for name in ("precision", "recall")
    )
    p, r = shares.select(precision, recall=recall).row(0)
    return (p, r, 2 * p * r / (p + r))


def _interval(rows: pl.DataFrame, unit: _Unit) -> tuple[object, object]:
    """95% interval of the pairwise F1: labelled households drawn again with replacement.

    A linked pair counts half for the household of each of its rows, so that every pair is somebody's.
    """
    keys = [unit.truth] if unit.truth == "household_id" else ["household_id", unit.truth]
    true = rows.group_by(keys).agg(n=pl.len().cast(pl.Int64)).group_by("household_id").agg(true=_choose_two())
    right = rows.group_by(*keys, unit.found).agg(n=pl.len().cast(pl.Int64))
    right = right.group_by("household_id").agg(right=_choose_two())
    linked = rows.with_columns(others=pl.len().over(unit.found).cast(pl.Int64) - 1)
    linked = linked.group_by("household_id").agg(linked=pl.col("others").sum() / 2)
    counts = true.join(right, on="household_id").join(linked, on="household_id").sort("household_id")
    if not counts["true"].sum():
        return (None, None)
    totals = counts.select("true", "right", "linked").to_numpy().astype(np.float64)
    draws = np.random.default_rng(_SEED)
    sums = np.array([draws.poisson(1.0, len(totals)) @ totals for _ in range(_DRAWS)])
    f1 = 2 * sums[:, 1] / np.maximum(sums[:, 0] + sums[:, 2], 1.0)
    low, high = np.percentile(f1, _INTERVAL)
    return (float(low), float(high))


def _choose_two() -> pl.Expr:
    return (pl.col("n") * (pl.col("n") - 1) // 2).sum()
