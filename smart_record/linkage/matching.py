"""Who is who and who lives together: the nightly match over all extracts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.homes.households import household_rows, households_of_records
from smart_record.linkage.nights.changed import everything, what_to_match
from smart_record.linkage.nights.identity import registry_after, with_ids
from smart_record.linkage.nights.memory import (
    RECORD,
    ROW,
    LastNight,
    Memory,
    circles,
    in_order,
    only_remembered,
    remembered_rows,
)
from smart_record.linkage.nights.newly_near import Decided
from smart_record.linkage.nights.standing import Found, together, what_stands
from smart_record.linkage.pairs.weight_table import Weights
from smart_record.linkage.people.dependants import resolve_dependants
from smart_record.linkage.people.residents import Asked, Residents, resolve_residents
from smart_record.linkage.rows.comparable import Comparable, Part
from smart_record.linkage.rows.verdicts import Settled, no_verdicts
from smart_record.standardise.properties.found_properties import FINDING

Truths = npt.NDArray[np.bool_]
ADDRESS_COLUMNS = (*RECORD, "uprn", *FINDING)
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
        addresses: One row per record, sorted. Columns: source, record_ref, uprn (of its property; null where
            that is known by its words only, ambiguous or not read), and how it was found
            (`found_properties.find_properties`).
        memory: What tomorrow's matching needs to match only what has changed.
        matched: How many records were matched; of the others last night's result stands.
    """

    links: pl.DataFrame
    households: pl.DataFrame
    registry: pl.DataFrame
    changes: pl.DataFrame
    possible: pl.DataFrame
    addresses: pl.DataFrame
    memory: Memory
    matched: int

    def as_last_night(self, verdicts: pl.DataFrame) -> LastNight:
        """What the next night starts from.

        Args:
            verdicts: What officers had decided (`verdicts.VERDICT_COLUMNS`).
        """
        return LastNight(
            links=self.links.select("resident_id", "household_id").lazy(),
            households=self.households.lazy(),
            possible=self.possible.lazy(),
            records=self.memory.records,
            rows=self.memory.rows.lazy(),
            verdicts=verdicts,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matched:
    """What was matched tonight.

    Attributes:
        rows: Person rows, sorted: source, record_ref, role, record, resident, household (numbers),
            match_weight, evidence, confidence.
        records: `record_rows`.
        possible: As of `Linkage`.
        circles: The circle of each record, in their order.
    """

    rows: pl.DataFrame
    records: pl.DataFrame
    possible: pl.DataFrame
    circles: pl.Series


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
    before = pl.DataFrame(schema=dict.fromkeys(REGISTRY_COLUMNS, pl.String)) if earlier is None else earlier
    before = before.select(REGISTRY_COLUMNS)
    what = everything(rows) if last is None else what_to_match(rows, last, before, Decided(decided, weights))
    part = Part.of(rows, what.records)
    matched = _matched(part.rows, part.pairs(what.pairs, rows), decided, weights, tell)
    again, known, rows = what.records, what.known, only_remembered(rows)
    del part, what
    tell("keeping ids")
    found, changed = _with_ids(matched, before)
    if last is not None:
        found = together(found, what_stands(known[~again], last), again)
    ends = _POSSIBLE[:6]
    return Linkage(
        links=found.links,
        households=found.households,
        registry=registry_after(found.links.select(REGISTRY_COLUMNS), before, changed),
        changes=changed,
        possible=found.possible.sort("posterior", *ends, descending=[True, *[False] * 6]),
        addresses=rows.records.select(*RECORD, *FINDING, uprn="resolved_uprn").select(ADDRESS_COLUMNS),
        memory=Memory(
            records=rows.records.select(*RECORD, "seal", circle=found.circles),
            rows=remembered_rows(rows, found.links),
        ),
        matched=int(again.sum()),
    )


def _with_ids(matched: _Matched, earlier: pl.DataFrame) -> tuple[Found, pl.DataFrame]:
    """What was matched with the ids that stay, and the merges and splits."""
    people, changed = with_ids(matched.rows, earlier)
    found = Found(
        links=people.select(LINK_COLUMNS),
        households=household_rows(people, matched.records),
        possible=matched.possible,
        circles=matched.circles,
    )
    return found, changed


def _matched(
    rows: Comparable,
    pairs: pl.DataFrame,
    verdicts: pl.DataFrame,
    weights: Weights | None,
    tell: Callable[[str], None],
) -> _Matched:
    settled, adults = rows.settled(verdicts), rows.adults
    asked = Asked(pairs=pairs, settled=settled.adults)
    residents = resolve_residents(adults, rows.records, asked, weights)
    tell("joining households")
    people = _all_rows(rows, residents, settled.children)
    named = adults.select("record", "surname", "dob", resident=residents.resident)
    homes = households_of_records(people, rows.records, named, settled.records)
    home = np.searchsorted(homes["record"].to_numpy(), people["record"].to_numpy())
    people = pl.concat([people, homes.drop("record").select(pl.all().gather(home))], how="horizontal")
    return _Matched(
        rows=_with_what_joins_records(people).drop("person", "surely", "certainly"),
        records=rows.records,
        possible=_possible(residents, adults),
        circles=circles(rows, residents.near, settled),
    )


def _tell_nobody(_stage: str) -> None:
    return


def _all_rows(rows: Comparable, residents: Residents, settled: Settled) -> pl.DataFrame:
    """All rows, sorted, with resident, surely, certainly, match_weight, evidence; children numbered last."""
    adults, children = rows.adults, rows.children
    held = {"surely": residents.surely, "certainly": residents.certainly}
    grown = adults.select(*ROW, "person", "record", resident=residents.resident, **held)
    found = resolve_dependants(children, grown.select("record", "resident"), settled)
    resident, certainly = found.resident + adults.height, found.certainly + adults.height
    young = children.select(*ROW, "person", "record", resident=resident)
    young = young.with_columns(surely=certainly, certainly=certainly)
    young = young.join(found.links, on="person", how="left", maintain_order="left")
    grown = grown.join(residents.links, on="person", how="left", maintain_order="left")
    return in_order(grown, young).with_columns(pl.col("evidence").fill_null(""))


def _with_what_joins_records(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows whose record an officer, its business or kinship joined to others say so in their evidence."""
    which = rows["told"].is_not_null().arg_true()
    agreed = pl.when(pl.col("evidence") != "").then("evidence")
    both = pl.concat_str("told", agreed, separator="; ", ignore_nulls=True)
    told = rows.select(pl.col("told", "evidence").gather(which)).select(both).to_series()
    return rows.with_columns(rows["evidence"].scatter(which, told)).drop("told")


def _possible(residents: Residents, adults: pl.DataFrame) -> pl.DataFrame:
    one = adults.select(ROW)[residents.possible["left"]]
    other = adults.select(pl.col(ROW).name.prefix("other_"))[residents.possible["right"]]
    told = residents.possible.select("match_weight", "posterior", "evidence")
    return pl.concat([one, other, told], how="horizontal")
