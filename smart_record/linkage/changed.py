"""Which records a night must match again: those that changed, and whomever that may concern.

Everything learned from the council at large (how common a name is, which date is a placeholder, what a slip
stood for) is a column of the rows, so a record whose columns are as they were is compared as it was. What can
still differ for it lies in its neighbourhood (`memory.neighbourhoods`), or is a key that so many rows share
tonight, or shared last night, that it tells nothing.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.blocks import BLOCKED_BY
from smart_record.linkage.candidates import candidate_pairs, rows_told_otherwise
from smart_record.linkage.comparable import Comparable, Part, SettledRows
from smart_record.linkage.memory import RECORD, LastNight, record_seals
from smart_record.linkage.residents import Asked, neighbours
from smart_record.linkage.sources import DEPENDANTS, record_of_row
from smart_record.linkage.traits import numbered
from smart_record.linkage.weight_table import Weights

Truths = npt.NDArray[np.bool_]


def records_to_match(
    rows: Comparable, last: LastNight, verdicts: pl.DataFrame, weights: Weights | None = None
) -> Truths:
    """Find the records whose people and household may come out otherwise than last night.

    Args:
        rows: Tonight's rows.
        last: The night before.
        verdicts: What officers decided by tonight.
        weights: The bits of each level, the same as last night; the shipped ones if left out.

    Returns:
        By record number whether it is to be matched again. For all others last night's result is tonight's.
    """
    known = rows.records.select(*RECORD, "property", now=record_seals(rows)).join(
        last.memory.records, on=RECORD, how="left", maintain_order="left"
    )
    otherwise = (pl.col("now") != pl.col("seal")).fill_null(value=True)
    changed = known.select(otherwise | _is_one_of(_decided_otherwise(verdicts, last.verdicts))).to_series()
    came = changed.to_numpy().copy()
    stayed = known.filter(~changed).select(RECORD)
    gone = last.memory.records.join(stayed, on=RECORD, how="anti")
    came |= _told_otherwise(rows, came, gone, last)
    settled = rows.settled(verdicts)
    met = came | _may_meet(rows, came, verdicts, weights)
    homes = known["property"].filter(pl.Series(came)).drop_nulls().unique().implode()
    met |= known["property"].is_in(homes).fill_null(value=False).to_numpy()
    met |= _decided_with(rows, met, settled)
    around = pl.concat([known["neighbourhood"].filter(pl.Series(met)), gone["neighbourhood"]])
    near = known["neighbourhood"].is_in(around.drop_nulls().unique().implode()).fill_null(value=False)
    return np.asarray(met | near.to_numpy(), dtype=np.bool_)


def _is_one_of(records: pl.DataFrame) -> pl.Expr:
    return pl.struct(RECORD).is_in(records.select(pl.struct(RECORD)).to_series().implode())


def _decided_otherwise(verdicts: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """The records of which officers decided something between two nights, or withdrew it."""
    columns = verdicts.columns
    new = pl.concat([verdicts.unique(), before.select(columns).unique()]).unique(keep="none")
    ends = [new.select(source=f"{side}source", record_ref=f"{side}record_ref") for side in ("", "other_")]
    return pl.concat(ends).select(record_of_row()).unique()


def _told_otherwise(rows: Comparable, came: Truths, gone: pl.DataFrame, last: LastNight) -> Truths:
    """Records of rows that share a key which told nothing before and does now, or the other way round."""
    record = rows.adults["record"].to_numpy()
    old = last.memory.rows.filter(pl.col("source") != DEPENDANTS).join(gone, on=RECORD, how="semi")
    both = pl.concat([rows.adults.select(BLOCKED_BY), old.select(BLOCKED_BY)])
    new = np.concatenate([came[record], np.zeros(old.height, dtype=np.bool_)])
    went = np.concatenate([np.zeros(len(record), dtype=np.bool_), np.ones(old.height, dtype=np.bool_)])
    told = rows_told_otherwise(both, came=new, went=went)[: len(record)]
    return _of_records(rows, record[told])


def _may_meet(rows: Comparable, came: Truths, verdicts: pl.DataFrame, weights: Weights | None) -> Truths:
    """Records of people who may be one person with somebody of a record that came or changed."""
    record = rows.adults["record"].to_numpy()
    pairs = candidate_pairs(rows.adults, of=came[record])
    asked = Part.of(rows, came | _of_records(rows, record[_ends(pairs)]))
    settled = asked.rows.settled(verdicts).adults
    adults = numbered(asked.rows.adults)
    what = Asked(pairs=asked.pairs(pairs, rows), settled=settled)
    near = neighbours(adults, asked.rows.records, what, weights)
    met = [record[asked.persons[near[end].to_numpy()]] for end in ("left", "right")]
    of_came = came[met[0]] | came[met[1]]
    return _of_records(rows, np.concatenate([end[of_came] for end in met]))


def _ends(pairs: pl.DataFrame) -> npt.NDArray[np.integer]:
    return np.concatenate([pairs[end].to_numpy() for end in ("left", "right")])


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
