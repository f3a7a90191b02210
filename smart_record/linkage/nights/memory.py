"""What a night remembers of its matching, so that the next one matches only what has changed."""

from dataclasses import dataclass

import polars as pl

from smart_record.linkage.graph.clusters import components
from smart_record.linkage.pairs.blocks import BLOCKED_BY
from smart_record.linkage.rows.comparable import Comparable, SettledRows
from smart_record.linkage.rows.named_by_key import key_groups
from smart_record.linkage.sources import DEPENDANTS
from smart_record.standardise.distinct import Distinct

ROW = ("source", "record_ref", "role")
"""What a person row is known by, tonight and tomorrow."""

HOME = ("property", "words")
"""What records of one home have in common, the one or the other."""

RECORD = ("source", "record_ref")
_REMEMBERED = (*ROW, "record", *BLOCKED_BY)
_SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The rows of a night as they were compared.

    Attributes:
        records: One row per record, sorted. Columns: source, record_ref, seal
            (`Comparable`), circle (u64; equal for records of which one's people
            may bear on who another's are).
        rows: One row per person, sorted as the night's links. Columns: source, record_ref, role, record (u32,
            the place of its record in `records`), match_weight, evidence and, for adults,
            `blocks.BLOCKED_BY`.
    """

    records: pl.DataFrame
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class LastNight:
    """What the night before found and remembers; frames as of `matching.Linkage` and `Memory`.

    Most of it is lazy: of many columns only the rows that are gone are looked at, and others not before the
    end, when tonight's own rows take less room.

    Attributes:
        links: resident_id and household_id of each row, in the order of `rows`; other columns are not read.
        households, possible: As `matching.Linkage` has them.
        records, rows: As `Memory` has them.
        verdicts: What officers had decided by then (`verdicts.VERDICT_COLUMNS`).
    """

    links: pl.LazyFrame
    households: pl.LazyFrame
    possible: pl.LazyFrame
    records: pl.DataFrame
    rows: pl.LazyFrame
    verdicts: pl.DataFrame


def circles(rows: Comparable, near: pl.DataFrame, settled: SettledRows) -> pl.Series:
    """The circle of each record, by record number.

    Records are of one circle that are of one property or one address in words, or of which two people may be
    one, or that carry one key, or of which an officer has decided something. Nothing else passes from one
    record to another.

    Args:
        rows: The rows.
        near: Pairs of adults worth a look. Columns: left, right (person numbers).
        settled: What officers decided.
    """
    whole = rows.records.height
    of_adult, of_child = (people["record"] for people in (rows.adults, rows.children))
    decided = [(pairs, of_adult) for pairs in (near, settled.adults.same, settled.adults.apart)]
    decided += [(pairs, of_child) for pairs in (settled.children.same, settled.children.apart)]
    ends = [(record.gather(pairs["left"]), record.gather(pairs["right"])) for pairs, record in decided]
    ends += [(pairs["left"], pairs["right"]) for pairs in (settled.records.same, settled.records.apart)]
    homes, beyond = [Distinct.of(rows.records[name]) for name in HOME], whole
    for home in homes:
        ends.append(
            (rows.records["record"].filter(home.codes.is_not_null()), home.codes.drop_nulls() + beyond)
        )
        beyond += len(home.texts)
    keyed = key_groups(rows.records).select(first=pl.col("record").first().over("key"), record="record")
    ends.append((keyed["first"], keyed["record"]))
    left, right = (pl.concat(side).cast(pl.Int64) for side in zip(*ends, strict=True))
    smallest = pl.Series(components(beyond, left, right)[:whole])
    return rows.records.select(RECORD).hash_rows(seed=_SEED).gather(smallest)


def remembered_rows(rows: Comparable, links: pl.DataFrame) -> pl.DataFrame:
    """`Memory.rows` of a night.

    Args:
        rows: The night's rows.
        links: Every row with match_weight and evidence as the matching found it, sorted by `ROW`.
    """
    everyone = in_order(rows.adults.select(_REMEMBERED), rows.children.select(*ROW, "record"))
    return everyone.with_columns(links["match_weight"], links["evidence"])


def in_order(adults: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    """Adults and children, both sorted by `ROW`, as one so sorted; null for columns that one lacks."""
    before = int((adults["source"] < DEPENDANTS).sum())  # sources come first
    return pl.concat([adults[:before], children, adults[before:]], how="diagonal_relaxed")


def only_remembered(rows: Comparable) -> Comparable:
    """The rows without what no later stage needs: most of the memory at a million of them."""
    return Comparable(rows.records, rows.adults.select(_REMEMBERED), rows.children.select(*ROW, "record"))
