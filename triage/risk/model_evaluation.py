"""A model measured on labels of what came after a night: order, lists of a team's size, curves, fairness."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from models import Scorecard
from models.measures.curves import Points, benefit_points, calibration_points, gain_points, net_benefit
from models.measures.fairness import Estimate, Fairness, audit_fairness
from models.measures.metrics import (
    Floats,
    auc,
    bootstrap_interval,
    calibration_error,
    calibration_in_the_large,
    precision_at_capacity,
)
from models.measures.usefulness import AtCapacity, at_capacities
from triage.policy.steps import RISK_RULE
from triage.risk.outcome_labels import GROUP_COLUMNS, HOMELESS, OUTCOME_COLUMNS
from triage.settings import Settings

SHARE = 0.05
"""Share of the scored households that is listed where no team's size is meant."""
_AGES = (25, 35, 45, 55, 65)
_AGE_BANDS = ("24 or under", "25 to 34", "35 to 44", "45 to 54", "55 to 64", "65 and over")
_RULES = "rules alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another kind of model, learned from the same dates, on the same labels."""

    auc: float
    precision: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """What the labels say.

    Attributes:
        households: Scored households that the labels speak of.
        unmatched: Scored households that they say nothing of.
        outcomes: How many had any outcome that the model predicts.
        auc: Chance that a household with the outcome scores above one without.
        precision: At the top 5%.
        calibration_error: Mean gap between chance shown and share observed, over tenths.
        calibration_in_the_large: Mean chance shown less share observed.
        auc_alone: Of the same score against each outcome alone, with homelessness for information.
        calibration: Points of the calibration figure.
        gain: Points of the gain figure, by way to rank.
        benefit: Points of the decision curve, by way to act.
        lists: Lists of each team's size.
        fairness: The audit by group.
        rivals: Other kinds of model by name; none where none was asked for.
    """

    households: int
    unmatched: int
    outcomes: int
    auc: Estimate
    precision: Estimate
    calibration_error: float
    calibration_in_the_large: float
    auc_alone: Mapping[str, float]
    calibration: Points
    gain: Mapping[str, Points]
    benefit: Mapping[str, Points]
    lists: tuple[AtCapacity, ...]
    fairness: Fairness
    rivals: Mapping[str, Rival]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEvaluation:
    """A model's record of training, and what labels say of it, if any were given."""

    council: str
    as_of: date
    scorecard: Scorecard
    labelled: Labelled | None


def measure_on_labels(
    risk: pl.DataFrame,
    suggestions: pl.DataFrame,
    facts: pl.DataFrame,
    labels: pl.DataFrame,
    *,
    scorecard: Scorecard,
    settings: Settings,
    rivals: pl.DataFrame | None = None,
) -> Labelled:
    """Measure scores of a night on what came after it.

    Args:
        risk: The scores, one row per scored household.
        suggestions: The night's suggestions: the rules alone rank by their priority, then by their number.
        facts: The night's facts, for groups that the labels don't give.
        labels: As `read_outcome_labels` gives them.
        scorecard: The model; only outcomes that it predicts are counted.
        settings: The council's, for its teams' sizes.
        rivals: Scores of other kinds of model, as `rival_scores` gives them.
    """
    wanted = [OUTCOME_COLUMNS[part.outcome] for part in scorecard.parts]
    columns = [column for column in wanted if column in labels.columns]
    frame = (
        risk.select("household_id", "raw_score", "probability")
        .join(labels.with_columns(outcome=pl.any_horizontal(columns)), on="household_id")
        .join(_rules_rank(suggestions), on="household_id", how="left")
        .join(_groups(facts), on="household_id", how="left")
        .with_columns(pl.col("rules_rank").fill_null(0.0))
        .sort("household_id")
    )
    raw, chances, rules = (frame[name].to_numpy() for name in ("raw_score", "probability", "rules_rank"))
    came = frame["outcome"].cast(pl.Float64).to_numpy()
    top = max(1, round(len(raw) * SHARE))

    def at_top(scores: Floats, outcomes: Floats) -> float:
        return precision_at_capacity(scores, outcomes, capacity=top)

    return Labelled(
        households=frame.height,
        unmatched=risk.height - frame.height,
        outcomes=int(came.sum()),
        auc=Estimate(value=auc(raw, came), **_ends(bootstrap_interval(auc, raw, came, seed=0))),
        precision=Estimate(value=at_top(raw, came), **_ends(bootstrap_interval(at_top, raw, came, seed=0))),
        calibration_error=calibration_error(chances, came),
        calibration_in_the_large=calibration_in_the_large(chances, came),
        auc_alone={
            name.removesuffix("_6m"): auc(raw, frame[name].cast(pl.Float64).to_numpy())
            for name in dict.fromkeys((*columns, *({HOMELESS} & set(frame.columns))))
        },
        calibration=calibration_points(chances, came),
        gain={"risk score": gain_points(raw, came), _RULES: gain_points(rules, came)},
        benefit=_benefit(chances, rules > 0, came),
        lists=at_capacities(raw, rules, came, _places(settings, frame), seed=0),
        fairness=audit_fairness(_audited(frame), _attributes(frame), capacity=top),
        rivals={} if rivals is None else _rivals(rivals, frame, came, top),
    )


