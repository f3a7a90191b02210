"""The scorecard of a table: a baseline, one step function per column, and a grid for each named pair.

The sum of what all of them add and the baseline is the raw score, exactly: nothing is approximated when a
row is explained. A pair's grid holds only what neither column says by
itself, and steps only where that changes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.measures.metrics import Floats
from models.scorecards.calibration import Sigmoid
from models.tables.reading import TableData
from models.tables.scales import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one column adds, per step; `missing` where not known."""

    values: tuple[float, ...]
    missing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What two columns add together, beyond what each adds alone.

    Attributes:
        first: Number of one column.
        second: Number of the other.
        first_starts: Steps of the first at which a row of the grid begins, from 0, rising.
        second_starts: Steps of the second at which a column of the grid begins.
        values: The grid, row by row; the last row and column are for not known.
    """

    first: int
    second: int
    first_starts: tuple[int, ...]
    second_starts: tuple[int, ...]
    values: tuple[tuple[float, ...], ...]


def coarse(codes: Floats, starts: tuple[int, ...]) -> Floats:
    """Give the group of each step; NaN stays NaN."""
    return np.where(np.isnan(codes), np.nan, np.searchsorted(starts, codes, side="right") - 1.0)


def _places(codes: Floats, size: int) -> npt.NDArray[np.int64]:
    return np.where(np.isnan(codes), size, codes).astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableScorecard:
    """A model of one table.

    Attributes:
        baseline: Raw score of the average row at training, log-odds.
        sigmoid: From raw score to probability.
        scales: How each column's value finds its step.
        steps: What each column adds, in the order of `scales`.
        pairs: What named pairs add.
    """

    baseline: float
    sigmoid: Sigmoid
    scales: tuple[Scale, ...]
    steps: tuple[Step, ...]
    pairs: tuple[Pair, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of what adds to a score: each column, then each pair as `one & other`."""
        names = [scale.column for scale in self.scales]
        return (*names, *(f"{names[pair.first]} & {names[pair.second]}" for pair in self.pairs))

    def codes(self, data: TableData) -> Floats:
        """Give the step of each row in each column; NaN where not known."""
        return np.column_stack([scale.codes(data) for scale in self.scales])

    def contributions(self, codes: Floats) -> Floats:
        """Give what each term adds to each row's raw score, one column per term, log-odds."""
        added = np.empty((len(codes), len(self.steps) + len(self.pairs)))
        for at, step in enumerate(self.steps):
            added[:, at] = np.array([*step.values, step.missing])[_places(codes[:, at], len(step.values))]
        for at, pair in enumerate(self.pairs, start=len(self.steps)):
            grid = np.array(pair.values)
            row = _places(coarse(codes[:, pair.first], pair.first_starts), grid.shape[0] - 1)
            column = _places(coarse(codes[:, pair.second], pair.second_starts), grid.shape[1] - 1)
            added[:, at] = grid[row, column]
        return added

    def raw_scores(self, contributions: Floats) -> Floats:
        """Add up, term by term, so that no row's sum depends on its neighbours."""
        raw = np.full(len(contributions), self.baseline)
        for at in range(contributions.shape[1]):
            raw += contributions[:, at]
        return raw

    def score(self, data: TableData) -> Floats:
        """Give raw scores, log-odds."""
        return self.raw_scores(self.contributions(self.codes(data)))
