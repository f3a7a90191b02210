"""Rows joined into people, best pair first, weighing what all their pairs say together."""

import numpy as np
import polars as pl

from smart_record.linkage.graph.clusters import clusters, components
from smart_record.table_linkage.keys import Pairs, as_pairs, ends

_MOST_FOR_ONE_PAIR = 12.0
"""Bits that one pair may say for or against joining two groups."""

_A_DOUBLE = 9.0
"""Posterior bits from which a row is a double of one already joined: one in five hundred is wrong."""

_FOR_A_GROUP = 1.5
"""Posterior bits that a pair needs to join a group to another row or group; two single rows need less, as a
wrong pair of theirs joins no others."""

_LARGEST_SCORED = 80
"""Rows of a group whose pairs are all weighed; of a larger one only the candidates are."""


def join_one_to_one(pairs: pl.DataFrame, tables: pl.Series) -> pl.Series:
    """The person of each row, where people are in a table once; the smallest row number of it.

    Tables hold doubles all the same: a row left alone joins a person found where that is all but sure.

    Args:
        pairs: Accepted pairs: left, right, posterior.
        tables: The table of each row.
    """
    none = pl.DataFrame(schema={"left": pl.UInt32, "right": pl.UInt32})
    person = clusters(pairs, tables, none)
    held = person.value_counts(name="rows").rename({person.name or "": "person"})
    alone = held.filter(pl.col("rows") == 1)["person"]
    sure = pairs.filter(pl.col("posterior") >= _A_DOUBLE).sort(
        "posterior", "left", "right", descending=[True, False, False]
    )
    ends = sure.select(
        one=pl.col("left").is_in(alone.implode()), other=pl.col("right").is_in(alone.implode())
    )
    sure = sure.with_columns(
        double=pl.when(ends["one"]).then("left").otherwise("right"),
        of=pl.when(ends["one"]).then("right").otherwise("left"),
    ).filter(ends["one"] != ends["other"])
    best = sure.unique("double", keep="first", maintain_order=True).sort("double")
    person = person.scatter(best["double"], person.gather(best["of"]))
    first = pl.DataFrame({"person": person}).with_row_index("row")
    return first.select(pl.col("row").min().over("person")).to_series().cast(pl.UInt32)


def pairs_inside(accepted: pl.DataFrame, candidates: Pairs, rows: int) -> Pairs:
    """Pairs of rows that accepted pairs connect, directly or through others.

    All of them, accepted or not; of very large groups those that are candidates.

    Args:
        accepted: Columns left, right.
        candidates: All pairs that were compared.
        rows: How many rows there are.
    """
    group = components(rows, accepted["left"], accepted["right"])
    size = np.bincount(group, minlength=rows)[group]
    held = pl.DataFrame({"row": np.arange(rows), "group": group})
    held = held.filter((size > 1) & (size <= _LARGEST_SCORED))
    inside = held.join(held, on="group", suffix="_r").filter(pl.col("row") < pl.col("row_r"))
    left, right = ends(candidates) if size.max(initial=0) > _LARGEST_SCORED else ends(candidates[:0])
    large = (group[left] == group[right]) & (size[left] > _LARGEST_SCORED)
    ends_of = inside["row"].to_numpy(), inside["row_r"].to_numpy()
    return np.sort(np.concatenate([as_pairs(*ends_of), candidates[: len(large)][large]]))


def join_by_groups(pairs: pl.DataFrame, rows: int, accepted: float) -> pl.Series:
    """The person of each row: groups are joined while their pairs together speak for it.

    Args:
        pairs: All weighed pairs: left, right, posterior.
        rows: How many rows there are.
        accepted: Posterior bits from which a pair may start a joining.
    """
    links = pairs.filter(pl.col("posterior") >= accepted)
    group = components(rows, links["left"], links["right"])
    left, right = (pairs[side].to_numpy() for side in ("left", "right"))
    inside = group[left] == group[right]
    doubtful = np.zeros(rows, dtype=np.bool_)
    against = inside & (pairs["posterior"].to_numpy() < _FOR_A_GROUP)
    doubtful[group[left[against]]] = True
    hard = pairs.filter(pl.Series(inside & doubtful[group[left]]))
    person = np.where(doubtful[group], np.arange(rows), group)
    for row, root in _joined(
        hard.sort("posterior", "left", "right", descending=[True, False, False]), accepted
    ):
        person[row] = root
    return pl.Series(person, dtype=pl.UInt32)


def _joined(pairs: pl.DataFrame, accepted: float) -> list[tuple[int, int]]:
    """Rows of doubtful groups and their roots."""
    said: dict[int, dict[int, float]] = {}
    members: dict[int, list[int]] = {}
    root: dict[int, int] = {}
    bits = pairs["posterior"].clip(-_MOST_FOR_ONE_PAIR, _MOST_FOR_ONE_PAIR)
    for one, other, bit in zip(pairs["left"], pairs["right"], bits, strict=True):
        for row in (one, other):
            root.setdefault(row, row)
            members.setdefault(row, [row])
        said.setdefault(one, {})[other] = bit
        said.setdefault(other, {})[one] = bit
    links = pairs.filter(pl.col("posterior") >= accepted)
    for one, other, worth in links.select("left", "right", "posterior").iter_rows():
        keep, go = sorted((root[one], root[other]))
        alone = len(members[keep]) == len(members[go]) == 1
        if keep == go or said[keep].get(go, 0.0) <= 0 or not (alone or worth >= _FOR_A_GROUP):
            continue
        for neighbour, bit in said.pop(go).items():
            said[neighbour].pop(go, None)
            if neighbour != keep:
                together = said[keep].get(neighbour, 0.0) + bit
                said[keep][neighbour] = said[neighbour][keep] = together
        members[keep] += members.pop(go)
        for row in members[keep]:
            root[row] = keep
    return sorted(root.items())
