"""How well found clusters agree with who the rows really belong to."""

import polars as pl


def evaluate_clusters(clusters: pl.DataFrame, *, across: bool) -> dict[str, float | None]:
    """Compare clusters with persons, by counts of clusters and their overlaps; no pair is ever made.

    Args:
        clusters: table, id, cluster_id, person; rows whose person is null are left out.
        across: Count only pairs of rows of two tables.

    Returns:
        true_pairs, linked_pairs, right_pairs, precision, recall, f1, b_cubed_precision, b_cubed_recall,
        b_cubed_f1; a rate is None where nothing is counted.
    """
    known = clusters.filter(pl.col("person").is_not_null())
    true, linked, right = (
        _pairs(known, keys, across=across) for keys in (["person"], ["cluster_id"], ["person", "cluster_id"])
    )
    precision, recall = (right / count if count else None for count in (linked, true))
    b_precision, b_recall = _b_cubed(known)
    return {
        "true_pairs": true,
        "linked_pairs": linked,
        "right_pairs": right,
        "precision": precision,
        "recall": recall,
        "f1": 2 * right / (true + linked) if true + linked else None,
        "b_cubed_precision": b_precision,
        "b_cubed_recall": b_recall,
        "b_cubed_f1": _harmonic(b_precision, b_recall),
    }


def _pairs(rows: pl.DataFrame, keys: list[str], *, across: bool) -> int:
    def within(more: list[str]) -> int:
        sizes = rows.group_by(keys + more).agg(n=pl.len().cast(pl.Int64))
        return int(sizes.select((pl.col("n") * (pl.col("n") - 1) // 2).sum()).item())

    return within([]) - (within(["table"]) if across else 0)


def _b_cubed(rows: pl.DataFrame) -> tuple[float | None, float | None]:
    """Mean over rows of the share of its cluster that is its own, and of its own that is in its cluster."""
    if rows.is_empty():
        return None, None
    cells = rows.group_by("person", "cluster_id").agg(n=pl.len())
    cells = cells.with_columns(
        found=pl.col("n").sum().over("cluster_id"), true=pl.col("n").sum().over("person")
    ).sort("n", "found", "true")
    squared = pl.col("n").cast(pl.Float64) ** 2
    precision, recall = cells.select(
        (squared / pl.col("found")).sum(), recall=(squared / pl.col("true")).sum()
    ).row(0)
    return precision / rows.height, recall / rows.height


def _harmonic(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else 2 * one * other / (one + other)
