"""What a night computes before it touches the store."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from models import Scorecard
from smart_record.intake import Intake
from smart_record.linkage import Linkage

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
"""The risk frame of a council without a model: the rules run alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """The night's frames and where they came from.

    Attributes:
        met: One row per rule met: household_id, rule_id, because.
        model: The scorecard used; None where the rules ran alone.
        risk: The risk export's frame.
    """

    as_of: date
    intake: Intake
    linkage: Linkage
    facts: pl.DataFrame
    met: pl.DataFrame
    model: Scorecard | None
    risk: pl.DataFrame

    def frames(self) -> dict[str, pl.DataFrame]:
        """The frames of the night's folder, by file name."""
        return {
            "links": self.linkage.links,
            "households": self.linkage.households,
            "registry": self.linkage.registry,
            "changes": self.linkage.changes,
            "rejects": self.intake.rejects,
            "counts": self.intake.counts,
            "withheld": self.intake.withheld,
            "facts": self.facts,
            "met": self.met,
            "risk": self.risk,
        }
