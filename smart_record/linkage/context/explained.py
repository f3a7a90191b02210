"""Conflicts between two rows that rows beside them explain: what speaks against it contradicts no more."""

import polars as pl

from smart_record.linkage.graph.packed_pairs import among


def without_explained(weighed: pl.DataFrame, explained: pl.DataFrame, *, kind: str) -> pl.DataFrame:
    """The weighed pairs without the conflicts that are explained.

    Args:
        weighed: Columns: left, right, conflict, officer (an officer's word is not forgiven), and `kind`:
            whether nothing but what was explained makes the conflict.
        explained: Pairs: left, right, in either order.
        kind: Name of that column.

    Returns:
        The same rows, conflict false where it is explained.
    """
    pairs = explained.select(
        left=pl.min_horizontal("left", "right"), right=pl.max_horizontal("left", "right")
    )
    forgiven = pl.col(kind) & ~pl.col("officer") & among(weighed, pairs)
    return weighed.with_columns(conflict=pl.col("conflict") & ~forgiven)


def both_ways(pairs: pl.DataFrame) -> pl.DataFrame:
    """Each pair in either order: left, right."""
    ends = pairs.select("left", "right")
    return pl.concat([ends, ends.select(left="right", right="left")])
