"""The figures that every model of a trial is measured by."""

from collections.abc import Mapping

from models.measures.metrics import (
    Floats,
    auc,
    average_precision,
    brier,
    calibration_error,
    calibration_in_the_large,
    precision_at_capacity,
    recall_at_capacity,
)

SHARE = 0.05
"""Share of the rows that precision and recall are quoted at."""


def measure(raw: Floats, labels: Floats, probabilities: Floats | None = None) -> Mapping[str, float]:
    """Measure scores on rows never seen; honesty of chances only where there are any."""
    capacity = max(1, round(len(raw) * SHARE))
    figures = {
        "auc": auc(raw, labels),
        "average_precision": average_precision(raw, labels),
        "precision_at_5pct": precision_at_capacity(raw, labels, capacity=capacity),
        "recall_at_5pct": recall_at_capacity(raw, labels, capacity=capacity),
    }
    if probabilities is not None:
        figures["brier"] = brier(probabilities, labels)
        figures["calibration_error"] = calibration_error(probabilities, labels)
        figures["calibration_in_the_large"] = calibration_in_the_large(probabilities, labels)
    return {name: round(value, 6) for name, value in figures.items()}
