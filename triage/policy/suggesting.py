"""From what rules and risk say to the night's suggestions: the steps of `policy.steps` in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from rules import InterventionClass, Rulebook
from triage.errors import CouncilInvalid
from triage.policy.frames import RECOVERY, holding_rules, interventions_frame, suggesting_rules
from triage.policy.steps import (
    suggestions_from_risk,
    suggestions_from_rules,
    with_cool_off,
    with_holds,
)
from triage.policy.teams import NEIGHBOURHOOD, team_of_wards
from triage.settings import Settings
from triage.store.outcomes import RecordedOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the rules say of a night's households.

    Attributes:
        met: Columns household_id, rule_id, because; one row per rule met.
        steps: When each debt last took a step (`frames.last_steps`).
    """

    met: pl.DataFrame
    steps: pl.DataFrame


def check_risk_policy(rulebook: Rulebook, settings: Settings) -> None:
    """Refuse settings by which the score alone would offer what nobody knows, or what is against a household.

    Raises:
        CouncilInvalid: If what `[risk]` offers is no intervention of the rulebook, or would recover a debt.
    """
    wanted = settings.risk.intervention
    known = rulebook.interventions.get(wanted)
    if not settings.risk.bands:
        return
    if known is None:
        raise CouncilInvalid(
            f"council.toml, [risk]: {wanted!r} is no intervention of the rulebook in use. Nothing was "
            "changed. Name one of its interventions, or put bands = []: the score then only orders offers."
        )
    if known.intervention_class is InterventionClass.RECOVERY:
        raise CouncilInvalid(
            f"council.toml, [risk]: {wanted!r} would recover a debt, and the score never raises recovery. "
            "Nothing was changed. Name an intervention that helps, or put bands = []."
        )


def suggest(
    *,
    judged: Judged,
    risk: pl.DataFrame,
    households: pl.DataFrame,
    outcomes: Sequence[RecordedOutcome],
    rulebook: Rulebook,
    settings: Settings,
    as_of: date,
) -> pl.DataFrame:
    """The night's suggestions before Tier 3 capacity.

    Args:
        judged: What the rules say of the households.
        risk: The risk export's frame; empty where rules run alone.
        households: The households export's frame.
        outcomes: Refusals and completions recorded by `as_of`.
        rulebook: The rules in use.
        settings: The council's.
        as_of: The night's date.

    Returns: One row per (household_id, intervention), sorted, with all that `triage.policy.capacity` needs.
    """
    found = suggestions_from_rules(judged.met, suggesting_rules(rulebook, as_of=as_of))
    call = interventions_frame(rulebook).filter(
        pl.col("intervention") == settings.risk.intervention, pl.col("class") != RECOVERY
    )
    by_score = suggestions_from_risk(found, risk, call, settings.risk)
    held = with_holds(pl.concat([found, by_score]), judged.met, holding_rules(rulebook, as_of=as_of))
    cooled = with_cool_off(held, _outcomes_frame(outcomes), steps=judged.steps, as_of=as_of)
    return (
        _with_ward_team(cooled, households, settings)
        .join(risk.select("household_id", "raw_score"), on="household_id", how="left")
        .with_columns(as_of=pl.lit(as_of))
        .sort("household_id", "intervention")
    )


def _with_ward_team(suggestions: pl.DataFrame, households: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    wards = team_of_wards(settings, households["ward"].unique())
    located = households.select("household_id", "ward").join(wards, on="ward", how="left", nulls_equal=True)
    return (
        suggestions.join(located.drop("ward"), on="household_id", how="left")
        .with_columns(
            team=pl.when(pl.col("team") == NEIGHBOURHOOD).then("neighbourhood_team").otherwise("team")
        )
        .drop("neighbourhood_team")
    )


def _outcomes_frame(outcomes: Sequence[RecordedOutcome]) -> pl.DataFrame:
    schema = {
        "household_id": pl.String,
        "intervention": pl.String,
        "outcome": pl.String,
        "recorded_on": pl.Date,
    }
    return pl.DataFrame(
        {name: [getattr(outcome, name) for outcome in outcomes] for name in schema}, schema=schema
    )
