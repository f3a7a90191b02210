"""One rulebook replayed over past nights, step by step as the night itself goes, touching no store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from rules import Rulebook, evaluate
from triage.impact.past_nights import PastNight
from triage.policy.capacity import week_start
from triage.policy.frames import last_steps
from triage.policy.steps import DEFERRED, SUGGESTED
from triage.policy.suggesting import Judged, suggest
from triage.referrals.referring import Referring, refer
from triage.settings import Settings
from triage.store.referrals import Referral

OFFERED = (SUGGESTED, DEFERRED)
"""Statuses of a suggestion that reaches somebody: now, or when a Tier 3 team has a place."""

_KEPT = (
    "as_of",
    "household_id",
    "intervention",
    "rule_id",
    "tier",
    "team",
    "priority",
    "status",
    "stopped_by",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What a rulebook would have done.

    Attributes:
        met: One row per (as_of, household_id, rule_id) met.
        suggestions: One row per (as_of, household_id, intervention), with rule_id, tier, team, priority,
            status and stopped_by.
        load: One row per (week, team): `taken` into the queue, `waiting` after the week's last night.
    """

    met: pl.DataFrame
    suggestions: pl.DataFrame
    load: pl.DataFrame


def replay(
    rulebook: Rulebook, nights: Iterable[PastNight], standing: Sequence[Referral], settings: Settings
) -> Replay:
    """Replay a rulebook over past nights, oldest first.

    A household that the replay refers stays with its team to the end of the replay, so that a team's later
    weeks fill with households it has not seen.

    Args:
        rulebook: The rules.
        nights: Oldest first.
        standing: Referrals made before the first of them.
        settings: The council's, for teams and capacity.
    """
    queue, met, suggestions, load = list(standing), [], [], []
    for night in nights:
        found = evaluate(rulebook, night.facts, as_of=night.as_of, events=night.events)
        referring = _night(rulebook, night, found, queue, settings)
        queue += referring.new
        met.append(found.with_columns(as_of=pl.lit(night.as_of)))
        suggestions.append(referring.suggestions.select(_KEPT))
        load.append(_load(referring, night))
    return Replay(met=pl.concat(met), suggestions=pl.concat(suggestions), load=_by_week(pl.concat(load)))


def _night(
    rulebook: Rulebook, night: PastNight, met: pl.DataFrame, queue: Sequence[Referral], settings: Settings
) -> Referring:
    # Reasons decide nothing, so that they are worked out later and only for those who are shown.
    suggestions = suggest(
        judged=Judged(
            met=met.with_columns(because=pl.lit("")),
            steps=last_steps(night.facts),
        ),
        risk=night.risk,
        households=night.households,
        outcomes=night.outcomes,
        rulebook=rulebook,
        settings=settings,
        as_of=night.as_of,
    )
    return refer(suggestions, queue, settings=settings, as_of=night.as_of)


def _load(referring: Referring, night: PastNight) -> pl.DataFrame:
    """Columns as_of, team, taken, waiting; one row per team."""
    teams = [referral.team for referral in referring.new]
    taken = pl.DataFrame({"team": teams}, schema={"team": pl.String}).group_by("team").agg(taken=pl.len())
    waiting = referring.deferred.group_by("team").agg(waiting=pl.len())
    return (
        taken.join(waiting, on="team", how="full", coalesce=True)
        .select("team", pl.col("taken", "waiting").fill_null(0).cast(pl.Int64))
        .with_columns(as_of=pl.lit(night.as_of), week=pl.lit(week_start(night.as_of)))
        .sort("team")
    )


def _by_week(load: pl.DataFrame) -> pl.DataFrame:
    """Taken is summed over a week's nights; waiting is what its last night left."""
    last = pl.col("as_of") == pl.col("as_of").max().over("week")
    return (
        load.with_columns(waiting=pl.when(last).then("waiting").otherwise(0))
        .group_by("week", "team")
        .agg(pl.col("taken", "waiting").sum())
        .sort("week", "team")
    )
