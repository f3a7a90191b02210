"""Fit and calibrate one model on one fold of dates, as a training night does, and each block of its check."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.errors import NotEnoughHistory
from models.fitting.boosting import bin_features, fit_additive
from models.histories.labels import ANY
from models.histories.panel import Panel
from models.histories.splits import Fold
from models.measures.metrics import Floats
from models.scorecards.calibration import AS_IS, fit_sigmoid
from models.scorecards.parts import Joined, Part, join_parts

LEAST_OUTCOMES = 50
"""Households with any outcome that a model must have learned from; fewer give noise with a straight face."""
LEAST_OF_ONE, LEAST_TO_CALIBRATE = 30, 10
"""The same for one outcome alone, and for it in the period calibrated on; with fewer it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldFit:
    """The parts fitted on one fold.

    Attributes:
        parts: One per outcome with enough to learn from.
        left_out: Why each other outcome has none.
    """

    parts: tuple[Part, ...]
    left_out: Mapping[str, str]

    def join(self, values: Floats) -> Joined:
        """Score a matrix of features on all outcomes together."""
        return join_parts(self.parts, values)


def fit_fold(panel: Panel, fold: Fold, *, seed: int) -> FoldFit:
    """Learn each outcome from the fold's training dates, then calibrate it on the later one.

    Raises:
        NotEnoughHistory: If too few households had an outcome.
    """
    training, newest = panel.on(fold.train), panel.on([fold.calibrate])
    _check_outcomes(training, ANY, LEAST_OUTCOMES, f"the months from {fold.train[0]} to {fold.train[-1]}")
    codes = bin_features(training.values(), panel.features)
    parts: list[Part] = []
    left_out: dict[str, str] = {}
    for outcome in panel.outcomes:
        try:
            parts.append(_fit_part(training, newest, codes, outcome=outcome, seed=seed))
        except NotEnoughHistory as reason:
            left_out[outcome] = str(reason)
    if not parts:
        raise NotEnoughHistory(" ".join(left_out.values()))
    return FoldFit(parts=tuple(parts), left_out=left_out)


def _fit_part(training: Panel, newest: Panel, codes: Floats, *, outcome: str, seed: int) -> Part:
    _check_outcomes(training, outcome, LEAST_OF_ONE, "the months learned from")
    _check_outcomes(newest, outcome, LEAST_TO_CALIBRATE, "the period calibrated on")
    additive, _ = fit_additive(codes, training.labels(outcome), training.features, seed=seed)
    part = Part(outcome=outcome, baseline=additive.baseline, sigmoid=AS_IS, steps=additive.steps)
    raw = part.raw_scores(part.contributions(newest.values()))
    return replace(part, sigmoid=fit_sigmoid(raw, newest.labels(outcome)))


def households_with_outcome(panel: Panel, outcome: str) -> int:
    """Count the households that had the outcome at least once."""
    return int(panel.rows.filter(outcome).get_column("household_id").n_unique())


def _check_outcomes(panel: Panel, outcome: str, least: int, period: str) -> None:
    had = households_with_outcome(panel, outcome)
    if had < least:
        raise NotEnoughHistory(
            f"Not enough history to train on {outcome}: in {period}, {had} households had it; at least"
            f" {least} are needed. Bring longer histories. Until then the rules work without it."
        )
