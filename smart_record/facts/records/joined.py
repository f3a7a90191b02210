"""Parts of the facts of all households, put side by side."""

from collections.abc import Iterable

import numpy as np
import polars as pl


def join_facts(parts: Iterable[pl.DataFrame], households: int) -> pl.DataFrame:
    """Lay out each part over all households and put the parts side by side.

    Args:
        parts: Frames with at most one row a household, a column household (its number) and columns of their
            own.
        households: How many households there are; the numbers run from 0.

    Returns:
        One row a household, in the order of their numbers. Columns: those of all parts without household;
        null where a part has no row for it.
    """
    wide = [part.drop("household").select(pl.all().gather(_places(part, households))) for part in parts]
    return pl.concat(wide, how="horizontal") if wide else pl.DataFrame(height=households)


def _places(part: pl.DataFrame, households: int) -> pl.Series:
    """For each household the row of a part that is about it, or null."""
    rows = np.full(households, part.height, dtype=np.uint32)
    rows[part["household"].to_numpy()] = np.arange(part.height, dtype=np.uint32)
    return pl.Series(rows).replace(part.height, None)
