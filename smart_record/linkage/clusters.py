"""Rows joined into residents, best link first, never against the evidence.

A resident holds no two roles of one record and no two rows that contradict each other.
"""

from collections.abc import Iterable

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def components(nodes: int, left: Iterable[int], right: Iterable[int]) -> np.ndarray:
    """Number of the connected component of each of `nodes` nodes."""
    one, other = np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64)
    graph = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(nodes, nodes))
    return connected_components(graph, directed=False)[1]


def clusters(links: pl.DataFrame, persons: pl.DataFrame, conflicts: pl.DataFrame) -> pl.Series:
    """Cluster of each person row.

    Args:
        links: left, right, match_weight.
        persons: person (0..n-1 in order), record.
        conflicts: left, right: rows that can't be one person.
    """
    parent = list(range(persons.height))

    def find(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    records = [{record} for record in persons["record"].to_list()]
    against: dict[int, set[int]] = {}
    for one, other in conflicts.select("left", "right").iter_rows():
        against.setdefault(one, set()).add(other)
        against.setdefault(other, set()).add(one)
    members = [[node] for node in range(persons.height)]
    ordered = links.sort("posterior", "left", "right", descending=[True, False, False])
    for one, other in ordered.select("left", "right").iter_rows():
        a, b = find(one), find(other)
        if a == b or records[a] & records[b]:
            continue
        if any(against.get(m, set()) & set(members[b]) for m in members[a]):
            continue
        if a > b:
            a, b = b, a
        parent[b] = a
        records[a] |= records[b]
        members[a] += members[b]
    return pl.Series([find(node) for node in range(persons.height)], dtype=pl.UInt32)
