"""One household's score taken apart: per outcome, what each fact adds; and what would lower its band."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from models.histories.cohort import scored_households
from models.scorecards.parts import join_parts
from models.scorecards.scorecard import LOW, Scorecard
from models.scoring.counterfactual import Change, lowering_changes
from models.scoring.score import feature_values, silent_features
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import column_of
from smart_record.facts.terms.wording import state


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one feature adds to the raw score of one outcome.

    Attributes:
        value: In `unit`; None where not known.
        added: Log-odds against the average household at training.
        wording: The fact with its figure in plain English.
    """

    feature: str
    fact: str
    value: float | None
    unit: str
    added: float
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeScore:
    """The score of one outcome: baseline plus all that is added is the raw score.

    Attributes:
        baseline: Raw score of the average household at training, log-odds.
        raw_score: Of this household.
        probability: Chance of this outcome alone.
        contributions: One per feature, strongest first.
    """

    outcome: str
    baseline: float
    raw_score: float
    probability: float
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A household's score, exactly.

    Attributes:
        raw_score: Log-odds of any outcome.
        probability: Chance of any outcome.
        outcomes: The score of each.
        changes: Single changes that would lower the band, nearest first.
    """

    household_id: str
    as_of: date
    model: str
    raw_score: float
    probability: float
    band: str
    outcomes: tuple[OutcomeScore, ...]
    changes: tuple[Change, ...]


def explain(
    scorecard: Scorecard, facts: pl.DataFrame, *, as_of: date, brought: frozenset[str] | None = None
) -> Explanation | None:
    """Take one household's score apart.

    Args:
        scorecard: The model.
        facts: The household's one row, as of `as_of`.
        as_of: The date predicted from.
        brought: As for `score`.

    Returns:
        The explanation; None where the household is not scored.

    Raises:
        FeatureMismatch: If the facts lack one that the model reads.
        LeakageFound: If a fact looks past `as_of`.
    """
    scored = scored_households(facts)
    if scored.is_empty():
        return None
    values = feature_values(scorecard, scored, as_of)
    silent = silent_features(scorecard, brought)
    joined = join_parts(scorecard.parts, values, silent)
    raw = float(joined.raw[0])
    outcomes = []
    for at, part in enumerate(scorecard.parts):
        added = joined.contributions[at][0]
        listed = [
            Contribution(
                feature=step.feature,
                fact=step.fact,
                value=None if np.isnan(values[0, place]) else float(values[0, place]),
                unit=step.unit,
                added=float(added[place]),
                wording=state(CATALOGUE[step.fact], scored.get_column(column_of(step.fact)).item()),
            )
            for place, step in enumerate(part.steps)
        ]
        outcomes.append(
            OutcomeScore(
                outcome=part.outcome,
                baseline=part.baseline,
                raw_score=float(part.raw_scores(joined.contributions[at])[0]),
                probability=float(joined.alone[0, at]),
                contributions=tuple(sorted(listed, key=lambda one: (-abs(one.added), one.feature))),
            )
        )
    return Explanation(
        household_id=str(scored.get_column("household_id").item()),
        as_of=as_of,
        model=scorecard.model_id,
        raw_score=raw,
        probability=float(joined.probabilities[0]),
        band=next((band.name for band in scorecard.bands if raw >= band.at_least), LOW),
        outcomes=tuple(outcomes),
        changes=lowering_changes(scorecard, scored, values, as_of=as_of, silent=silent),
    )
