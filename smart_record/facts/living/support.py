"""What the product itself holds: whether a Tier 3 team has the household, and what came of offers to it."""

from datetime import date
from functools import partial

import polars as pl

from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.months import months_before
from smart_record.facts.terms.vocabulary import HELP, SUPPORT
from smart_record.purposes import Purpose

_held = partial(
    Fact, sources=(SUPPORT,), purposes=HELP | {Purpose.COUNCIL_TAX, Purpose.HOUSING, Purpose.BENEFITS}
)

FACTS = (
    _held(
        name="support.in_tier_3",
        type=FactType.YES_NO,
        meaning="a neighbourhood or specialist team has the household",
        note="Accepted, or waiting in its queue, before the night.",
    ),
    _held(
        name="support.tier_3_since",
        type=FactType.DATE,
        meaning="since when a neighbourhood or specialist team has the household",
        note="The longest of several referrals.",
    ),
    _held(
        name="support.offers_refused_12m",
        type=FactType.COUNT,
        unit="offers",
        meaning="offers of help refused in the last 12 months",
    ),
)

SCHEMA = {"household_id": pl.String, "kind": pl.String, "on": pl.Date}
TIER_3, REFUSED = "tier_3", "refused"


def support_facts(support: pl.DataFrame, households: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The facts of `FACTS` for every household.

    Args:
        support: One row an open Tier 3 referral or an outcome. Columns: those of `SCHEMA`.
        households: The numbered households.
        as_of: Nothing later counts, nor a referral of that day.
    """
    # A referral of the very night comes of these facts: a repeated night must not see it.
    seen = pl.when(pl.col("kind") == TIER_3).then(pl.col("on") < as_of).otherwise(pl.col("on") <= as_of)
    known = support.filter(seen)
    began = pl.col("on").filter(pl.col("kind") == TIER_3).min()
    refused = (pl.col("kind") == REFUSED) & (pl.col("on") > months_before(as_of, 12))
    found = known.group_by("household_id").agg(
        began.alias("support__tier_3_since"),
        refused.sum().cast(pl.Int64).alias("support__offers_refused_12m"),
    )
    since = pl.col("support__tier_3_since")
    return (
        households.select("household_id", "household")
        .join(found, on="household_id", how="left", maintain_order="left")
        .with_columns(
            since.is_not_null().alias("support__in_tier_3"),
            pl.col("support__offers_refused_12m").fill_null(0),
        )
        .drop("household_id")
    )
