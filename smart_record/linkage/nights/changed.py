"""Which records a night must match again: those that changed, and whomever that may concern.

Everything learned from the council at large (how common a name is, which date is a placeholder, what a slip
stood for) is a column of the rows, so a record whose columns are as they were is compared as it was. What can
still differ for it lies in its circle (`memory.circles`), or is a key that so many rows share tonight, or
shared last night, that it tells nothing, or is an id that somebody who comes back had.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from smart_record.linkage.nights.disturbed import Keyed
from smart_record.linkage.nights.identity import are_among
from smart_record.linkage.nights.memory import HOME, RECORD, ROW, LastNight
from smart_record.linkage.nights.newly_near import Decided, records_newly_near
from smart_record.linkage.pairs.blocks import BLOCKED_BY
from smart_record.linkage.pairs.candidates import candidate_pairs, of_two_records
from smart_record.linkage.pairs.contradictions import without_contradictions
from smart_record.linkage.rows.comparable import Comparable, Numbers, Truths
from smart_record.linkage.rows.named_by_key import key_groups
from smart_record.linkage.sources import DEPENDANTS, record_of_row


@dataclass(frozen=True, slots=True)
class ToMatch:
    """What a night has to match.

    Attributes:
        records: By record number, whether its people and household may come out otherwise than last night.
            For all others last night's result is tonight's.
        known: By record number, its number last night; -1 for one that was not there.
        pairs: `candidates.candidate_pairs` of their adults.
    """

    records: Truths
    known: Numbers
    pairs: pl.DataFrame


def everything(rows: Comparable) -> ToMatch:
    """All records, as on a first night."""
    whole = rows.records.height
    return ToMatch(np.ones(whole, dtype=np.bool_), np.full(whole, -1), candidate_pairs(rows.adults))


def what_to_match(rows: Comparable, last: LastNight, registry: pl.DataFrame, decided: Decided) -> ToMatch:
    """Find what has changed since last night, and whomever that may concern.

    Args:
        rows: Tonight's rows.
        last: The night before.
        registry: The ids that every row ever seen had by then (`matching.Linkage.registry`).
        decided: What officers decided by tonight, and the weights of last night.
    """
    before = last.records.with_row_index("number")
    known = rows.records.select(*RECORD, now="seal").join(
        before, on=RECORD, how="left", maintain_order="left"
    )
    number = known["number"].cast(pl.Int64).fill_null(-1).to_numpy()
    came = _otherwise(known) | _are(known, _decided_otherwise(decided.verdicts, last.verdicts))
    went = np.ones(before.height, dtype=np.bool_)
    went[number[~came]] = False
    keyed = Keyed.of(rows.adults, _adults_of(went, last), came[rows.adults["record"].to_numpy()])
    met = came | records_newly_near(rows, came, keyed.disturbed_pairs(), decided)
    met |= _at_home_with(rows.records, came) | _of_one_key(rows, came)
    met |= _decided_with(rows, met, decided.verdicts)
    circles = [known["circle"].filter(_series(met)), before["circle"].filter(_series(went))]
    circles.append(before["circle"].gather(_with_ids_of(rows, came, last, registry)))
    around = pl.concat(circles).drop_nulls().unique()
    records = met | known["circle"].is_in(around.implode()).fill_null(value=False).to_numpy()
    among = keyed.pairs_among(records[rows.adults["record"].to_numpy()])
    pairs = without_contradictions(of_two_records(among, rows.adults["record"]), rows.adults)
    return ToMatch(records, number, pairs)


def _adults_of(went: Truths, last: LastNight) -> pl.DataFrame:
    """Last night's adults of the records that are gone or are otherwise tonight."""
    gone = pl.Series(np.flatnonzero(went), dtype=pl.UInt32)
    asked = pl.col("record").is_in(gone.implode()) & (pl.col("source") != DEPENDANTS)
    return last.rows.filter(asked).select(BLOCKED_BY).collect()


def _series(truths: Truths) -> pl.Series:
    return pl.Series(truths, dtype=pl.Boolean)


def _otherwise(known: pl.DataFrame) -> Truths:
    """The records of which something is read otherwise than last night, and new ones."""
    return (known["now"] != known["seal"]).fill_null(value=True).to_numpy()


def _are(known: pl.DataFrame, records: pl.DataFrame) -> Truths:
    of = pl.struct(RECORD).is_in(records.select(pl.struct(RECORD)).to_series().implode())
    return known.select(of).to_series().to_numpy()


def _decided_otherwise(verdicts: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """The records of which officers decided something between two nights, or withdrew it."""
    columns = verdicts.columns
    new = pl.concat([verdicts.unique(), before.select(columns).unique()]).unique(keep="none")
    ends = [new.select(source=f"{side}source", record_ref=f"{side}record_ref") for side in ("", "other_")]
    return pl.concat(ends).select(record_of_row()).unique()


def _at_home_with(records: pl.DataFrame, came: Truths) -> Truths:
    """Records at a home of a record that came or changed."""
    found = np.zeros(len(came), dtype=np.bool_)
    for homes in records.select(HOME):
        asked = homes.filter(_series(came)).drop_nulls().unique()
        found |= homes.is_in(asked.implode()).fill_null(value=False).to_numpy()
    return found


def _of_one_key(rows: Comparable, came: Truths) -> Truths:
    """Records of which one carries, or bears, a key that a record that came or changed does."""
    groups = key_groups(rows.records)
    keys = groups.filter(_series(came).gather(groups["record"]))["key"].unique()
    found = np.zeros(len(came), dtype=np.bool_)
    found[groups.filter(pl.col("key").is_in(keys.implode()))["record"].to_numpy()] = True
    return found


def _decided_with(rows: Comparable, met: Truths, verdicts: pl.DataFrame) -> Truths:
    """Records of which an officer decided something together with one that is met."""
    found = np.zeros(len(met), dtype=np.bool_)
    if verdicts.is_empty():
        return found
    settled = rows.settled(verdicts)
    for of, record in (
        (settled.adults, rows.adults["record"].to_numpy()),
        (settled.children, rows.children["record"].to_numpy()),
        (settled.records, np.arange(len(met))),
    ):
        for pairs in (of.same, of.apart):
            left, right = (record[pairs[end].to_numpy()] for end in ("left", "right"))
            found[right[met[left]]] = True
            found[left[met[right]]] = True
    return found


def _with_ids_of(rows: Comparable, came: Truths, last: LastNight, registry: pl.DataFrame) -> pl.Series:
    """Last night's records of those who have an id that a row of a record that came has had before.

    Who comes back may take the id that the rest of a resident has kept: of both it is asked who has it.
    """
    people = [
        one.filter(_series(came).gather(one["record"])).select(ROW) for one in (rows.adults, rows.children)
    ]
    had = registry.filter(are_among(registry, pl.concat(people)))
    theirs = (pl.col(kind).is_in(had[kind].unique().implode()) for kind in ("resident_id", "household_id"))
    held = last.links.select(pl.any_horizontal(theirs)).collect().to_series()
    return last.rows.select("record").collect().to_series().filter(held).unique()
