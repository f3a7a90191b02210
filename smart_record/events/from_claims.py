"""Events of benefit claims: beginnings and ends.

A household without a claim is not said to have had none: that none is found does not prove it.
"""

from collections.abc import Iterator

import polars as pl

from smart_record.events.found import Found, by_day, ever_where, found, reach_of
from smart_record.facts.records.books import Moment, standing

_SOURCE = "benefits"


def claim_events(claims: pl.DataFrame, moment: Moment) -> Iterator[Found]:
    """Every kind of event by a moment, and since when those of the claims that had begun are known.

    Args:
        claims: `smart_record.facts.records.claims.Claims.claims`.
        moment: What the events are known by.
    """
    begun = standing(claims, moment)
    dated = ever_where(pl.col("began_on").is_not_null())
    ends_dated = reach_of(begun, ever_where(~pl.col("ended_undated")))
    moved = claims.filter(pl.col("end_reason") == "moved_to_universal_credit")
    for event, rows, day, reach in (
        ("claim_started", claims, "began_on", reach_of(begun, dated)),
        ("claim_ended", claims, "ended_on", ends_dated),
        ("moved_to_universal_credit", moved, "ended_on", ends_dated),
    ):
        yield found(f"benefits.{event}", _SOURCE, by_day(rows, day, moment.as_of), reach)
