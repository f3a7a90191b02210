"""Which errors the links make: who is confused with whom, why links are missed, the largest clusters."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from smart_record.linkage.joining import ACCEPTED
from smart_record.linkage.sources import DEPENDANTS, record_of_row

_ROW = ("source", "record_ref", "role")
_OTHER = tuple(f"other_{name}" for name in _ROW)

SET_ASIDE = "a row was set aside at intake"
NEVER_COMPARED = "nothing in common by which the two rows would be compared"
CONTRADICTED = "something speaks against it: two births, two numbers, two forenames or two homes"
TOO_LITTLE = "too little agrees"
TAKEN = "enough agrees, but the rest of the resident stands against it"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkErrors:
    """The errors of one night's links, as labels show them, and what needs no labels.

    Attributes:
        false_same_household: Pairs of rows joined wrongly that are two people of one household.
        false_elsewhere: Pairs of rows joined wrongly that are people of two households.
        missed: Pairs of one person left apart, by what kept them apart.
        people: How many people the labels name; `people_exact`: those whose rows are one resident and whose
            resident has no other row. Rows set aside at intake do not count.
        households: The same of households and their records.
        largest_resident: Rows of the resident that has most.
        largest_household: Records of the household that has most.
        two_parties: Residents that are two parties of one record; nobody can be.
    """

    false_same_household: int
    false_elsewhere: int
    missed: Mapping[str, int]
    people: int
    people_exact: int
    households: int
    households_exact: int
    largest_resident: int
    largest_household: int
    two_parties: int


def link_errors(links: pl.DataFrame, labels: pl.DataFrame, pairs: pl.DataFrame) -> LinkErrors:
    """Tell the errors of links apart.

    Args:
        links: source, record_ref, role, resident_id, household_id.
        labels: source, record_ref, role, person_id, household_id.
        pairs: `WeighedNight.told`.
    """
    found = links.select(*_ROW, "resident_id", home="household_id")
    adults = labels.filter(pl.col("source") != DEPENDANTS).join(found, on=_ROW, how="left")
    linked = adults.drop_nulls("resident_id")
    same_home = _pairs(linked, "resident_id", "household_id")
    records = _of_records(linked, "household_id", "home")
    return LinkErrors(
        false_same_household=same_home - _pairs(linked, "resident_id", "person_id", "household_id"),
        false_elsewhere=_pairs(linked, "resident_id") - same_home,
        missed=_missed(adults, pairs),
        people=linked["person_id"].n_unique(),
        people_exact=_exact(linked.select(truth="person_id", found="resident_id")),
        households=records["truth"].n_unique(),
        households_exact=_exact(records.select("truth", "found")),
        largest_resident=_most(links.group_by("resident_id").len()),
        largest_household=_most(_of_records(links, "household_id", "household_id").group_by("found").len()),
        two_parties=_two_parties(links),
    )


def _pairs(rows: pl.DataFrame, *keys: str) -> int:
    sizes = rows.group_by(keys).agg(n=pl.len().cast(pl.Int64))
    return int(sizes.select((pl.col("n") * (pl.col("n") - 1) // 2).sum()).item())


def _of_records(rows: pl.DataFrame, truth: str, found: str) -> pl.DataFrame:
    return rows.select(*record_of_row(), truth=truth, found=found).unique(["source", "record_ref"])


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


def _missed(adults: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, int]:
    """Pairs of one person left apart, by the first reason that holds."""
    one = adults.select(*_ROW, "person_id", "resident_id", key=pl.concat_str(_ROW, separator="|"))
    other = one.select("person_id", pl.all().exclude("person_id").name.prefix("other_"))
    apart = one.join(other, on="person_id").filter(
        (pl.col("key") < pl.col("other_key"))
        & (pl.col("resident_id") != pl.col("other_resident_id")).fill_null(value=True)
    )
    weighed = pairs.select(*_ROW, *_OTHER, "posterior", "conflict", was_weighed=pl.lit(value=True))
    turned = weighed.rename(dict(zip((*_ROW, *_OTHER), (*_OTHER, *_ROW), strict=True)))
    both = pl.concat([weighed, turned.select(weighed.columns)])
    seen = apart.join(both, on=[*_ROW, *_OTHER], how="left")
    reason = (
        pl.when(pl.any_horizontal(pl.col("resident_id", "other_resident_id").is_null()))
        .then(pl.lit(SET_ASIDE))
        .when(pl.col("was_weighed").is_null())
        .then(pl.lit(NEVER_COMPARED))
        .when("conflict")
        .then(pl.lit(CONTRADICTED))
        .when(pl.col("posterior") < ACCEPTED)
        .then(pl.lit(TOO_LITTLE))
        .otherwise(pl.lit(TAKEN))
    )
    counted = dict(seen.select(reason=reason).group_by("reason").len().iter_rows())
    return {
        name: counted.get(name, 0) for name in (SET_ASIDE, NEVER_COMPARED, TOO_LITTLE, CONTRADICTED, TAKEN)
    }
