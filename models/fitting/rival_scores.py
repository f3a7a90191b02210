"""Score a night's households by rivals that learned from the same dates as the model in use."""

from datetime import date

import polars as pl

from models.errors import NotEnoughHistory
from models.fitting.challengers import CHALLENGERS
from models.histories.cohort import scored_households
from models.histories.helped import leave_out_helped
from models.histories.panel import Panel, build_panel
from models.scorecards.scorecard import Scorecard
from models.scoring.score import feature_values
from smart_record.records import Records


def rival_scores(
    scorecard: Scorecard,
    records: Records,
    facts: pl.DataFrame,
    *,
    as_of: date,
    helped: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Fit each rival that costs a fit, and score the households that the scorecard scores.

    Args:
        scorecard: The model: its features, its seed and the dates it learned from are theirs.
        records: The night's Smart Record, with its histories.
        facts: The night's facts: one row per household_id.
        as_of: The night.
        helped: As for `train`.

    Returns:
        One row per scored household_id, sorted. Columns: household_id, one per rival (f64; ranks).

    Raises:
        NotEnoughHistory: If the night's histories no longer reach the dates that the model learned from.
    """
    panel = build_panel(records, snapshot_on=as_of, features=scorecard.features)
    training = _same_dates(panel if helped is None else leave_out_helped(panel, helped), scorecard)
    scored = scored_households(facts)
    values, seed = feature_values(scorecard, scored, as_of), int(scorecard.training["seed"])
    return scored.select(
        "household_id",
        **{name: pl.Series(learn(training, seed)(values)) for name, learn in CHALLENGERS.items()},
    )


def _same_dates(panel: Panel, scorecard: Scorecard) -> Panel:
    learned = [date.fromisoformat(day) for day in scorecard.training["learned_from"]]
    if not set(learned) <= set(panel.dates):
        raise NotEnoughHistory(
            f"The model learned from {learned[0]} to {learned[-1]}, and the night's histories no longer reach"
            " all of these dates, so no rival can learn from them. Train again, or leave --challengers out."
        )
    return panel.on(learned)
