"""Who is who and who lives together: the nightly match over all extracts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.linkage.dependants import resolve_dependants
from smart_record.linkage.households import household_rows, households_of_records
from smart_record.linkage.identity import HOUSEHOLD, RESIDENT, changes, inherited_ids, registry_after
from smart_record.linkage.person_rows import person_rows
from smart_record.linkage.record_rows import record_rows
from smart_record.linkage.repeats import extracts_in_order
from smart_record.linkage.residents import Residents, resolve_residents
from smart_record.linkage.sources import DEPENDANTS
from smart_record.linkage.traits import numbered, with_traits
from smart_record.linkage.verdicts import (
    HOUSEHOLD_CONFIRMED,
    Settled,
    no_verdicts,
    settled_persons,
    settled_records,
)
from smart_record.linkage.weight_table import Weights

ROW = ("source", "record_ref", "role")
"""What a person row is known by, tonight and tomorrow."""

LINK_COLUMNS = (*ROW, "resident_id", "household_id", "match_weight", "evidence")
REGISTRY_COLUMNS = (*ROW, "resident_id", "household_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """What one night's matching found.

    Attributes:
        links: One row per named person of each record, sorted. Columns: source, record_ref, role,
            resident_id, household_id, match_weight (f64, bits, null where the resident has only this row),
            evidence (plain English, empty where the resident has only this row).
        households: One row per household_id, sorted. Columns: household_id, uprn, members, address, ward,
            sources (comma-joined), confidence ("confirmed", "strong" or "probable").
        registry: Every row ever seen with the ids it has: source, record_ref, role, resident_id,
            household_id. Tomorrow's `earlier`.
        changes: Merges and splits against `earlier`: kind (resident_merged, resident_split, household_merged,
            household_split), old_id, new_id, records (rows that moved).
        possible: Pairs of rows that may be one person and were not joined, likeliest first, for an officer:
            source, record_ref, role, other_source, other_record_ref, other_role, match_weight, evidence.
    """

    links: pl.DataFrame
    households: pl.DataFrame
    registry: pl.DataFrame
    changes: pl.DataFrame
    possible: pl.DataFrame


def match(
    extracts: Mapping[str, pl.DataFrame],
    *,
    as_of: date,
    earlier: pl.DataFrame | None = None,
    verdicts: pl.DataFrame | None = None,
    weights: Weights | None = None,
    progress: Callable[[str], None] | None = None,
) -> Linkage:
    """Match the people of all extracts into residents and households.

    Args:
        extracts: Accepted rows by declared extract name; a source that the night did not bring is absent.
        as_of: The date we pretend it is; nothing dated later counts.
        earlier: The registry of the night before, so that ids stay.
        verdicts: What officers decided and did not withdraw (`verdicts.VERDICT_COLUMNS`); it overrides all
            evidence. One about rows that are not there does nothing.
        weights: The bits of each level of agreement; the shipped ones if left out.
        progress: Told the name of each stage as it starts.

    Returns:
        Links, households, the registry for tomorrow, what changed, and what an officer could settle.

    Raises:
        LinkageError: If verdicts contradict each other.
    """
    tell = progress or _tell_nobody
    tell("reading names and addresses")
    here = extracts_in_order(extracts)
    records = record_rows(here, as_of=as_of)
    persons = person_rows(here, records, as_of=as_of)
    tell("comparing people")
    adults = _adults(persons, records)
    decided = no_verdicts() if verdicts is None else verdicts
    residents = resolve_residents(adults, records, settled_persons(decided, adults), weights)
    tell("joining households")
    children = _with_records(persons.filter(pl.col("source") == DEPENDANTS), records)
    rows = _all_rows(adults, residents, children, settled_persons(decided, children))
    homes = households_of_records(rows, records, settled_records(decided, records))
    rows = _with_officer_s_word(rows.join(homes, on="record", how="left", maintain_order="left"))
    possible = _possible(residents, adults)
    del here, persons, adults, residents, children, homes  # most of the memory at a million rows
    tell("keeping ids")
    before = pl.DataFrame(schema=dict.fromkeys(REGISTRY_COLUMNS, pl.String)) if earlier is None else earlier
    rows, changed = _named(rows, before.select(REGISTRY_COLUMNS))
    links = rows.select(LINK_COLUMNS).sort(ROW)
    return Linkage(
        links=links,
        households=household_rows(rows, records),
        registry=registry_after(links.select(REGISTRY_COLUMNS), before.select(REGISTRY_COLUMNS), changed),
        changes=changed,
        possible=possible,
    )


def comparable_adults(extracts: Mapping[str, pl.DataFrame], *, as_of: date) -> pl.DataFrame:
    """The adult rows as the matching compares them, in order of their number."""
    records = record_rows(extracts, as_of=as_of)
    return _adults(person_rows(extracts, records, as_of=as_of), records)


def _adults(persons: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    return numbered(with_traits(_with_records(persons.filter(pl.col("source") != DEPENDANTS), records)))


def _tell_nobody(_stage: str) -> None:
    return


def _with_records(persons: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Person rows numbered from 0 with the columns of their record."""
    of_record = records.drop("source", "record_ref")
    numbered = persons.drop("person").with_row_index("person")
    return numbered.join(of_record, on="record", how="left", maintain_order="left")


def _all_rows(
    adults: pl.DataFrame, residents: Residents, children: pl.DataFrame, settled: Settled
) -> pl.DataFrame:
    """All rows with resident, match_weight, evidence and strength; children numbered after the adults."""
    grown = adults.select(*ROW, "person", "record", resident=residents.resident)
    child, child_links = resolve_dependants(children, grown.select("record", "resident"), settled)
    young = children.select(*ROW, "person", "record", resident=child)
    young = young.join(child_links, on="person", how="left", maintain_order="left")
    young = young.with_columns(pl.col("resident") + adults.height)
    grown = grown.join(residents.links, on="person", how="left", maintain_order="left")
    return pl.concat([grown, young], how="vertical_relaxed").with_columns(
        key=pl.concat_str(ROW, separator="|"), evidence=pl.col("evidence").fill_null("")
    )


def _with_officer_s_word(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows whose record an officer joined to another say so in their evidence."""
    told = [
        pl.when("officer").then(pl.lit(HOUSEHOLD_CONFIRMED)),
        pl.when(pl.col("evidence") != "").then("evidence"),
    ]
    return rows.with_columns(evidence=pl.concat_str(told, separator="; ", ignore_nulls=True)).drop("officer")


def _named(rows: pl.DataFrame, earlier: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with resident_id and household_id, and what changed against the night before."""
    changed = []
    for kind in (RESIDENT, HOUSEHOLD):
        before = earlier.select(key=pl.concat_str(ROW, separator="|"), old_id=kind.column)
        ids = inherited_ids(rows.select("key", cluster=kind.name), before, kind)
        ids = ids.rename({"cluster": kind.name, "id": kind.column})
        rows = rows.join(ids, on=kind.name, how="left", maintain_order="left")
        changed.append(changes(rows.select("key", id=kind.column), before, kind))
    return rows, pl.concat(changed)


def _possible(residents: Residents, adults: pl.DataFrame) -> pl.DataFrame:
    one = adults.select(ROW)[residents.possible["left"]]
    other = adults.select(pl.col(ROW).name.prefix("other_"))[residents.possible["right"]]
    return pl.concat([one, other, residents.possible.select("match_weight", "evidence")], how="horizontal")
