"""One later period: what the scorecard and its rivals, trained before it, would have been worth on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from models.evaluation.pairs import rank_pairs
from models.fitting.boosting import bin_features
from models.fitting.challengers import BASELINE, CHALLENGERS, Scorer, count_missed_payments
from models.fitting.fold import FoldFit
from models.histories.labels import ANY
from models.histories.panel import Panel
from models.histories.splits import Split
from models.measures.curves import Points, benefit_points, calibration_points, gain_points
from models.measures.metrics import (
    Floats,
    auc,
    average_precision,
    bootstrap_interval,
    brier,
    calibration_error,
    calibration_in_the_large,
    precision_at_capacity,
    recall_at_capacity,
)
from models.scorecards.calibration import fit_sigmoid
from models.scorecards.parts import Joined

SCORECARD = "scorecard"
CAPACITY_SHARE = 0.05
"""Share of the scored households that precision and recall are quoted at."""
PAIRS = 5
"""How many pairs of features are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One later period.

    Attributes:
        validate: The date scored from.
        trained_to: Newest date learned from.
        households: Households scored.
        outcomes: How many of them had any outcome in the six months after.
        measures: Measures by model; `auc_<outcome>` is the part's own; None = undefined.
        intervals: For the scorecard, the range that holds the measure in 19 of 20 redrawings.
        curves: Lines of the report's figures: `calibration`, `gain`, `gain_<baseline>` and `benefit`.
        pairs: Features that say most together beyond what each says alone, the strongest first; empty where
            no rival that could use them was fitted.
    """

    validate: date
    trained_to: date
    households: int
    outcomes: int
    measures: Mapping[str, Mapping[str, float | None]]
    intervals: Mapping[str, tuple[float | None, float | None]]
    curves: Mapping[str, Points]
    pairs: tuple[tuple[str, str], ...] = ()

    def record(self) -> dict[str, Any]:
        """Give it as plain data for the model file."""
        return {
            "validate": self.validate.isoformat(),
            "trained_to": self.trained_to.isoformat(),
            "households": self.households,
            "outcomes": self.outcomes,
            "measures": {model: dict(measures) for model, measures in self.measures.items()},
            "intervals": {name: list(ends) for name, ends in self.intervals.items()},
            "curves": dict(self.curves),
            "pairs": [list(pair) for pair in self.pairs],
        }


def measure_block(panel: Panel, split: Split, fit: FoldFit, *, seed: int, challengers: bool) -> Block:
    """Score a later date with a fit that never saw it, and with its rivals, and measure all alike.

    Args:
        panel: Features and outcomes of past dates.
        split: The fit's dates and the later one.
        fit: The scorecard as fitted on the split's fold.
        seed: For the rivals' fits and the redrawings.
        challengers: Also fit the rivals that cost a fit.

    Raises:
        NotEnoughHistory: If a rival can't be calibrated.
    """
    later = panel.on([split.validate])
    values, labels = later.values(), later.labels(ANY)
    joined = fit.join(values)
    curves = {
        "calibration": calibration_points(joined.probabilities, labels),
        "gain": gain_points(joined.raw, labels),
        "benefit": benefit_points(joined.probabilities, labels),
        f"gain_{BASELINE}": gain_points(count_missed_payments(later, seed)(values), labels),
    }
    measures = {SCORECARD: _measures(joined.raw, joined.probabilities, labels) | _alone(fit, joined, later)}
    rivals = {BASELINE: count_missed_payments, **(CHALLENGERS if challengers else {})}
    training, newest = panel.on(split.fold.train), panel.on([split.fold.calibrate])
    for name, learn in rivals.items():
        score: Scorer = learn(training, seed)
        sigmoid, raw = fit_sigmoid(score(newest.values()), newest.labels(ANY)), score(values)
        measures[name] = _measures(raw, sigmoid.probabilities(raw), labels)
    return Block(
        validate=split.validate,
        trained_to=max(split.fold.train),
        households=len(labels),
        outcomes=int(labels.sum()),
        measures=measures,
        intervals=_intervals(joined.raw, labels, seed),
        curves=curves,
        pairs=_pairs(training, fit) if challengers else (),
    )


def _pairs(training: Panel, fit: FoldFit) -> tuple[tuple[str, str], ...]:
    values, names = training.values(), [feature.name for feature in training.features]
    codes, raw = bin_features(values, training.features), fit.join(values).raw
    ranked = rank_pairs(codes, training.labels(ANY), raw, most=PAIRS)
    return tuple((names[one], names[other]) for one, other in ranked)


def _capacity(households: int) -> int:
    return max(1, round(households * CAPACITY_SHARE))


def _measures(raw: Floats, probabilities: Floats, labels: Floats) -> dict[str, float | None]:
    capacity = _capacity(len(raw))
    measured = {
        "auc": auc(raw, labels),
        "average_precision": average_precision(raw, labels),
        "precision_at_5pct": precision_at_capacity(raw, labels, capacity=capacity),
        "recall_at_5pct": recall_at_capacity(raw, labels, capacity=capacity),
        "brier": brier(probabilities, labels),
        "calibration_error": calibration_error(probabilities, labels),
        "calibration_in_the_large": calibration_in_the_large(probabilities, labels),
    }
    return {name: _number(value) for name, value in measured.items()}


def _alone(fit: FoldFit, joined: Joined, later: Panel) -> dict[str, float | None]:
    """Each part against its own outcome."""
    measured = {}
    for place, part in enumerate(fit.parts):
        chances, labels = joined.alone[:, place], later.labels(part.outcome)
        measured[f"auc_{part.outcome}"] = auc(chances, labels)
        measured[f"calibration_error_{part.outcome}"] = calibration_error(chances, labels)
    return {name: _number(value) for name, value in measured.items()}


def _intervals(raw: Floats, labels: Floats, seed: int) -> dict[str, tuple[float | None, float | None]]:
    at_capacity = partial(precision_at_capacity, capacity=_capacity(len(raw)))
    low_auc, high_auc = bootstrap_interval(auc, raw, labels, seed=seed)
    low, high = bootstrap_interval(at_capacity, raw, labels, seed=seed)
    return {
        "auc": (_number(low_auc), _number(high_auc)),
        "precision_at_5pct": (_number(low), _number(high)),
    }


def _number(value: float) -> float | None:
    return round(value, 6) if np.isfinite(value) else None
