"""Ids that stay: whoever is the same tomorrow has the same id tomorrow, whatever came, went or changed order.

A cluster inherits the id that most of its rows had the night before; an id goes to one cluster only. A new id
is drawn from the key of the cluster's smallest row, never from a row's position.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from smart_record.linkage.graph.packed_pairs import packed, unpacked
from smart_record.linkage.nights.fingerprints import fingerprints
from smart_record.linkage.nights.memory import ROW
from smart_record.standardise.distinct import Distinct


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is being named: `name` as changes call it, `letter` as its ids begin."""

    name: str
    letter: str

    @property
    def column(self) -> str:
        """The id column."""
        return f"{self.name}_id"


_SEED = 1

RESIDENT = Kind(name="resident", letter="R")
HOUSEHOLD = Kind(name="household", letter="H")


def with_ids(rows: pl.DataFrame, earlier: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Name residents and households.

    Args:
        rows: One row per person row, sorted. Columns: source, record_ref, role, resident, household (numbers,
            equal for one cluster). Of an id that one of them had before, no other row of today may have it
            still.
        earlier: One row per row ever seen. Columns: source, record_ref, role, resident_id, household_id.

    Returns:
        The rows with resident_id and household_id; and what `changes` found of both.
    """
    seen = _seen(rows.select(ROW), earlier)
    key = rows.select(key=pl.concat_str(ROW, separator="|"))
    changed = []
    for kind in (RESIDENT, HOUSEHOLD):
        cluster, before = rows[kind.name], seen[kind.column]
        members = key.with_columns(cluster.alias("cluster"), before.alias("old_id"))
        ids = inherited_ids(members, earlier[kind.column], kind)
        number = cluster.to_numpy()
        place = np.empty(int(number.max(initial=0)) + 1, dtype=np.uint32)
        place[ids["cluster"].to_numpy()] = np.arange(ids.height)
        named = ids["id"].gather(place[number])
        rows = rows.with_columns(named.alias(kind.column))
        changed.append(changes(pl.DataFrame({"old_id": before, "id": named}), kind))
    return rows, pl.concat(changed)


def _seen(rows: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """The rows, usually few, with the ids they had before, if any."""
    return rows.join(earlier.filter(are_among(earlier, rows)), on=ROW, how="left", maintain_order="left")


def are_among(earlier: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """Which rows of the registry are among these, told by hashes: of a million hardly ever two are alike."""
    here, known = (one.select(ROW).hash_rows(seed=_SEED) for one in (rows, earlier))
    return known.is_in(here.implode())


def inherited_ids(members: pl.DataFrame, used: pl.Series, kind: Kind) -> pl.DataFrame:
    """Give each cluster its id.

    Args:
        members: One row per row of today, sorted as rows are. Columns: key (str, unique), cluster, old_id
            (the id it had before, null if it was not there).
        used: Every id that was ever in use.
        kind: What the clusters are.

    Returns:
        One row per cluster, sorted: cluster, id.
    """
    old = _kept_ids(members.drop_nulls("old_id"))
    fresh = members.join(old, on="cluster", how="anti", maintain_order="left") if old.height else members
    first = fresh.select("key", "cluster").filter(pl.col("cluster").is_first_distinct())
    new = first.select("cluster", id=_new_ids(first["key"], used, kind))
    return pl.concat([old, new]).sort("cluster")


def _kept_ids(seen: pl.DataFrame) -> pl.DataFrame:
    """The clusters that keep an id: cluster, id. Nearly every cluster had one id, which no other had."""
    ids = Distinct.of(seen["old_id"])
    clusters = seen["cluster"]
    pairs, rows = np.unique(packed(clusters.to_numpy(), ids.codes.to_numpy()), return_counts=True)
    both = unpacked(pairs).select(pl.col("left").cast(clusters.dtype).alias("cluster"), old="right")
    overlaps = both.with_columns(ids.texts.gather(both["old"]).alias("old_id"), pl.Series("rows", rows))
    contested = pl.col("cluster").is_duplicated() | pl.col("old").is_duplicated()
    alone = overlaps.filter(~contested).select("cluster", id="old_id")
    return pl.concat([alone, *_won(overlaps.filter(contested), seen)])


def _won(overlaps: pl.DataFrame, seen: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Who keeps which id where clusters parted or met: most rows first, each cluster and id once."""
    keys = seen.join(overlaps.select("cluster").unique(), on="cluster", how="semi")
    keys = keys.group_by("cluster", "old_id").agg(first_key=pl.col("key").min())
    overlaps = overlaps.join(keys, on=["cluster", "old_id"])
    while not overlaps.is_empty():
        order = ["rows", "old_id", "first_key"]
        ranked = overlaps.sort(order, descending=[True, False, False])
        chosen = ranked.filter(pl.col("cluster").is_first_distinct() & pl.col("old_id").is_first_distinct())
        yield chosen.select("cluster", id="old_id")
        overlaps = overlaps.join(chosen, on="cluster", how="anti").join(chosen, on="old_id", how="anti")


def changes(members: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Merges and splits against the night before.

    Args:
        members: One row per row of today. Columns: id, old_id (null if it was not there the night before).
        kind: What the ids name.

    Returns:
        One row per id pair that rows moved between, sorted. Columns: kind (`..._merged` if nobody holds the
        old id any more, else `..._split`), old_id, new_id, records (rows that moved).
    """
    moved = members.filter(pl.col("id") != pl.col("old_id"))
    there = members.filter(pl.col("id").is_in(moved["old_id"].unique().implode()))
    held = there.select(old_id="id").unique().with_columns(held=True)
    counted = moved.group_by("old_id", new_id="id").agg(records=pl.len().cast(pl.Int64))
    return (
        counted.join(held, on="old_id", how="left")
        .select(
            kind=pl.when("held").then(pl.lit(f"{kind.name}_split")).otherwise(pl.lit(f"{kind.name}_merged")),
            old_id="old_id",
            new_id="new_id",
            records="records",
        )
        .sort("kind", "old_id", "new_id")
    )


def registry_after(today: pl.DataFrame, earlier: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """The identity memory for tomorrow: today's rows, and those that are gone with the ids they had.

    A row that is gone follows its resident into a merge, so that it finds the right one when it comes back.

    Args:
        today: source, record_ref, role, resident_id, household_id; sorted by the first three.
        earlier: The same, of the night before.
        changed: What `changes` found.
    """
    gone = earlier.filter(~are_among(earlier, today))
    for kind in (RESIDENT, HOUSEHOLD):
        merged = changed.filter(pl.col("kind") == f"{kind.name}_merged")
        merged = merged.sort("old_id", "records", "new_id", descending=[False, True, False])
        into = merged.unique("old_id", keep="first", maintain_order=True).select(kept="new_id", old="old_id")
        gone = gone.join(into, left_on=kind.column, right_on="old", how="left", maintain_order="left")
        gone = gone.with_columns(pl.coalesce("kept", kind.column).alias(kind.column)).drop("kept")
    return today.merge_sorted(gone, key=ROW) if gone.height else today


def _new_ids(keys: pl.Series, used: pl.Series, kind: Kind) -> pl.Series:
    """An id for each key, no two alike; one that was ever in use is passed over."""
    ids = _drawn(keys, kind)
    attempt, again = 0, _taken(ids, used)
    while again.any():
        attempt += 1
        ids = ids.scatter(again.arg_true(), _drawn(keys.filter(again) + f"#{attempt}", kind))
        again = _taken(ids, used)
    return ids


def _taken(ids: pl.Series, used: pl.Series) -> pl.Series:
    """Whether each id was ever in use or is another key's, the first of whom keeps it."""
    known = used.filter(used.is_in(ids.implode())) if len(ids) < len(used) else used
    return ids.is_in(known.implode()) | ~ids.is_first_distinct()


def _drawn(keys: pl.Series, kind: Kind) -> pl.Series:
    """The ids that keys give: the kind's letter and the twelve digits of the key's fingerprint."""
    return fingerprints(keys).to_frame("digits").select(kind.letter + pl.col("digits")).to_series()
