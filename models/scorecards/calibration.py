"""Turn a raw score into a probability by one sigmoid, which keeps the order of households as it is.

A stepwise (isotonic) calibration would make thousands of households equal, so none is used.
Source: Platt 1999, with his smoothed targets.
"""

from dataclasses import dataclass

import numpy as np

from models.errors import NotEnoughHistory
from models.measures.metrics import Floats

_ROUNDS = 100
_CLOSE = 1e-11
_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sigmoid:
    """probability = 1 / (1 + exp(-(slope * raw + intercept))); the slope is above zero."""

    slope: float
    intercept: float

    def probabilities(self, raw: Floats) -> Floats:
        """Give the chance of the outcome, 0 to 1, for raw scores (log-odds)."""
        return _logistic(self.slope * raw + self.intercept)


AS_IS = Sigmoid(slope=1.0, intercept=0.0)
"""Log-odds taken at their word."""


def fit_sigmoid(raw: Floats, labels: Floats) -> Sigmoid:
    """Fit slope and intercept to the outcomes of a period not learned from, by damped Newton steps.

    Args:
        raw: Scores on any scale; the higher, the likelier.
        labels: 1 where the outcome came, else 0.

    Raises:
        NotEnoughHistory: If the period has no mix of outcomes, or scores that don't rise with them.
    """
    positives = float(labels.sum())
    negatives = len(labels) - positives
    centre, spread = float(raw.mean()), float(raw.std())
    if not (positives and negatives and spread):
        raise NotEnoughHistory(
            "Not enough history to calibrate: in the newest period all households look alike."
        )
    target = np.where(labels > 0, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    slope, intercept = _fit_logistic((raw - centre) / spread, target)
    if slope <= 0:
        raise NotEnoughHistory(
            "Not enough history to calibrate: in the newest period the scores don't rise with the outcomes."
            " Bring longer histories, or look for a change in how stages are recorded."
        )
    return Sigmoid(
        slope=round(slope / spread, _DECIMALS),
        intercept=round(intercept - slope * centre / spread, _DECIMALS),
    )


def _fit_logistic(scores: Floats, target: Floats) -> tuple[float, float]:
    """Give slope and intercept of least logistic loss; the loss is convex, so the start does not matter."""
    base = float(target.mean())
    slope, intercept = 0.0, float(np.log(base / (1 - base)))
    loss = _loss(slope * scores + intercept, target)
    for _ in range(_ROUNDS):
        by_slope, by_intercept = _newton_step(scores, target, slope, intercept)
        size = 1.0
        while size > _CLOSE:
            tried = slope + size * by_slope, intercept + size * by_intercept
            tried_loss = _loss(tried[0] * scores + tried[1], target)
            if tried_loss <= loss:
                break
            size /= 2
        else:
            break
        (slope, intercept), loss = tried, tried_loss
        if max(abs(by_slope), abs(by_intercept)) < _CLOSE:
            break
    return slope, intercept


def _newton_step(scores: Floats, target: Floats, slope: float, intercept: float) -> tuple[float, float]:
    probability = _logistic(slope * scores + intercept)
    residual, weight = target - probability, probability * (1 - probability)
    gradient = float((residual * scores).sum()), float(residual.sum())
    square, cross, total = (
        float((weight * power).sum()) for power in (scores**2, scores, np.ones_like(scores))
    )
    square, total = square + 1e-9, total + 1e-9
    determinant = square * total - cross**2
    return (
        (total * gradient[0] - cross * gradient[1]) / determinant,
        (square * gradient[1] - cross * gradient[0]) / determinant,
    )


def _loss(logits: Floats, target: Floats) -> float:
    return float((np.logaddexp(0.0, logits) - target * logits).sum())


def _logistic(logits: Floats) -> Floats:
    """1 / (1 + exp(-x)), in a form that can't overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * logits)), dtype=np.float64)
