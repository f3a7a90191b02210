"""Score every household on a date, or explain one: numpy and polars only, nothing of the training.

The raw score ranks; the probability and the band are for showing. A score may rank offers of help and never
raises the severity of recovery.
"""

from collections.abc import Collection
from datetime import date

import numpy as np
import polars as pl

from models.histories.cohort import scored_households
from models.histories.features import encode_features
from models.measures.metrics import Floats
from models.scorecards.parts import join_parts
from models.scorecards.scorecard import LOW, Scorecard
from models.scoring.reasons import write_reasons
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.wording import statement_expression


def score(
    scorecard: Scorecard, facts: pl.DataFrame, *, as_of: date, brought: Collection[str] | None = None
) -> pl.DataFrame:
    """Say how likely a step towards court is for each household with a current account or tenancy.

    Args:
        scorecard: The model.
        facts: One row per household_id, as of `as_of`.
        as_of: The date predicted from.
        brought: The declared extracts that the night brought; None for all. A fact not known because its
            source was not brought adds nothing to a score: it says nothing of the household.

    Returns:
        One row per scored household_id, sorted. Columns: household_id, as_of (date), model (str),
        raw_score (f64, log-odds; ranks), probability (f64, 0 to 1), band (very_high, high, medium or
        low), reasons (str).

    Raises:
        FeatureMismatch: If the facts lack one that the model reads.
        LeakageFound: If a fact looks past `as_of`.
    """
    scored = scored_households(facts)
    values = feature_values(scorecard, scored, as_of)
    joined = join_parts(scorecard.parts, values, silent_features(scorecard, brought))
    return scored.select(
        "household_id",
        as_of=pl.lit(as_of),
        model=pl.lit(scorecard.model_id),
        raw_score=pl.Series(joined.raw),
        probability=pl.Series(joined.probabilities),
        band=_bands(scorecard, joined.raw),
        reasons=write_reasons(scorecard.parts, joined, scored),
    )


def contributions(
    scorecard: Scorecard, facts: pl.DataFrame, *, as_of: date, brought: Collection[str] | None = None
) -> pl.DataFrame:
    """Take scores apart: what each feature adds, exactly.

    Args:
        scorecard: The model.
        facts: One row per household_id, as of `as_of`; usually one household.
        as_of: The date predicted from.
        brought: As for `score`.

    Returns:
        One row per (household_id, outcome, feature), by household and strongest first. Columns:
        household_id, outcome, probability (f64; of that outcome alone), feature, fact, value (f64, in `unit`;
        null = not known), unit, contribution (f64, log-odds against the average household at training),
        wording (str; the fact in plain English). The contributions to one outcome and its part's baseline
        add up to the part's raw score; the outcomes join as `parts` says.
    """
    scored = scored_households(facts)
    values = feature_values(scorecard, scored, as_of)
    joined = join_parts(scorecard.parts, values, silent_features(scorecard, brought))
    taken_apart = [
        scored.select(
            "household_id",
            outcome=pl.lit(part.outcome),
            probability=pl.Series(joined.alone[:, at]),
            feature=pl.lit(step.feature),
            fact=pl.lit(step.fact),
            value=pl.Series(values[:, place], nan_to_null=True),
            unit=pl.lit(step.unit),
            contribution=pl.Series(joined.contributions[at][:, place]),
            wording=statement_expression(CATALOGUE[step.fact]),
        )
        for at, part in enumerate(scorecard.parts)
        for place, step in enumerate(part.steps)
    ]
    strength = pl.col("contribution").abs()
    order = ("household_id", strength, "outcome", "feature")
    return pl.concat(taken_apart).sort(*order, descending=[False, True, False, False])


def feature_values(scorecard: Scorecard, scored: pl.DataFrame, as_of: date) -> Floats:
    """Give the features of scored households: one row each, one column per feature, NaN where not known.

    Raises:
        FeatureMismatch: If the facts lack one that the model reads.
        LeakageFound: If a fact looks past `as_of`.
    """
    encoded = encode_features(scored, as_of=as_of, features=scorecard.features)
    return np.asarray(encoded.drop("household_id").fill_null(float("nan")).to_numpy(), dtype=np.float64)


def silent_features(scorecard: Scorecard, brought: Collection[str] | None) -> frozenset[str]:
    """Name the features with a source that the night did not bring; `brought` None stands for all."""
    if brought is None:
        return frozenset()
    return frozenset(
        feature.name for feature in scorecard.features if not set(feature.sources) <= set(brought)
    )


def _bands(scorecard: Scorecard, raw: Floats) -> pl.Series:
    names = [band.name for band in scorecard.bands]
    reached = [raw >= band.at_least for band in scorecard.bands]
    return pl.Series(np.select(reached, names, default=LOW), dtype=pl.String)
