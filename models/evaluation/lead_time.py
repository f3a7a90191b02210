"""How long before an outcome the score first pointed to the household: time in which help can still act."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from models.fitting.fold import FoldFit
from models.histories.labels import ANY, window_end
from models.histories.panel import Panel
from models.histories.splits import Split


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime:
    """What the newest block's scorecard would have given as warning.

    Attributes:
        outcomes: Households with an outcome in the six months after the block's date.
        flagged: How many of them were among the top share at that date or a month end shortly before.
        median_days: Median days from the first flag to the outcome, of those flagged; None if none was.
    """

    outcomes: int
    flagged: int
    median_days: int | None

    def record(self) -> dict[str, Any]:
        """Give it as plain data for the model file."""
        return {"outcomes": self.outcomes, "flagged": self.flagged, "median_days": self.median_days}


def lead_time(panel: Panel, split: Split, fit: FoldFit, *, share: float) -> LeadTime:
    """Find, for each outcome after the block's date, when the household first stood in the top share.

    Looks at the month ends from the calibration date to the block's date only: later ones could flag what
    is already under way, so the days given are at most those between the two plus the label window.
    """
    watched = panel.on([day for day in panel.dates if split.fold.calibrate <= day <= split.validate])
    flags = (
        watched.rows.select("household_id", "as_of", raw=pl.Series(fit.join(watched.values()).raw))
        .filter(pl.col("raw").rank("max", descending=True).over("as_of") <= share * pl.len().over("as_of"))
        .group_by("household_id")
        .agg(pl.col("as_of").min())
    )
    labelled = panel.on([split.validate]).rows.filter(ANY).select("household_id")
    first = (
        panel.events.filter(
            pl.col("event_on").is_between(split.validate, window_end(split.validate), closed="right")
        )
        .group_by("household_id")
        .agg(pl.col("event_on").min())
        .join(labelled, on="household_id")
        .join(flags, on="household_id", how="left")
        .select(days=(pl.col("event_on") - pl.col("as_of")).dt.total_days())
    )
    days = first.get_column("days").drop_nulls().sort()
    return LeadTime(
        outcomes=len(first), flagged=len(days), median_days=int(days[len(days) // 2]) if len(days) else None
    )
