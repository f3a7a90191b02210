"""Which two features say together what neither says alone: what a purely additive model leaves on the table.

After an additive fit, each pair's grid is looked at for residuals that its rows and columns don't explain.
Source: the FAST ranking of Lou et al. 2013, on Newton residuals.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from models.measures.metrics import Floats

_GROUPS = 8
_MOST_ROWS = 60_000
_MOST_FEATURES = 40
_ROUNDS = 3
_RIDGE = 5.0


def rank_pairs(codes: Floats, labels: Floats, raw: Floats, *, most: int) -> tuple[tuple[int, int], ...]:
    """Rank pairs of columns by what they would add to an additive model.

    Args:
        codes: Binned features, one column each; NaN is not known.
        labels: 1 where the outcome came, else 0.
        raw: The additive model's scores of the same rows, log-odds.
        most: Pairs to give.

    Returns:
        Column numbers of each pair, the strongest first; equal ones by number.
    """
    every = max(1, -(-len(codes) // _MOST_ROWS))
    chance = 1 / (1 + np.exp(-raw[::every]))
    slope, curve = labels[::every] - chance, chance * (1 - chance)
    grouped = [_grouped(column) for column in codes[::every].T]
    places = _strongest([_explained(groups, slope, curve) for groups in grouped])
    found = [
        (-_left_over(grouped[one], grouped[other], slope, curve), one, other)
        for one, other in combinations(places, 2)
    ]
    return tuple((one, other) for _, one, other in sorted(found)[:most])


def _grouped(column: Floats) -> npt.NDArray[np.int64]:
    """At most eight groups of about equal size, and one of its own for not known."""
    known = ~np.isnan(column)
    ends = np.unique(
        np.quantile(column[known], np.linspace(0, 1, _GROUPS + 1)[1:-1], method="inverted_cdf")
        if known.any()
        else []
    )
    return np.where(known, np.searchsorted(ends, column), len(ends) + 1).astype(np.int64)


def _strongest(strengths: Sequence[float]) -> list[int]:
    """Columns to pair; of very many only those whose residuals vary most, in their order."""
    ordered = sorted(range(len(strengths)), key=lambda place: (-strengths[place], place))
    return sorted(ordered[:_MOST_FEATURES])


def _explained(groups: npt.NDArray[np.int64], slope: Floats, curve: Floats) -> float:
    """How much the residuals' spread, not their mean, differs over a column's groups."""
    size = np.bincount(groups)
    spread = np.bincount(groups, weights=slope**2) - np.bincount(groups, weights=curve)
    return float((spread**2 / (size + _RIDGE)).sum() + len(size))


def _left_over(
    one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], slope: Floats, curve: Floats
) -> float:
    """Gain of a free grid over the best sum of its rows and columns."""
    shape = int(one.max()) + 1, int(other.max()) + 1
    cell = one * shape[1] + other
    slopes = np.bincount(cell, weights=slope, minlength=shape[0] * shape[1]).reshape(shape)
    curves = np.bincount(cell, weights=curve, minlength=shape[0] * shape[1]).reshape(shape)
    rows, columns = np.zeros((shape[0], 1)), np.zeros((1, shape[1]))
    for _ in range(_ROUNDS):
        rows = (slopes - curves * columns).sum(1, keepdims=True) / (curves.sum(1, keepdims=True) + 1)
        columns = (slopes - curves * rows).sum(0, keepdims=True) / (curves.sum(0, keepdims=True) + 1)
    residual = slopes - curves * (rows + columns)
    return float((residual**2 / (curves + _RIDGE)).sum())
