"""Tier 3 within capacity: who goes into a team's queue this week, and who waits at tier 2 and why.

Statutory cases always go in and use capacity first. The rest are ranked by priority, then by the risk
score (higher first), then by household id: a recorded tie rule, so that row order decides nothing.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from triage.policy.steps import DEFERRED, SUGGESTED

_RANKING = (
    pl.col("statutory").not_(),
    pl.col("priority"),
    -pl.col("raw_score").fill_null(float("-inf")),
    pl.col("household_id"),
)


def week_start(day: date) -> date:
    """The Monday of a day's week: capacity is counted from Monday to Sunday."""
    return day - timedelta(days=day.weekday())


def candidates(suggestions: pl.DataFrame) -> pl.DataFrame:
    """Households that a Tier 3 team would be asked to take, one row per household and team.

    Args:
        suggestions: With status, tier, team, priority, statutory, within_days, because, raw_score.

    Returns: One row per (household_id, team): priority, statutory, within_days (the shortest), raw_score,
        reasons.
    """
    return (
        suggestions.filter((pl.col("tier") == 3) & (pl.col("status") == SUGGESTED))
        .sort("household_id", "team", "priority", "intervention")
        .group_by("household_id", "team", maintain_order=True)
        .agg(
            pl.col("priority").min(),
            pl.col("statutory").any(),
            pl.col("within_days").min(),
            pl.col("raw_score").first(),
            reasons=pl.col("because").unique(maintain_order=True).str.join("; "),
        )
    )


def admit(wanted: pl.DataFrame, *, places: Mapping[str, int]) -> pl.DataFrame:
    """Mark which candidates go into their team's queue.

    Args:
        wanted: What `candidates` gave, without households that the team already has.
        places: Places left this week, by team.

    Returns: `wanted` with `rank` (1 = first, within the team) and `admitted`, sorted by team and rank.
    """
    left = pl.col("team").replace_strict(dict(places), default=0, return_dtype=pl.Int64)
    return (
        wanted.sort("team", *_RANKING)
        .with_columns(rank=pl.int_range(1, pl.len() + 1).over("team"))
        .with_columns(admitted=pl.col("statutory") | (pl.col("rank") <= left))
    )


def with_deferrals(suggestions: pl.DataFrame, admitted: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """Tier 3 suggestions whose household found no place are deferred to next week, with the reason."""
    next_week = week_start(as_of) + timedelta(days=7)
    waiting = admitted.filter(~pl.col("admitted")).select(
        "household_id", "team", "rank", waits=pl.lit(value=True)
    )
    deferred = (pl.col("tier") == 3) & (pl.col("status") == SUGGESTED) & pl.col("waits").is_not_null()
    reason = pl.format(
        f"number {{}} in line and the team has no place left this week; stays with tier 2 until "
        f"{next_week:%-d %B %Y}, when places open again",
        "rank",
    )
    return (
        suggestions.join(waiting, on=["household_id", "team"], how="left", maintain_order="left")
        .with_columns(
            status=pl.when(deferred).then(pl.lit(DEFERRED)).otherwise("status"),
            stopped_by=pl.when(deferred).then(pl.format("capacity:{}", "team")).otherwise("stopped_by"),
            stopped_because=pl.when(deferred).then(reason).otherwise("stopped_because"),
        )
        .drop("rank", "waits")
    )
