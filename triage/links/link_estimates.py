"""What is known of how good the links are where there are no labels."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.linkage.measuring.clerical import ClericalEstimate, ExpectedErrors


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEstimates:
    """Error rates without labels.

    Attributes:
        expected: What the weights of the last night say.
        curve: What they say of other thresholds (`smart_record.linkage.measuring.thresholds.expected_curve`).
        sampled: The night whose pairs were drawn for officers to judge.
        drawn_now: Whether that sample was drawn just now.
        clerical: What officers' judgements of the sample say.
    """

    council: str
    as_of: date
    night_id: str
    expected: ExpectedErrors
    curve: pl.DataFrame
    sampled: str
    drawn_now: bool
    clerical: ClericalEstimate
