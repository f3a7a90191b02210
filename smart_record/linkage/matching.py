"""Who is who and who lives together: the nightly match over all extracts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.linkage.candidates import candidate_pairs
from smart_record.linkage.clusters import clusters
from smart_record.linkage.comparisons import compare
from smart_record.linkage.context import housemate_pairs, in_context, with_support
from smart_record.linkage.evidence import evidence
from smart_record.linkage.households import household_of_records, household_rows
from smart_record.linkage.identity import HOUSEHOLD, RESIDENT, Kind, changes, inherited_ids
from smart_record.linkage.person_rows import person_rows
from smart_record.linkage.record_rows import record_rows
from smart_record.linkage.traits import with_traits
from smart_record.linkage.weights import with_weights

ROW = ["source", "record_ref", "role"]
_ACCEPTED = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """What one night's matching found.

    Attributes:
        links: One row per named person of each record, sorted. Columns: source, record_ref, role, resident_id,
            household_id, match_weight (f64, bits, null where the resident has only this row), evidence.
        households: One row per household_id. Columns: household_id, uprn, members, address, ward, sources,
            confidence ("confirmed", "strong" or "probable").
        registry: Every row ever seen with the ids it has: source, record_ref, role, resident_id, household_id.
            Tomorrow's `earlier`.
        changes: Merges and splits against `earlier`: kind, old_id, new_id, records.
    """

    links: pl.DataFrame
    households: pl.DataFrame
    registry: pl.DataFrame
    changes: pl.DataFrame


def match(
    extracts: Mapping[str, pl.DataFrame],
    *,
    as_of: date,
    earlier: pl.DataFrame | None = None,
    progress: Callable[[str], None] | None = None,
) -> Linkage:
    """Match the people of all extracts into residents and households.

    Args:
        extracts: Accepted rows by declared extract name; a source that the night did not bring is absent.
        as_of: The date we pretend it is; nothing dated later counts.
        earlier: The registry of the night before, so that ids stay.
        progress: Told the name of each stage as it starts.

    Returns:
        Links, households, the registry for tomorrow and what changed.
    """
    tell = progress or (lambda _stage: None)
    tell("reading names and addresses")
    records = record_rows(extracts, as_of=as_of)
    persons = person_rows(extracts, records, as_of=as_of)
    adults = persons.filter(pl.col("role") != "dependant").drop("person").with_row_index("person")
    adults = adults.join(records.drop("source", "record_ref"), on="record", how="left", maintain_order="left")
    adults = with_traits(adults)
    tell("comparing")
    compared = with_support(with_weights(compare(candidate_pairs(adults), adults), adults))
    tell("joining")
    accepted = compared.filter(pl.col("posterior") >= _ACCEPTED)
    conflicts = compared.filter(_conflict())
    for _ in range(2):
        joined = adults.with_columns(resident=clusters(accepted, adults["record"], conflicts))
        mates = housemate_pairs(joined).select("left", "right")
        mates = in_context(with_weights(compare(mates, adults), adults))
        conflicts = pl.concat([conflicts, mates.filter(_conflict())])
        accepted = pl.concat([accepted, mates.filter(pl.col("posterior") >= _ACCEPTED)])
        accepted = accepted.sort("posterior", descending=True).unique(["left", "right"], keep="first", maintain_order=True)
    adults = adults.with_columns(resident=clusters(accepted, adults["record"], conflicts))
    best = _best_link(accepted, adults)
    rows = persons.join(
        adults.select(*ROW, "resident", adult="person"), on=ROW, how="left", maintain_order="left"
    )
    rows = rows.join(best, left_on="adult", right_on="person", how="left", maintain_order="left")
    rows = rows.with_columns(resident=pl.coalesce(pl.col("resident"), pl.col("person") + adults.height))
    tell("households")
    households = household_of_records(rows, records.height)
    rows = rows.join(households, on="record", how="left", maintain_order="left")
    rows = rows.with_columns(key=pl.concat_str(ROW, separator="|"))
    rows, changed = _named(rows, _or_empty(earlier))
    links = rows.select(
        *ROW, "resident_id", "household_id", "match_weight", pl.col("evidence").fill_null("")
    ).sort(ROW)
    described = household_rows(rows.with_columns(strength=pl.col("strength").fill_null(2)), records)
    registry = _registry(links, _or_empty(earlier))
    return Linkage(links=links, households=described, registry=registry, changes=changed)


def _conflict() -> pl.Expr:
    births = (pl.col("dob") == 0) & (pl.col("nino").fill_null(0) < 2)
    numbers = (pl.col("nino") == 0) & (pl.col("dob").fill_null(0) < 3)
    homes = (pl.col("elsewhere") == 3) & (pl.col("nino").fill_null(0) < 2) & (pl.col("dob").fill_null(0) < 3)
    one_number = (pl.col("nino").fill_null(0) == 2) & (pl.col("sex") == 0)
    return births | numbers | homes | ((pl.col("forename") == 0) & ~one_number)


def _best_link(accepted: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """The strongest link that holds each row in its resident: person, match_weight, evidence, strength."""
    of = adults.select("person", "resident")
    inside = (
        accepted.join(of, left_on="left", right_on="person")
        .join(of, left_on="right", right_on="person", suffix="_r")
        .filter(pl.col("resident") == pl.col("resident_r"))
    )
    told = inside.select(
        "left",
        "right",
        "match_weight",
        evidence=evidence(),
        strength=(pl.col("nino").fill_null(0) == 2).cast(pl.Int8)
        + (pl.col("dob").fill_null(0) >= 2).cast(pl.Int8)
        + 0,
    )
    both = pl.concat(
        [told.rename({"left": "person"}).drop("right"), told.rename({"right": "person"}).drop("left")],
        how="diagonal",
    )
    return both.sort("person", "match_weight", "evidence", descending=[False, True, False]).unique(
        "person", keep="first", maintain_order=True
    )


def _or_empty(earlier: pl.DataFrame | None) -> pl.DataFrame:
    schema = dict.fromkeys([*ROW, "resident_id", "household_id"], pl.String)
    return pl.DataFrame(schema=schema) if earlier is None else earlier.select(schema.keys())


def _named(rows: pl.DataFrame, earlier: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    changed = []
    for kind in (RESIDENT, HOUSEHOLD):
        before = earlier.select(key=pl.concat_str(ROW, separator="|"), old_id=kind.column)
        members = rows.select("key", cluster=kind.name)
        ids = inherited_ids(members, before, kind)
        rows = rows.join(
            ids.rename({"cluster": kind.name, "id": kind.column}),
            on=kind.name,
            how="left",
            maintain_order="left",
        )
        changed.append(changes(rows.select("key", id=kind.column), before, kind))
    return rows, pl.concat(changed)


def _registry(links: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    today = links.select(*ROW, "resident_id", "household_id")
    gone = earlier.join(today, on=ROW, how="anti")
    return pl.concat([today, gone]).sort(ROW)
