"""How good a list of scores is: order, precision at a team's capacity, and honesty of the probabilities.

Every measure treats equal scores alike: ties count by expectation, so no figure depends on row order.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Measure: TypeAlias = Callable[[Floats, Floats], float]


def _by_score(scores: Floats, labels: Floats) -> tuple[Floats, Floats]:
    """Rows and positives in each group of equal scores, highest score first."""
    _, group = np.unique(-scores, return_inverse=True)
    rows = np.bincount(group).astype(np.float64)
    return rows, np.bincount(group, weights=labels, minlength=len(rows)).astype(np.float64)


def auc(scores: Floats, labels: Floats) -> float:
    """Chance that a household with the outcome scores above one without; a tie counts half. NaN if undefined.

    >>> auc(np.array([0.9, 0.4, 0.4]), np.array([1.0, 1.0, 0.0]))
    0.75
    """
    rows, positives = _by_score(scores, labels)
    negatives = rows - positives
    pairs = positives.sum() * negatives.sum()
    if not pairs:
        return float("nan")
    below = negatives.sum() - np.cumsum(negatives)
    return float(((below + negatives / 2) * positives).sum() / pairs)


def average_precision(scores: Floats, labels: Floats) -> float:
    """Precision averaged over the recall gained at each distinct score. NaN without an outcome."""
    rows, positives = _by_score(scores, labels)
    if not positives.sum():
        return float("nan")
    precision = np.cumsum(positives) / np.cumsum(rows)
    return float((precision * positives).sum() / positives.sum())


def precision_at_capacity(scores: Floats, labels: Floats, *, capacity: int) -> float:
    """Share of the `capacity` highest-scored households that had the outcome.

    Args:
        scores: One per household.
        labels: 1 where the outcome came, else 0.
        capacity: Households the team can contact; 1 to len(scores).

    Raises:
        ValueError: If lengths differ or capacity is out of range.

    >>> precision_at_capacity(np.array([0.9, 0.5, 0.5]), np.array([1.0, 1.0, 0.0]), capacity=2)
    0.75
    """
    return _found(scores, labels, capacity) / capacity


def recall_at_capacity(scores: Floats, labels: Floats, *, capacity: int) -> float:
    """Share of all outcomes that fall among the `capacity` highest-scored. NaN without an outcome."""
    total = float(labels.sum())
    return _found(scores, labels, capacity) / total if total else float("nan")


def expected_taken(scores: Floats, *, capacity: int) -> Floats:
    """Chance of each household to be among the `capacity` highest-scored, if equal scores are drawn by lot.

    Raises:
        ValueError: If capacity is out of range.

    >>> expected_taken(np.array([0.9, 0.5, 0.5]), capacity=2)
    array([1. , 0.5, 0.5])
    """
    if not 1 <= capacity <= len(scores):
        raise ValueError(f"{len(scores)} scores and capacity {capacity} don't go together.")
    _, group = np.unique(-scores, return_inverse=True)
    rows = np.bincount(group).astype(np.float64)
    taken = np.clip(capacity - (np.cumsum(rows) - rows), 0, rows) / rows
    return np.asarray(taken[group], dtype=np.float64)


def _found(scores: Floats, labels: Floats, capacity: int) -> float:
    if len(scores) != len(labels) or not 1 <= capacity <= len(scores):
        raise ValueError(
            f"{len(scores)} scores, {len(labels)} labels and capacity {capacity} don't go together."
        )
    rows, positives = _by_score(scores, labels)
    taken = np.clip(capacity - (np.cumsum(rows) - rows), 0, rows)
    return float((taken / rows * positives).sum())


def brier(probabilities: Floats, labels: Floats) -> float:
    """Mean squared distance between probability and outcome; 0 is perfect."""
    return float(np.mean((probabilities - labels) ** 2))


def calibration_error(probabilities: Floats, labels: Floats, *, groups: int = 10) -> float:
    """Mean distance between probability and observed share, over groups of equal size by probability.

    Equal probabilities are never parted, so a group may be larger than its share.
    Source: expected calibration error, Naeini et al. 2015, with equal-mass bins.
    """
    edges = np.unique(np.quantile(probabilities, np.linspace(0, 1, groups + 1)[1:-1], method="inverted_cdf"))
    group = np.searchsorted(edges, probabilities, side="left")
    gap = np.bincount(group, weights=probabilities - labels)
    return float(np.abs(gap).sum() / len(labels))


def calibration_in_the_large(probabilities: Floats, labels: Floats) -> float:
    """Mean probability less the share of households that had the outcome; above 0 the model overstates."""
    return float(np.mean(probabilities) - np.mean(labels))


def bootstrap_interval(
    measure: Measure, scores: Floats, labels: Floats, *, seed: int, draws: int = 200
) -> tuple[float, float]:
    """Give the range that holds the measure in 19 of 20 redrawings of the households.

    Returns:
        The 2.5th and 97.5th percentile over `draws`; NaN where fewer than half the draws define it.
    """
    generator = np.random.default_rng(seed)
    values = np.empty(draws)
    for draw in range(draws):
        picked = generator.integers(0, len(scores), len(scores))
        values[draw] = measure(scores[picked], labels[picked])
    defined = values[np.isfinite(values)]
    if len(defined) < draws / 2:
        return float("nan"), float("nan")
    low, high = np.quantile(defined, (0.025, 0.975))
    return float(low), float(high)
