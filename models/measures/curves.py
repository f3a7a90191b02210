"""The lines of the reports' figures: calibration, gain, and net benefit of acting on a chance.

Source: Vickers and Elkin 2006 for net benefit.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from models.measures.metrics import Floats, expected_taken

Points: TypeAlias = list[list[float]]
"""Pairs (or more) of figures, in the order in which they are drawn."""

SHARES = (0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)
THRESHOLDS = (0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
_DECIMALS = 6


def calibration_points(probabilities: Floats, labels: Floats, *, groups: int = 10) -> Points:
    """Group households by shown chance and say what came.

    Returns:
        For each group, lowest chance first: mean chance shown, share with the outcome, households. Equal
        chances are never parted, and groups too small to tell anything (under 10) are left out.
    """
    edges = np.unique(np.quantile(probabilities, np.linspace(0, 1, groups + 1)[1:-1], method="inverted_cdf"))
    upper = np.quantile(probabilities, (0.95, 0.98), method="inverted_cdf")
    group = np.searchsorted(np.unique([*edges, *upper]), probabilities, side="left")
    points = []
    for one in np.unique(group):
        held = group == one
        if held.sum() >= 10:
            points.append(_rounded([probabilities[held].mean(), labels[held].mean(), held.sum()]))
    return points


def gain_points(scores: Floats, labels: Floats, shares: Sequence[float] = SHARES) -> Points:
    """Say what share of all outcomes the highest-scored share of households holds; ties by expectation."""
    total = float(labels.sum())
    points: Points = [[0.0, 0.0]]
    for share in shares if total else ():
        taken = expected_taken(scores, capacity=max(1, round(len(scores) * share)))
        points.append(_rounded([share, float((taken * labels).sum()) / total]))
    return points


def benefit_points(probabilities: Floats, labels: Floats, thresholds: Sequence[float] = THRESHOLDS) -> Points:
    """Say what acting at or above each chance is worth: outcomes met, less calls in vain at their price.

    At a threshold of 10% one outcome met is taken to be worth nine calls in vain.

    Returns:
        For each threshold: the threshold, net benefit per 1,000 households.
    """
    return [
        _rounded([threshold, net_benefit(probabilities >= threshold, labels, threshold=threshold)])
        for threshold in thresholds
    ]


def net_benefit(acted: np.typing.NDArray[np.bool_], labels: Floats, *, threshold: float) -> float:
    """Net benefit per 1,000 households of acting on some, at the price that a threshold implies."""
    met = float(labels[acted].sum())
    in_vain = float(acted.sum()) - met
    return 1000 * (met - in_vain * threshold / (1 - threshold)) / len(labels)


def _rounded(numbers: Sequence[float]) -> list[float]:
    return [round(float(number), _DECIMALS) + 0.0 for number in numbers]
