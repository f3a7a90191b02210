"""Which records a night must match again: those that changed, and whomever that may concern.

Everything learned from the council at large (how common a name is, which date is a placeholder, what a slip
stood for) is a column of the rows, so a record whose columns are as they were is compared as it was. What can
still differ for it lies in its circle (`memory.circles`), or is a key that so many rows share
tonight, or shared last night, that it tells nothing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.blocks import BLOCKED_BY
from smart_record.linkage.candidates import (
    Limited,
    candidate_pairs,
    limited_blocks,
    rows_told_otherwise,
)
from smart_record.linkage.comparable import Comparable, Part, SettledRows
from smart_record.linkage.memory import RECORD, LastNight
from smart_record.linkage.named_by_key import key_groups
from smart_record.linkage.residents import Asked, may_be_one
from smart_record.linkage.sources import DEPENDANTS, record_of_row
from smart_record.linkage.weight_table import Weights

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided that the matching heeds: of rows, and what agreements weigh."""

    verdicts: pl.DataFrame
    weights: Weights | None


@dataclass(frozen=True, slots=True)
class ToMatch:
    """What a night has to match.

    Attributes:
        records: By record number, whether its people and household may come out otherwise than last night.
            For all others last night's result is tonight's.
        pairs: `candidates.candidate_pairs` of their adults.
    """

    records: Truths
    pairs: pl.DataFrame


def everything(rows: Comparable) -> ToMatch:
    """All records, as on a first night."""
    return ToMatch(np.ones(rows.records.height, dtype=np.bool_), candidate_pairs(rows.adults))


def what_to_match(
    rows: Comparable, last: LastNight, verdicts: pl.DataFrame, weights: Weights | None = None
) -> ToMatch:
    """Find what has changed since last night, and whomever that may concern.

    Args:
        rows: Tonight's rows.
        last: The night before.
        verdicts: What officers decided by tonight.
        weights: The bits of each level, the same as last night; the shipped ones if left out.
    """
    known = rows.records.select(*RECORD, "property", now="seal").join(
        last.memory.records, on=RECORD, how="left", maintain_order="left"
    )
    otherwise = (pl.col("now") != pl.col("seal")).fill_null(value=True)
    changed = known.select(otherwise | _is_one_of(_decided_otherwise(verdicts, last.verdicts))).to_series()
    came = changed.to_numpy().copy()
    gone = last.memory.records.join(known.filter(~changed), on=RECORD, how="anti")
    old = last.memory.rows.filter(pl.col("source") != DEPENDANTS).join(gone, on=RECORD, how="semi")
    blocks = list(limited_blocks(pl.concat([one.select(BLOCKED_BY) for one in (rows.adults, old)])))
    came |= _told_otherwise(rows, came, blocks, old.height)
    met = came | _may_meet(rows, came, blocks, Decided(verdicts, weights))
    homes = known["property"].filter(pl.Series(came)).drop_nulls().unique().implode()
    met |= known["property"].is_in(homes).fill_null(value=False).to_numpy()
    met |= _of_one_key(rows, came)
    met |= _decided_with(rows, met, rows.settled(verdicts))
    around = pl.concat([known["circle"].filter(pl.Series(met)), gone["circle"]])
    near = known["circle"].is_in(around.drop_nulls().unique().implode()).fill_null(value=False)
    records = np.asarray(met | near.to_numpy(), dtype=np.bool_)
    people = records[rows.adults["record"].to_numpy()]
    return ToMatch(records, candidate_pairs(rows.adults, blocks=blocks, of=people))


def _is_one_of(records: pl.DataFrame) -> pl.Expr:
    return pl.struct(RECORD).is_in(records.select(pl.struct(RECORD)).to_series().implode())


def _decided_otherwise(verdicts: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """The records of which officers decided something between two nights, or withdrew it."""
    columns = verdicts.columns
    new = pl.concat([verdicts.unique(), before.select(columns).unique()]).unique(keep="none")
    ends = [new.select(source=f"{side}source", record_ref=f"{side}record_ref") for side in ("", "other_")]
    return pl.concat(ends).select(record_of_row()).unique()


def _told_otherwise(rows: Comparable, came: Truths, blocks: list[Limited], gone: int) -> Truths:
    """Records of rows that share a key which told nothing before and does now, or the other way round."""
    record = rows.adults["record"].to_numpy()
    new = np.concatenate([came[record], np.zeros(gone, dtype=np.bool_)])
    went = np.arange(len(new)) >= len(record)
    told = rows_told_otherwise(blocks, came=new, went=went)[: len(record)]
    return _of_records(rows, record[told])


def _may_meet(rows: Comparable, came: Truths, blocks: list[Limited], decided: Decided) -> Truths:
    """Records of people who may be one person with somebody of a record that came or changed."""
    record = rows.adults["record"].to_numpy()
    pairs = candidate_pairs(rows.adults, blocks=blocks, of=came[record])
    asked = Part.of(rows, came | _of_records(rows, record[_ends(pairs)]))
    settled = asked.rows.settled(decided.verdicts).adults
    what = Asked(pairs=asked.pairs(pairs, rows), settled=settled)
    near = may_be_one(asked.rows.adults, asked.rows.records, what, decided.weights)
    met = [record[asked.persons[near[end].to_numpy()]] for end in ("left", "right")]
    of_came = came[met[0]] | came[met[1]]
    return _of_records(rows, np.concatenate([end[of_came] for end in met]))


def _ends(pairs: pl.DataFrame) -> npt.NDArray[np.integer]:
    return np.concatenate([pairs[end].to_numpy() for end in ("left", "right")])


def _of_one_key(rows: Comparable, came: Truths) -> Truths:
    """Records of which one carries, or bears, a key that a record that came or changed does."""
    groups = key_groups(rows.records)
    keys = groups.filter(pl.Series(came).gather(groups["record"]))["key"].unique()
    return _of_records(rows, groups.filter(pl.col("key").is_in(keys.implode()))["record"].to_numpy())


def _decided_with(rows: Comparable, met: Truths, settled: SettledRows) -> Truths:
    """Records of which an officer decided something together with one that is met."""
    found = np.zeros(len(met), dtype=np.bool_)
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


def _of_records(rows: Comparable, records: npt.NDArray[np.integer]) -> Truths:
    found = np.zeros(rows.records.height, dtype=np.bool_)
    found[records] = True
    return found
