"""Intervals for shares of links: labelled households drawn again with replacement.

The rows of one household stand or fall together, so that households are drawn, never rows or pairs.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]

_DRAWS = 200
_SEED = 20_261_031
_TAIL = 0.025
_BLOCKS = 10
"""Redrawings are summed in so many parts, to bound memory."""


class Redrawing:
    """The same redrawings of the same households for every part that is measured."""

    def __init__(self, households: pl.Series) -> None:
        self._households = households.unique().sort()
        chance = np.random.default_rng(_SEED)
        self._times = chance.poisson(1.0, (_DRAWS, len(self._households))).astype(np.uint8)

    def sums(self, counted: pl.DataFrame) -> tuple[Floats, Floats, Floats]:
        """Add up counts by household.

        Args:
            counted: household_id, and columns of counts; any number of rows for a household.

        Returns:
            The totals of each column; the same in each redrawing, one row each; and how many households have
            any of it.
        """
        by_household = counted.group_by("household_id").agg(pl.exclude("household_id").sum())
        whole = self._households.to_frame("household_id").join(by_household, on="household_id", how="left")
        counts = whole.sort("household_id").drop("household_id").fill_null(0).to_numpy().astype(np.float64)
        redrawn = [block.astype(np.float64) @ counts for block in np.array_split(self._times, _BLOCKS)]
        return counts.sum(axis=0), np.vstack(redrawn), (counts > 0).sum(axis=0).astype(np.float64)


def interval(value: float | None, redrawn: Floats, households: float) -> tuple[float | None, float | None]:
    """The 95% interval of a share from 0 to 1.

    Where nothing is wrong, or nothing right, redrawing shows no spread though another sample might: there the
    interval is that of so many households without a single error (the rule of three; Hanley and
    Lippman-Hand, JAMA 1983).
    """
    finite = redrawn[np.isfinite(redrawn)]
    if value is None or households < 1 or len(finite) < _DRAWS / 2:
        return (None, None)
    low, high = np.percentile(finite, (100 * _TAIL, 100 * (1 - _TAIL)))
    none_seen = _TAIL ** (1 / households)
    return (
        none_seen if value >= 1 else min(float(low), value),
        1 - none_seen if value <= 0 else max(float(high), value),
    )
