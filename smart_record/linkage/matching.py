"""Who is who and who lives together: the nightly match over all extracts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.candidates import candidate_pairs
from smart_record.linkage.changed import records_to_match
from smart_record.linkage.comparable import Comparable, Part
from smart_record.linkage.dependants import resolve_dependants
from smart_record.linkage.households import household_rows, households_of_records
from smart_record.linkage.identity import HOUSEHOLD, RESIDENT, changes, inherited_ids, registry_after
from smart_record.linkage.memory import (
    RECORD,
    ROW,
    LastNight,
    Memory,
    neighbourhoods,
    record_seals,
    remembered_rows,
)
from smart_record.linkage.residents import Asked, Residents, resolve_residents
from smart_record.linkage.traits import numbered
from smart_record.linkage.verdicts import HOUSEHOLD_CONFIRMED, Settled, no_verdicts
from smart_record.linkage.weight_table import Weights
from smart_record.standardise.distinct import Distinct

Truths = npt.NDArray[np.bool_]
LINK_COLUMNS = (*ROW, "resident_id", "household_id", "match_weight", "evidence")
REGISTRY_COLUMNS = (*ROW, "resident_id", "household_id")
_POSSIBLE = (*ROW, *(f"other_{name}" for name in ROW), "match_weight", "posterior", "evidence")


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
            source, record_ref, role, other_source, other_record_ref, other_role, match_weight, posterior
            (log2 odds that the two are one), evidence.
        memory: What tomorrow's matching needs to match only what has changed.
        matched: How many records were matched; of the others last night's result stands.
    """

    links: pl.DataFrame
    households: pl.DataFrame
    registry: pl.DataFrame
    changes: pl.DataFrame
    possible: pl.DataFrame
    memory: Memory
    matched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matched:
    """What was matched tonight.

    Attributes:
        rows: Person rows with key, record, resident, household (numbers), match_weight, evidence, confidence.
        possible: As of `Linkage`.
        neighbourhood: By record number.
    """

    rows: pl.DataFrame
    possible: pl.DataFrame
    neighbourhood: pl.Series


def match(
    extracts: Mapping[str, pl.DataFrame],
    *,
    as_of: date,
    earlier: pl.DataFrame | None = None,
    last: LastNight | None = None,
    verdicts: pl.DataFrame | None = None,
    weights: Weights | None = None,
    progress: Callable[[str], None] | None = None,
) -> Linkage:
    """Match the people of all extracts into residents and households.

    Args:
        extracts: Accepted rows by declared extract name; a source that the night did not bring is absent.
        as_of: The date we pretend it is; nothing dated later counts.
        earlier: The registry of the night before, so that ids stay.
        last: What the night before found, matched with the same weights; then only what has changed since is
            matched again, with the same result as a match of everything. Everything is matched if left out.
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
    rows = Comparable.of(extracts, as_of=as_of)
    tell("comparing people")
    decided = no_verdicts() if verdicts is None else verdicts
    chosen = (
        np.ones(rows.records.height, dtype=np.bool_)
        if last is None
        else records_to_match(rows, last, decided, weights)
    )
    part = Part.of(rows, chosen)
    pairs = candidate_pairs(
        rows.adults, of=None if last is None else chosen[rows.adults["record"].to_numpy()]
    )
    found = _matched(part.rows, part.pairs(pairs, rows), decided, weights, tell)
    tell("keeping ids")
    stands = None if last is None else _standing(rows, chosen, last)
    before = pl.DataFrame(schema=dict.fromkeys(REGISTRY_COLUMNS, pl.String)) if earlier is None else earlier
    return _linkage(rows, part, found, stands, before.select(REGISTRY_COLUMNS))


def _matched(
    rows: Comparable,
    pairs: pl.DataFrame,
    verdicts: pl.DataFrame,
    weights: Weights | None,
    tell: Callable[[str], None],
) -> _Matched:
    settled, adults = rows.settled(verdicts), numbered(rows.adults)
    asked = Asked(pairs=pairs, settled=settled.adults)
    residents = resolve_residents(adults, rows.records, asked, weights)
    tell("joining households")
    people = _all_rows(rows, residents, settled.children)
    homes = households_of_records(people, rows.records, settled.records)
    people = people.join(homes, on="record", how="left", maintain_order="left")
    return _Matched(
        rows=_with_officer_s_word(people),
        possible=_possible(residents, adults),
        neighbourhood=neighbourhoods(rows, residents.near, settled),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What stands of last night.

    Attributes:
        rows: source, record_ref, role, key, match_weight, evidence, and last night's resident_id and
            household_id.
        households, possible: As of `Linkage`.
        records: source, record_ref, neighbourhood.
    """

    rows: pl.DataFrame
    households: pl.DataFrame
    possible: pl.DataFrame
    records: pl.DataFrame


