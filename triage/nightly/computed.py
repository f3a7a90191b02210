"""What a night computes before it touches the store."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.events import Events
from smart_record.intake import Intake
from smart_record.linkage import Linkage
from smart_record.records import Records
from triage.links.night_matching import Matched
from triage.referrals.anchoring import Homes
from triage.risk.challenger import NO_CHALLENGER, NightChallenger
from triage.risk.night import NightRisk


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """The night's frames and where they came from.

    Attributes:
        homes: Where every record is tonight.
        records: What facts and events were derived from.
        verdicts: The officers' verdicts on links that stood (`triage.store.verdicts.standing_verdicts`).
        events: What happened to each household, as far as the records tell.
        met: One row per rule met: household_id, rule_id, because.
        risk: What the risk model said, and whether it was heard.
        challenger: What the model beside it said; nothing reads it but the comparison.
    """

    as_of: date
    intake: Intake
    homes: Homes
    records: Records
    matched: Matched
    verdicts: pl.DataFrame
    facts: pl.DataFrame
    events: Events
    met: pl.DataFrame
    risk: NightRisk
    challenger: NightChallenger = NO_CHALLENGER

    @property
    def linkage(self) -> Linkage:
        """Who is who and who lives together."""
        return self.matched.linkage

    def frames(self) -> dict[str, pl.DataFrame]:
        """The frames of the night's folder, by file name."""
        return {
            **self.matched.frames(),
            "verdicts": self.verdicts,
            "rejects": self.intake.rejects,
            "counts": self.intake.counts,
            "withheld": self.intake.withheld,
            "facts": self.facts,
            "events": self.events.happened,
            "event_reach": self.events.reach,
            "met": self.met,
            "risk": self.risk.frame,
            **({} if self.challenger.model is None else {"challenger": self.challenger.frame}),
        }