def _rivals(rivals: pl.DataFrame, frame: pl.DataFrame, came: Floats, top: int) -> dict[str, Rival]:
    scores = frame.select("household_id").join(
        rivals, on="household_id", how="left", maintain_order="left", validate="1:1"
    )
    return {
        column.name: Rival(
            auc=auc(column.to_numpy(), came),
            precision=precision_at_capacity(column.to_numpy(), came, capacity=top),
        )
        for column in scores.drop("household_id")
    }


def _ends(interval: tuple[float, float]) -> dict[str, float]:
    return {"low": interval[0], "high": interval[1]}


def _rules_rank(suggestions: pl.DataFrame) -> pl.DataFrame:
    """Most urgent first, then the most suggestions; only those by which a person acts."""
    return (
        suggestions.filter(pl.col("rule_id") != RISK_RULE, pl.col("tier") > 0)
        .group_by("household_id")
        .agg(rules_rank=(100 * (5 - pl.col("priority").min()) + pl.len()).cast(pl.Float64))
    )


def _groups(facts: pl.DataFrame) -> pl.DataFrame:
    """Age band, and groups from facts where the labels give none."""
    age = pl.col("household__oldest_adult_age")
    band = pl.when(age.is_not_null()).then(pl.lit(_AGE_BANDS[0])).otherwise(None)
    for older, name in zip(_AGES, _AGE_BANDS[1:], strict=True):
        band = pl.when(age >= older).then(pl.lit(name)).otherwise(band)
    return facts.select(
        "household_id",
        age_band=band,
        fact_tenure="household__tenure",
        fact_ward="household__ward",
    )


def _attributes(frame: pl.DataFrame) -> list[str]:
    names = {"tenure": "tenure", "kind": "household_kind", "ward": "ward", "group": "name_group"}
    return [
        *(name for column, name in names.items() if column in frame.columns or column in ("tenure", "ward")),
        "age_band",
    ]


def _audited(frame: pl.DataFrame) -> pl.DataFrame:
    absent = {"tenure": "fact_tenure", "ward": "fact_ward"}
    filled = frame.with_columns(
        pl.col(held).alias(name) for name, held in absent.items() if name not in frame.columns
    )
    present = [name for name in GROUP_COLUMNS if name in filled.columns]
    return filled.select("raw_score", "probability", "outcome", "age_band", *present).rename(
        {"kind": "household_kind", "group": "name_group"}, strict=False
    )


def _places(settings: Settings, frame: pl.DataFrame) -> dict[str, int]:
    """One week's places of each team with a queue, of all wards' teams together, and the top 5%."""
    wards = frame["fact_ward"].drop_nulls().n_unique()
    grouped = {ward for one in settings.neighbourhoods.values() for ward in one.wards}
    alone = wards - len(grouped & set(frame["fact_ward"].drop_nulls()))
    places = {
        **{team.title: team.weekly_capacity or 0 for team in settings.teams.values()},
        **{one.title: one.weekly_capacity for one in settings.neighbourhoods.values()},
        f"{alone} ward teams together": alone * settings.ward_capacity,
    }
    return places | {f"top {SHARE:.0%} of those scored": max(1, round(frame.height * SHARE))}


def _benefit(chances: Floats, found: np.typing.NDArray[np.bool_], came: Floats) -> dict[str, Points]:
    model = benefit_points(chances, came)
    everyone = np.ones(len(came), dtype=np.bool_)
    return {
        "risk score": model,
        _RULES: [[one, net_benefit(found, came, threshold=one)] for one, _ in model],
        "call everyone": [[one, net_benefit(everyone, came, threshold=one)] for one, _ in model],
    }
