"""Which errors the links make: who is confused with whom, why links are missed, the largest clusters."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from smart_record.linkage.measuring.unlinked import why_unlinked
from smart_record.linkage.measuring.wrong_pairs import KINDS, wrong_pairs
from smart_record.linkage.sources import DEPENDANTS, record_of_row

_ROW = ("source", "record_ref", "role")
_KIND = ("unit", "error", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkErrors:
    """The errors of one night's links, as labels show them, and what needs no labels.

    Attributes:
        wrong: `smart_record.linkage.measuring.wrong_pairs.wrong_pairs`.
        unlinked: Labelled rows that have no link: source, record_ref, role, group, why; sorted.
        people: How many people the labels name; `people_exact`: those whose rows are one resident and whose
            resident has no other row. Rows without a link do not count.
        households: The same of households and their records.
        largest_resident: Rows of the resident that has most.
        largest_household: Records of the household that has most.
        two_parties: Residents that are two parties of one record; nobody can be.
    """

    wrong: pl.DataFrame
    unlinked: pl.DataFrame
    people: int
    people_exact: int
    households: int
    households_exact: int
    largest_resident: int
    largest_household: int
    two_parties: int


def link_errors(
    links: pl.DataFrame,
    labels: pl.DataFrame,
    pairs: pl.DataFrame,
    *,
    read: Mapping[str, pl.DataFrame],
    rejects: pl.DataFrame,
) -> LinkErrors:
    """Tell the errors of links apart.

    Args:
        links: source, record_ref, role, resident_id, household_id.
        labels: source, record_ref, role, person_id, household_id and, if known, group.
        pairs: `WeighedNight.told`.
        read: What the matching read, by declared extract name.
        rejects: What intake set aside: source (the extract), record_ref, reason.
    """
    found = links.select(*_ROW, "resident_id", home="household_id")
    group = pl.col("group") if "group" in labels.columns else pl.lit(None, pl.String).alias("group")
    labelled = labels.select(*_ROW, "person_id", "household_id", group).join(found, on=_ROW, how="left")
    unlinked = why_unlinked(labelled.filter(pl.col("resident_id").is_null()), read, rejects)
    told = labelled.join(unlinked.select(*_ROW, unlinked="why"), on=_ROW, how="left")
    linked = labelled.filter(pl.col("source") != DEPENDANTS).drop_nulls("resident_id")
    records = _of_records(linked, "household_id", "home")
    return LinkErrors(
        wrong=wrong_pairs(told, pairs),
        unlinked=unlinked.select(*_ROW, "group", "why").sort(_ROW),
        people=linked["person_id"].n_unique(),
        people_exact=_exact(linked.select(truth="person_id", found="resident_id")),
        households=records["truth"].n_unique(),
        households_exact=_exact(records.select("truth", "found")),
        largest_resident=_most(links.group_by("resident_id").len()),
        largest_household=_most(_of_records(links, "household_id", "household_id").group_by("found").len()),
        two_parties=_two_parties(links),
    )


def kinds_of_errors(wrong: pl.DataFrame) -> pl.DataFrame:
    """Count wrong pairs by kind, of all labels and of each group of names.

    Args:
        wrong: `wrong_pairs`.

    Returns:
        unit, error, why, group (null for all labels), pairs; every kind of `KINDS` is there for all labels,
        first and in that order. A pair of two groups counts for each of them.
    """
    kinds = [(unit, *kind) for unit, of_unit in KINDS.items() for kind in of_unit]
    order = pl.DataFrame(kinds, schema=_KIND, orient="row").with_row_index("order")
    groups = pl.concat_list(pl.lit(None, pl.String), "group", "other_group").list.unique()
    of_groups = wrong.select(*_KIND, group=groups).explode("group").group_by(*_KIND, "group").len("pairs")
    whole = order.join(of_groups.filter(pl.col("group").is_null()), on=_KIND, how="full", coalesce=True)
    of_each = of_groups.drop_nulls("group").join(order, on=_KIND, how="left")
    columns = ("order", *_KIND, "group", pl.col("pairs").fill_null(0).cast(pl.Int64))
    counted = pl.concat([whole.select(columns), of_each.select(columns)])
    units = {unit: at for at, unit in enumerate(KINDS)}
    by_unit = pl.col("unit").replace_strict(units, return_dtype=pl.Int64)
    return counted.sort(
        by_unit, "order", "error", "why", "group", nulls_last=[False, True, False, False, False]
    ).drop("order")


def _of_records(rows: pl.DataFrame, truth: str, found: str) -> pl.DataFrame:
    one = rows.sort("role").select(*record_of_row(), truth=truth, found=found)
    return one.unique(["source", "record_ref"], keep="first", maintain_order=True)


def _exact(rows: pl.DataFrame) -> int:
    """How many true clusters are one found cluster and all of it."""
    cells = rows.group_by("truth", "found").len()
    whole = cells.with_columns(of_truth=pl.len().over("truth"), of_found=pl.len().over("found")).filter(
        pl.col("of_truth") == 1, pl.col("of_found") == 1
    )
    return whole.height


def _most(sizes: pl.DataFrame) -> int:
    return int(sizes.select(pl.col("len").max().fill_null(0)).item())


def _two_parties(links: pl.DataFrame) -> int:
    held = links.select(*record_of_row(), "resident_id")
    return held.filter(held.is_duplicated())["resident_id"].n_unique()
