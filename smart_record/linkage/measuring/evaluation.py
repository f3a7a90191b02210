"""How well links agree with labelled ones: pairs, B-cubed, by source pair and by group of names.

Counts come from the sizes of clusters and of their overlaps, so that no pair is ever made. A pair counts half
for each of its rows, so that a false link between two groups of names is told for both.
"""

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import polars as pl

from smart_record.linkage.measuring.redrawing import Floats, Redrawing, interval
from smart_record.linkage.sources import DEPENDANTS, record_of_row

_ROW = ["source", "record_ref", "role"]

MEASURES = ("precision", "recall", "f1", "b_cubed_precision", "b_cubed_recall", "b_cubed_f1")
FOR_CONTACT = "for contact"
"""The part that counts only links of households sure enough for contact without an officer's check."""

_SURE = ("confirmed", "strong")


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is being matched: rows into residents, or records into households."""

    name: str
    truth: str
    found: str
    row: tuple[str, ...]


_PERSONS = _Unit("persons", "person_id", "resident_id", ("source", "record_ref", "role"))
_CHILDREN = _Unit("children", "person_id", "resident_id", ("source", "record_ref", "role"))
_HOUSEHOLDS = _Unit("households", "household_id", "found_household_id", ("source", "record_ref"))


def evaluate(links: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """Compare links with labels.

    Args:
        links: source, record_ref, role, resident_id, household_id and, if known, confidence (the
            household's).
        labels: source, record_ref, role, person_id, household_id and, if known, group.

    Returns:
        One row per unit ("persons": pairs of rows of one adult; "children": of one child, where labels name
        any on two claims or links do; "households": pairs of records), rows
        ("labelled": all labelled rows, those without a link alone; "accepted": those that have one) and part
        ("all", "for contact", "council_tax-rent", ..., "group british", ...). Columns: unit, rows, part,
        true_pairs, linked_pairs, right_pairs, `MEASURES` (0 to 1, null where nothing is counted; B-cubed not
        by source pair), and the ends of the 95% interval of each, as f1_low and f1_high.
    """
    kept = [name for name in ("confidence",) if name in links.columns]
    found = links.select(*_ROW, "resident_id", *kept, found_household_id="household_id")
    joined = labels.join(found, on=_ROW, how="left").sort(_ROW)
    child = pl.col("source") == DEPENDANTS
    adults, children = joined.filter(~child), joined.filter(child)
    units = [(_PERSONS, adults), (_HOUSEHOLDS, _records(joined))]
    several = pl.col("person_id", "resident_id").drop_nulls().is_duplicated().any()
    if children.select(pl.any_horizontal(several)).item():
        units.append((_CHILDREN, children))
    parts = []
    for unit, rows in units:
        accepted = rows.filter(pl.col(unit.found).is_not_null())
        parts += _measured(_alone_if_unlinked(rows, unit), unit, "labelled")
        parts += _measured(accepted, unit, "accepted")
    return pl.DataFrame(parts, schema=_SCHEMA, orient="row")


_ENDS = [f"{name}_{end}" for name in MEASURES for end in ("low", "high")]
_SCHEMA = {
    **dict.fromkeys(["unit", "rows", "part"], pl.String),
    **dict.fromkeys(["true_pairs", "linked_pairs", "right_pairs"], pl.Int64),
    **dict.fromkeys([*MEASURES, *_ENDS], pl.Float64),
}


def _records(joined: pl.DataFrame) -> pl.DataFrame:
    kept = ("group", "household_id", "found_household_id", "confidence")
    return (
        joined.with_columns(*record_of_row())
        .sort("role")
        .group_by("source", "record_ref")
        .agg(pl.col([name for name in kept if name in joined.columns]).drop_nulls().first())
        .sort("source", "record_ref")
    )


def _alone_if_unlinked(rows: pl.DataFrame, unit: _Unit) -> pl.DataFrame:
    own = pl.concat_str(pl.lit("unlinked"), *unit.row, separator="|")
    return rows.with_columns(pl.col(unit.found).fill_null(own))


def _measured(rows: pl.DataFrame, unit: _Unit, which: str) -> list[tuple[object, ...]]:
    redrawing = Redrawing(rows["household_id"])
    counted = _counted(rows, unit)
    table = [(unit.name, which, "all", *_figures(counted, redrawing))]
    if "confidence" in rows.columns:
        sure = pl.when(pl.col("confidence").is_in(_SURE)).then(unit.found)
        for_contact = _alone_if_unlinked(rows.with_columns(sure.alias(unit.found)), unit)
        table.append((unit.name, which, FOR_CONTACT, *_figures(_counted(for_contact, unit), redrawing)))
    for one, other in combinations_with_replacement(rows["source"].unique().sort().to_list(), 2):
        across = _counted_across(rows, unit, one, other)
        table.append((unit.name, which, f"{one}-{other}", *_figures(across, redrawing)))
    if "group" in rows.columns:
        for group in rows["group"].drop_nulls().unique().sort():
            figures = _figures(counted.filter(pl.col("group") == group), redrawing)
            table.append((unit.name, which, f"group {group}", *figures))
    return table


def _counted(rows: pl.DataFrame, unit: _Unit) -> pl.DataFrame:
    """By row: half its true, linked and right pairs, itself, and what B-cubed says of it."""

    def size(*keys: str) -> pl.Expr:
        return pl.len().over(keys).cast(pl.Float64)

    both = size(unit.truth, unit.found)
    return rows.select(
        *[name for name in ("group",) if name in rows.columns],
        household_id="household_id",
        true=(size(unit.truth) - 1) / 2,
        linked=(size(unit.found) - 1) / 2,
        right=(both - 1) / 2,
        rows=pl.lit(1.0),
        own_of_cluster=both / size(unit.found),
        cluster_of_own=both / size(unit.truth),
    )


def _counted_across(rows: pl.DataFrame, unit: _Unit, one: str, other: str) -> pl.DataFrame:
    """By row: half of its pairs between two sources; B-cubed has no meaning there."""

    def others(*keys: str) -> pl.Expr:
        of_one, of_other = ((pl.col("source") == name).sum().over(keys) for name in (one, other))
        itself = 1 if one == other else 0
        counted = pl.when(pl.col("source") == one).then(of_other - itself)
        return counted.when(pl.col("source") == other).then(of_one).otherwise(0).cast(pl.Float64) / 2

    pairs = {
        "true": others(unit.truth),
        "linked": others(unit.found),
        "right": others(unit.truth, unit.found),
    }
    nothing = dict.fromkeys(("rows", "own_of_cluster", "cluster_of_own"), pl.lit(0.0))
    return rows.select(household_id="household_id", **pairs, **nothing)


def _figures(counted: pl.DataFrame, redrawing: Redrawing) -> tuple[object, ...]:
    columns = ("true", "linked", "right", "rows", "own_of_cluster", "cluster_of_own")
    totals, redrawn, households = redrawing.sums(counted.select("household_id", *columns))
    values = [None if np.isnan(share) else float(share) for share in _shares(totals[None, :])[0]]
    again = _shares(redrawn)
    of = (1, 0, 0, 3, 3, 3)  # what each measure is a share of, and so how many households speak of it
    ends = [interval(value, again[:, at], households[of[at]]) for at, value in enumerate(values)]
    pairs = [round(total) for total in totals[:3]]
    return (*pairs, *values, *(end for both in ends for end in both))


def _shares(sums: Floats) -> Floats:
    """The measures of each row of sums; NaN where not defined."""
    true, linked, right, rows, own_of_cluster, cluster_of_own = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = own_of_cluster / rows, cluster_of_own / rows
        f1 = 2 * right / (true + linked)
        b_cubed = 2 * precision * recall / (precision + recall)
        return np.column_stack([right / linked, right / true, f1, precision, recall, b_cubed])
