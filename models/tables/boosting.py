"""Fit a table's scorecard: boosted trees that each look at one column, or at one named pair, and no more.

So the model is a sum of one table per column and one grid per pair, and each is read off through the fitted
model's public face, as with the council's scorecard. What a grid says of one column alone is moved to that
column's own table, so that a pair holds only what neither says by itself.
"""

from dataclasses import dataclass

import numpy as np

from models.fitting.boosting import Trees, fit_trees, one_thread, tree_scores
from models.histories.features import Direction
from models.measures.metrics import Floats
from models.scorecards.calibration import AS_IS
from models.tables.scales import Scale
from models.tables.terms import Pair, Step, TableScorecard

_SIGNS = {Direction.RAISES: 1, Direction.LOWERS: -1, Direction.FREE: 0}
_DECIMALS = 12
MOST_ROUNDS = 500
_EVERY = 10
"""Rounds between two looks at the rows held out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What the trees may look at.

    Attributes:
        scales: The columns' steps.
        pairs: Column numbers of each named pair.
    """

    scales: tuple[Scale, ...]
    pairs: tuple[tuple[int, int], ...] = ()


def _trees(plan: Design, *, rounds: int, seed: int) -> Trees:
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415  (training only)

    trees: Trees = HistGradientBoostingClassifier(
        learning_rate=0.1,
        max_iter=rounds,
        max_leaf_nodes=8 if plan.pairs else 3,
        min_samples_leaf=20,
        l2_regularization=1.0,
        early_stopping=False,
        interaction_cst=[*({at} for at in range(len(plan.scales))), *map(set, plan.pairs)],
        monotonic_cst=[_SIGNS[scale.direction] for scale in plan.scales],
        random_state=seed,
    )
    return trees


def _challenger(*, rounds: int, seed: int) -> Trees:
    """Boosting without limits, on the same steps."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415  (training only)

    trees: Trees = HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=rounds,
        max_leaf_nodes=31,
        min_samples_leaf=20,
        early_stopping=False,
        random_state=seed,
    )
    return trees


def best_rounds(trees: Trees, held: Floats, labels: Floats) -> tuple[int, Floats]:
    """Say after how many rounds the loss on rows held out was least, and how those rows scored then."""
    looked: list[tuple[float, int, Floats]] = []
    with one_thread():
        for at, stage in enumerate(trees.staged_decision_function(held), start=1):
            if at % _EVERY == 0:
                raw = np.asarray(stage, dtype=np.float64).ravel()
                looked.append((float(np.mean(np.logaddexp(0.0, raw) - labels * raw)), at, raw))
    _, rounds, raw = min(looked, key=lambda one: one[:2])
    return rounds, raw


def unfitted(plan: Design | None, *, rounds: int, seed: int) -> Trees:
    """Give the trees of a plan; no plan stands for the challenger."""
    return _trees(plan, rounds=rounds, seed=seed) if plan else _challenger(rounds=rounds, seed=seed)


def fit_scorecard(
    plan: Design, codes: Floats, labels: Floats, *, rounds: int, seed: int
) -> tuple[TableScorecard, Trees]:
    """Fit and write out as tables; the sigmoid is still to come.

    Returns:
        The scorecard, and the fitted model it was read from (an oracle for tests).
    """
    trees = _trees(plan, rounds=rounds, seed=seed)
    fit_trees(trees, codes, labels)
    return read_off(trees, plan, codes), trees


def read_off(trees: Trees, plan: Design, codes: Floats) -> TableScorecard:
    """Read a fitted model's terms by probing it, centred on the rows given."""
    width = len(plan.scales)
    start = float(tree_scores(trees, np.zeros((1, width)))[0])
    shares = [_shares(codes[:, at], scale.steps) for at, scale in enumerate(plan.scales)]
    tables = []
    for at, scale in enumerate(plan.scales):
        probes = np.zeros((scale.steps + 1, width))
        probes[:, at] = [*range(scale.steps), np.nan]
        tables.append(tree_scores(trees, probes) - start)
    baseline, grids = start, []
    for first, second in plan.pairs:
        grid = _probe_grid(trees, plan, first, second) - start
        grid -= tables[first][:, None] + tables[second][None, :]
        grids.append(grid)
    for at, (first, second) in enumerate(plan.pairs):
        down, across = grids[at] @ shares[second], shares[first] @ grids[at]
        middle = float(shares[first] @ down)
        grids[at] -= down[:, None] + across[None, :] - middle
        tables[first] = tables[first] + down
        tables[second] = tables[second] + across
        baseline -= middle
    middles = [float(table @ share) for table, share in zip(tables, shares, strict=True)]
    return TableScorecard(
        baseline=round(baseline + sum(middles), _DECIMALS),
        sigmoid=AS_IS,
        scales=plan.scales,
        steps=tuple(_step(table - middle) for table, middle in zip(tables, middles, strict=True)),
        pairs=tuple(_pair(*which, grid) for which, grid in zip(plan.pairs, grids, strict=True)),
    )


def _shares(codes: Floats, steps: int) -> Floats:
    """Share of the rows at each step, not known last."""
    place = np.where(np.isnan(codes), steps, codes).astype(np.int64)
    return np.asarray(np.bincount(place, minlength=steps + 1) / len(codes), dtype=np.float64)


def _probe_grid(trees: Trees, plan: Design, first: int, second: int) -> Floats:
    """Scores with two columns at each of their steps and all others at the lowest."""
    down, across = ([*map(float, range(plan.scales[at].steps)), np.nan] for at in (first, second))
    probes = np.zeros((len(down) * len(across), len(plan.scales)))
    probes[:, first], probes[:, second] = np.repeat(down, len(across)), np.tile(across, len(down))
    return tree_scores(trees, probes).reshape(len(down), len(across))


def _step(table: Floats) -> Step:
    *heights, missing = _rounded(table)
    return Step(values=tuple(heights), missing=missing)


def _pair(first: int, second: int, grid: Floats) -> Pair:
    """Join neighbouring rows and columns that are alike."""
    rounded = np.round(grid, _DECIMALS - 2)
    first_starts, second_starts = _changes(rounded[:-1]), _changes(rounded[:, :-1].T)
    rows, columns = [*first_starts, len(grid) - 1], [*second_starts, grid.shape[1] - 1]
    return Pair(
        first=first,
        second=second,
        first_starts=first_starts,
        second_starts=second_starts,
        values=tuple(tuple(_rounded(row)) for row in grid[np.ix_(rows, columns)]),
    )


def _changes(rows: Floats) -> tuple[int, ...]:
    differs = np.flatnonzero((rows[1:] != rows[:-1]).any(axis=1)) + 1
    return (0, *map(int, differs))


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), _DECIMALS) + 0.0 for value in values]
