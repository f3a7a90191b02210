"""The night's risk: scored, checked against the model's own population, left out where it fails the check.

Where it is left out the rules run alone, and every place that would show a score says why.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from models import ModelError, Scorecard, score
from models.scoring.drift import Drift, check_drift, failed_check

NO_RISK = pl.DataFrame(
    schema={
        "household_id": pl.String,
        "as_of": pl.Date,
        "model": pl.String,
        "raw_score": pl.Float64,
        "probability": pl.Float64,
        "band": pl.String,
        "reasons": pl.String,
    }
)
"""The risk frame of a night whose rules ran alone."""

FALL_BACK = "The risk score was not used tonight, since it can't be trusted"
NO_MODEL = "The last night ran without a risk model; one trained since scores from the next night on"
NOT_SCORED = "The household has no current council tax account or tenancy, so it is not scored"


@dataclass(frozen=True, slots=True, kw_only=True)
class NightRisk:
    """What the risk model said, and whether it was heard.

    Attributes:
        model: The scorecard tried; None where the council has none.
        frame: The risk export's frame; empty where the rules run alone.
        drift: The check of the night; None without a model.
    """

    model: Scorecard | None
    frame: pl.DataFrame
    drift: Drift | None

    @property
    def used(self) -> Scorecard | None:
        """The scorecard whose scores the night uses; None where the rules run alone."""
        return self.model if self.drift is not None and self.drift.may_be_used else None


def score_night(
    model: Scorecard | None, facts: pl.DataFrame, *, as_of: date, brought: Collection[str]
) -> NightRisk:
    """Score the night's households if there is a model and its scores can be trusted tonight.

    Args:
        model: The model in use, if any.
        facts: One row per household_id, as of `as_of`.
        as_of: The night's date.
        brought: The declared extracts that the night brought.
    """
    if model is None:
        return NightRisk(model=None, frame=NO_RISK, drift=None)
    try:
        frame = score(model, facts, as_of=as_of, brought=brought)
        drift = check_drift(model, facts, frame, as_of=as_of, brought=brought)
    except ModelError as fault:
        return NightRisk(model=model, frame=NO_RISK, drift=failed_check(str(fault).rstrip(".")))
    return NightRisk(model=model, frame=frame if drift.may_be_used else NO_RISK, drift=drift)


def why_no_score(risk_summary: dict[str, Any] | str) -> str:
    """Why a household of a night has no score, in words that follow from the night's summary.

    Args:
        risk_summary: The entry `risk` of the night's summary.
    """
    if isinstance(risk_summary, str):
        return f"{NO_MODEL}."
    if "fall_back" in risk_summary:
        return f"{risk_summary['fall_back']}."
    return f"{NOT_SCORED}."


def fall_back_words(drift: Drift) -> str:
    """Say in one sentence, without its full stop, that the score was not used and why."""
    return f"{FALL_BACK}: {'; '.join(drift.reasons)}. The rules ran alone"
