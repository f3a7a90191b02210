"""What the model predicts: a new step towards court in the six months after a date.

An outcome is the entry into one of its stages: a liability order, or a rent case that reaches court. A step
that goes on from one already taken (an eviction after a court hearing) is not new, so nobody is counted
twice for one slide. A label is null until its window has passed, and where the council brought no history.
A homelessness approach is an outcome where the council brings its homelessness cases; it is never guessed
from other data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from models.errors import NotEnoughHistory
from smart_record.records import Records

WINDOW_MONTHS = 6
ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One kind of event that the model predicts.

    Attributes:
        name: As labels, reports and the model file call it.
        meaning: What it is, in plain English.
        extract: Declared extract whose dated rows show it.
        source: Source of the links that say whose it is; "" where each row names the record that it is of
            (columns system, record).
        stages: Stages of that extract that are the outcome; empty where each row is one, from `opened_on`.
    """

    name: str
    meaning: str
    extract: str
    source: str = ""
    stages: tuple[str, ...] = ()


OUTCOMES: tuple[Outcome, ...] = (
    Outcome(
        name="liability_order",
        meaning="a council tax liability order",
        extract="council_tax_recovery_history",
        source="council_tax",
        stages=("liability_order",),
    ),
    Outcome(
        name="rent_court",
        meaning="a court step for rent",
        extract="rent_arrears_history",
        source="rent",
        stages=("court", "eviction"),
    ),
    Outcome(
        name="homelessness_approach",
        meaning="an approach as homeless or threatened with it",
        extract="homelessness_cases",
    ),
)
"""Every outcome; a model predicts any of them, and is measured against each alone."""

NO_LONGER_NEW = frozenset({"liability_order", "enforcement_agent", "court", "eviction"})
"""Stages of a debt that has taken its step towards court: what follows there is not predicted."""


def window_end(as_of: date) -> date:
    """Give the last day of the six months after a date; the 31st becomes the last of a shorter month.

    >>> window_end(date(2025, 8, 31))
    datetime.date(2026, 2, 28)
    """
    end: date = pl.select(pl.lit(as_of).dt.offset_by(f"{WINDOW_MONTHS}mo")).item()
    return end


def observed_outcomes(records: Records) -> tuple[Outcome, ...]:
    """Name the outcomes whose histories the council brought.

    Raises:
        NotEnoughHistory: If it brought none.
    """
    seen = tuple(one for one in OUTCOMES if one.extract in records.extracts)
    if not seen:
        needed = ", ".join(one.extract for one in OUTCOMES)
        raise NotEnoughHistory(
            f"Not enough history to train: none of {needed} was brought. Add at least one to the extracts."
        )
    return seen


def outcome_events(records: Records) -> pl.DataFrame:
    """List every new outcome of every household.

    Returns:
        One row per (household_id, outcome, event_on), sorted so. Columns: household_id, outcome (str),
        event_on (date).
    """
    frames = [
        _entries(records, outcome) if outcome.stages else _openings(records, outcome)
        for outcome in observed_outcomes(records)
    ]
    return pl.concat(frames).unique().sort("household_id", "outcome", "event_on")


def _openings(records: Records, outcome: Outcome) -> pl.DataFrame:
    """Every row from the day it was opened, by the record that it names."""
    owners = records.links.select("source", "record_ref", "household_id").unique()
    return (
        records.extracts[outcome.extract]
        .select(source="system", record_ref="record", event_on="opened_on")
        .drop_nulls()
        .join(owners, on=["source", "record_ref"])
        .select("household_id", outcome=pl.lit(outcome.name), event_on="event_on")
    )


def _entries(records: Records, outcome: Outcome) -> pl.DataFrame:
    """Every entry into one of the outcome's stages from outside them."""
    is_outcome = pl.col("stage").is_in(outcome.stages)
    owners = (
        records.links.filter(pl.col("source") == outcome.source).select("record_ref", "household_id").unique()
    )
    return (
        records.extracts[outcome.extract]
        .select("record_ref", "stage", "stage_on")
        .drop_nulls()
        .unique()
        .with_columns(
            severity=pl.col("stage").replace_strict(_severity(outcome), default=-1, return_dtype=pl.Int64)
        )
        .sort("record_ref", "stage_on", "severity", "stage")
        .with_columns(was=is_outcome.shift(1).over("record_ref", order_by=None))
        .filter(is_outcome, ~pl.col("was").fill_null(value=False))
        .join(owners, on="record_ref")
        .select("household_id", outcome=pl.lit(outcome.name), event_on="stage_on")
    )


def _severity(outcome: Outcome) -> dict[str, int]:
    return {stage: step for step, stage in enumerate(outcome.stages)}


def label_households(
    households: pl.DataFrame,
    events: pl.DataFrame,
    *,
    as_of: date,
    known_until: date,
    observed: Sequence[Outcome],
) -> pl.DataFrame:
    """Say for each household whether each outcome came in the six months after a date.

    Args:
        households: One row per household_id.
        events: As `outcome_events` gives them.
        as_of: The date predicted from; an event on that very day is not in the window.
        known_until: The night the histories were extracted.
        observed: The outcomes whose histories the council brought.

    Returns:
        One row per household_id, in the order given. Columns: household_id, one nullable Boolean per
        outcome of `OUTCOMES`, and `any`. Null where the window has not passed or no history was brought;
        `any` is over the observed outcomes.
    """
    end = window_end(as_of)
    if end > known_until:
        unknown = (pl.lit(None, pl.Boolean).alias(name) for name in (*(one.name for one in OUTCOMES), ANY))
        return households.select("household_id", *unknown)
    within = events.filter(pl.col("event_on").is_between(as_of, end, closed="right"))
    labelled = households.select("household_id")
    names = {one.name for one in observed}
    for outcome in OUTCOMES:
        had = within.filter(pl.col("outcome") == outcome.name).get_column("household_id").unique()
        value = (
            pl.col("household_id").is_in(had.implode()) if outcome.name in names else pl.lit(None, pl.Boolean)
        )
        labelled = labelled.with_columns(value.alias(outcome.name))
    return labelled.with_columns(pl.any_horizontal(*sorted(names)).alias(ANY))