def _standing(rows: Comparable, chosen: Truths, last: LastNight) -> _Standing:
    stay = rows.records.filter(pl.Series(~chosen)).select(RECORD)
    people = pl.concat(
        people.filter(pl.Series(~chosen).gather(people["record"])).select(ROW)
        for people in (rows.adults, rows.children)
    )
    told = people.join(last.memory.rows.select(*ROW, "match_weight", "evidence"), on=ROW)
    told = told.join(last.links.select(*ROW, "resident_id", "household_id"), on=ROW)
    homes = told["household_id"].unique().implode()
    both_stay = last.possible
    for side in ("", "other_"):
        ends = [f"{side}{name}" for name in RECORD]
        both_stay = both_stay.join(stay, left_on=ends, right_on=RECORD, how="semi")
    return _Standing(
        rows=told.with_columns(key=_key()),
        households=last.households.filter(pl.col("household_id").is_in(homes)),
        possible=both_stay,
        records=stay.join(last.memory.records.drop("seal"), on=RECORD, maintain_order="left"),
    )


def _linkage(
    rows: Comparable, part: Part, found: _Matched, stands: _Standing | None, earlier: pl.DataFrame
) -> Linkage:
    """Tonight's matches and what stands of last night as one, with the ids that stay."""
    seals = rows.records.select(RECORD).with_columns(seal=record_seals(rows))
    around = part.rows.records.select(RECORD).with_columns(neighbourhood=found.neighbourhood)
    people, possible = found.rows, found.possible
    if stands is not None:
        people = pl.concat(
            [people, _numbered_on(stands.rows, people.height + part.rows.records.height)], how="diagonal"
        )
        possible = pl.concat([possible, stands.possible])
        around = pl.concat([around, stands.records])
    people, changed = _named(people, earlier)
    links = people.select(LINK_COLUMNS).sort(ROW)
    households = household_rows(people.filter(pl.col("record").is_not_null()), part.rows.records)
    if stands is not None:
        moved = people.filter(pl.col("record").is_null()).select("stood", "household_id").unique()
        described = stands.households.rename({"household_id": "stood"}).join(moved, on="stood")
        households = pl.concat([households, described.select(households.columns)]).sort("household_id")
    ends = _POSSIBLE[:6]
    return Linkage(
        links=links,
        households=households,
        registry=registry_after(links.select(REGISTRY_COLUMNS), earlier, changed),
        changes=changed,
        possible=possible.sort("posterior", *ends, descending=[True, *[False] * 6]),
        memory=Memory(
            records=seals.join(around, on=RECORD, how="left", maintain_order="left"),
            rows=remembered_rows(rows, links),
        ),
        matched=part.rows.records.height,
    )


def _numbered_on(stood: pl.DataFrame, beyond: int) -> pl.DataFrame:
    """The rows of which last night's result stands, their clusters numbered from `beyond`."""
    clusters = (
        (Distinct.of(stood[f"{name}_id"]).codes + beyond).cast(pl.UInt32).alias(name)
        for name in ("resident", "household")
    )
    return stood.select(*ROW, "key", "match_weight", "evidence", *clusters, stood="household_id")


def _key() -> pl.Expr:
    return pl.concat_str(ROW, separator="|").alias("key")


def _tell_nobody(_stage: str) -> None:
    return


def _all_rows(rows: Comparable, residents: Residents, settled: Settled) -> pl.DataFrame:
    """All rows with resident, match_weight, evidence and strength; children numbered after the adults."""
    adults, children = rows.adults, rows.children
    grown = adults.select(*ROW, "person", "record", resident=residents.resident)
    child, child_links = resolve_dependants(children, grown.select("record", "resident"), settled)
    young = children.select(*ROW, "person", "record", resident=child)
    young = young.join(child_links, on="person", how="left", maintain_order="left")
    young = young.with_columns(pl.col("resident") + adults.height)
    grown = grown.join(residents.links, on="person", how="left", maintain_order="left")
    return pl.concat([grown, young], how="vertical_relaxed").with_columns(
        _key(), evidence=pl.col("evidence").fill_null("")
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
        before = earlier.select(_key(), old_id=kind.column)
        ids = inherited_ids(rows.select("key", cluster=kind.name), before, kind)
        ids = ids.rename({"cluster": kind.name, "id": kind.column})
        rows = rows.join(ids, on=kind.name, how="left", maintain_order="left")
        changed.append(changes(rows.select("key", id=kind.column), before, kind))
    return rows, pl.concat(changed)


def _possible(residents: Residents, adults: pl.DataFrame) -> pl.DataFrame:
    one = adults.select(ROW)[residents.possible["left"]]
    other = adults.select(pl.col(ROW).name.prefix("other_"))[residents.possible["right"]]
    told = residents.possible.select("match_weight", "posterior", "evidence")
    return pl.concat([one, other, told], how="horizontal")
