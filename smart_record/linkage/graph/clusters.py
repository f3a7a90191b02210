"""Rows joined into residents, best link first, never against the evidence.

A resident holds no two rows of one record and no two rows that contradict each other. Nearly all groups of
linked rows hold neither and are residents as they stand; only the others are taken link by link.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.graph.packed_pairs import HALF, packed

LARGEST_RESIDENT = 12
"""Rows that one person may reasonably have over all sources and moves."""

Numbers = npt.NDArray[np.int64]


def components(nodes: int, left: pl.Series, right: pl.Series) -> Numbers:
    """The connected component of each of `nodes` nodes, as the smallest node of it.

    Every component hooks itself to its smallest neighbour until none has any left: scipy's walk along each
    edge takes three times as long over millions of nodes, nearly all of them alone or in pairs.
    """
    label = np.arange(nodes)
    one, other = left.to_numpy(), right.to_numpy()
    while len(one):
        one, other = label.take(one), label.take(other)
        apart = np.flatnonzero(one != other)
        one, other = one[apart], other[apart]
        np.minimum.at(label, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(label, further := label.take(label)):
            label = further
    return label


def pairs_within(grouped: pl.DataFrame) -> pl.DataFrame:
    """All pairs of rows of one group, for groups small enough to be one resident: left < right, sorted."""
    group = grouped["group"].to_numpy()
    held = grouped.filter(pl.Series(np.bincount(group)[group]).is_between(3, LARGEST_RESIDENT))
    pairs = held.join(held, on="group", suffix="_r").filter(pl.col("person") < pl.col("person_r"))
    return pairs.select(left="person", right="person_r").sort("left", "right")


def clusters(links: pl.DataFrame, records: pl.Series, conflicts: pl.DataFrame) -> pl.Series:
    """The resident of each person row.

    Args:
        links: Pairs held to be one person. Columns: left, right (person numbers), posterior (the higher, the
            earlier it is taken; ties by person number).
        records: The record of each person row, by person number.
        conflicts: Pairs that can't be one person, linked or not. Columns: left, right.

    Returns:
        The smallest person number of each row's resident, by person number.
    """
    group = components(len(records), links["left"], links["right"])
    contested = _contested(group, records.to_numpy(), conflicts)
    hard = links.filter(pl.Series(contested[group[links["left"].to_numpy()]], dtype=pl.Boolean))
    ordered = hard.sort("posterior", "left", "right", descending=[True, False, False])
    left, right = (group[conflicts[end].to_numpy()] for end in ("left", "right"))
    inside = conflicts.filter(pl.Series((left == right) & contested[left], dtype=pl.Boolean))
    resident = np.where(contested[group], np.arange(len(records)), group)
    for row, root in _best_first(ordered, records, inside).items():
        resident[row] = root
    return pl.Series(resident, dtype=pl.UInt32)


def _contested(group: Numbers, records: Numbers, conflicts: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """By group: whether it holds two rows of one record or a pair in conflict."""
    contested = np.zeros(len(group), dtype=np.bool_)
    held = np.sort(packed(group, records))
    contested[(held[1:][held[1:] == held[:-1]] >> HALF).astype(np.int64)] = True
    left, right = conflicts["left"].to_numpy(), conflicts["right"].to_numpy()
    contested[group[left[group[left] == group[right]]]] = True
    return contested


def _best_first(links: pl.DataFrame, records: pl.Series, conflicts: pl.DataFrame) -> dict[int, int]:
    """The root of each row of contested groups, links taken in order and refused where they contradict."""
    rows = pl.concat([links["left"], links["right"]]).unique().sort()
    members = {row: {row} for row in rows}
    against: dict[int, set[int]] = {row: set() for row in rows}
    for one, other in conflicts.select("left", "right").iter_rows():
        if one in against and other in against:
            against[one].add(other)
            against[other].add(one)
    held = {row: {record} for row, record in zip(rows, records.gather(rows), strict=True)}
    root = {row: row for row in rows}
    for one, other in links.select("left", "right").iter_rows():
        keep, go = sorted((root[one], root[other]))
        if keep == go or held[keep] & held[go] or against[keep] & members[go]:
            continue
        for of in (members, against, held):
            of[keep] |= of[go]
        root.update(dict.fromkeys(members[go], keep))
    return root
