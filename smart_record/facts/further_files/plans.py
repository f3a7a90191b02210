"""Payment arrangements on council tax and on rent: whether one runs, is kept, has been broken."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from smart_record.facts.records.attached import Attached
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.months import months_before
from smart_record.facts.terms.vocabulary import FOR_COUNCIL_TAX, FOR_RENT, PLANS
from smart_record.purposes import Purpose


def _declared(topic: str, debt: str, purposes: frozenset[Purpose]) -> Iterator[Fact]:
    yield Fact(
        name=f"{topic}.plan",
        type=FactType.YES_NO,
        sources=(PLANS,),
        purposes=purposes,
        meaning=f"a payment plan for {debt} is running",
        note="Not known where the council brings no file of payment arrangements.",
    )
    yield Fact(
        name=f"{topic}.plan_kept_weeks",
        type=FactType.COUNT,
        unit="weeks",
        sources=(PLANS,),
        purposes=purposes,
        meaning=f"weeks for which the plan for {debt} has been kept",
        note="Since it was agreed or last broken; of several plans, the one kept for the shortest time.",
    )
    yield Fact(
        name=f"{topic}.plan_breaches_6m",
        type=FactType.COUNT,
        unit="breaches",
        sources=(PLANS,),
        purposes=purposes,
        meaning=f"breaches of plans for {debt} in the last 6 months",
    )
    yield Fact(
        name=f"{topic}.plan_broken_on",
        type=FactType.DATE,
        sources=(PLANS,),
        purposes=purposes,
        meaning=f"when a plan for {debt} was last broken",
    )


FACTS = (
    *_declared("council_tax", "council tax", FOR_COUNCIL_TAX),
    *_declared("rent", "rent", FOR_RENT),
)


def plan_facts(plans: Attached, as_of: date) -> list[pl.DataFrame]:
    """The facts of `FACTS`, as frames side by side."""
    return [_of_topic(plans.of(topic), topic, as_of) for topic in ("council_tax", "rent")]


def _of_topic(plans: Attached, topic: str, as_of: date) -> pl.DataFrame:
    lasts = (pl.col("ends_on") >= as_of).fill_null(value=True)
    broken = pl.when(pl.col("broken_on") <= as_of).then("broken_on")
    # Intake withholds the state of a plan that was broken after the night: until then it ran.
    ran = pl.col("state").is_null() | (pl.col("broken_on") > as_of).fill_null(value=False)
    runs = (ran | (pl.col("state") == "active")) & lasts
    kept_since = pl.max_horizontal("agreed_on", broken).filter(runs).max()
    return plans.told(
        runs.any().alias(f"{topic}__plan"),
        ((pl.lit(as_of) - kept_since).dt.total_days() // 7).alias(f"{topic}__plan_kept_weeks"),
        (broken > months_before(as_of, 6)).sum().cast(pl.Int64).alias(f"{topic}__plan_breaches_6m"),
        broken.max().alias(f"{topic}__plan_broken_on"),
        without={f"{topic}__plan": False, f"{topic}__plan_breaches_6m": 0},
    )
