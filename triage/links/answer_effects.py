"""What an officer's answer would change of tonight's suggestions: rules and policy asked of both answers.

The risk score and the capacity of Tier 3 stay out: an answer is worth what the rules would say of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from rules import Rulebook, evaluate
from smart_record.events import derive_events
from smart_record.facts import derive_facts, prepare_records
from smart_record.records import Records
from triage.links.answers import answers
from triage.policy.frames import last_steps
from triage.policy.steps import SUGGESTED
from triage.policy.suggesting import Judged, suggest
from triage.settings import Settings
from triage.store.outcomes import RecordedOutcome

NEW, RELEASED, GONE, HELD_BACK, FEWER, MORE = "new", "released", "gone", "held back", "fewer", "more"
"""What becomes of an offer: nobody had it; it waited; nobody has it any more; it waits; fewer households have
it; more have it."""

EFFECT_SCHEMA = {
    "number": pl.Int64(),
    "same": pl.Boolean(),
    "intervention": pl.String(),
    "change": pl.String(),
    "priority": pl.Int64(),
}
"""Columns of the effects, one row per question, answer and intervention."""

_NO_RISK = pl.DataFrame(
    schema={"household_id": pl.String, "band": pl.String, "reasons": pl.String, "raw_score": pl.Float64}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """What tonight's suggestions came of."""

    as_of: date
    records: Records
    judged: Judged
    outcomes: Sequence[RecordedOutcome]
    rulebook: Rulebook
    settings: Settings


def answer_effects(questions: pl.DataFrame, tonight: Tonight) -> pl.DataFrame:
    """What would change of the suggestions of the households that each question is about.

    Args:
        questions: As `answers.answers` takes them.
        tonight: What is so.

    Returns:
        One row for each offer that an answer changes, sorted. Columns: `EFFECT_SCHEMA`.
    """
    if questions.is_empty():
        return pl.DataFrame(schema=EFFECT_SCHEMA)
    asked = answers(questions, tonight.records, as_of=tonight.as_of)
    present = _offers(_only(tonight, asked.parts["of"])).rename({"household_id": "of"})
    before = asked.parts.select("number", "same", "of").unique().join(present, on="of")
    after = asked.parts.select("number", "same", "household_id").unique()
    after = after.join(_offers(_if_answered(tonight, asked.records, asked.parts)), on="household_id")
    return _changes(before, after)


def _only(tonight: Tonight, homes: pl.Series) -> Tonight:
    of_homes = pl.col("household_id").is_in(homes.unique().implode())
    judged = tonight.judged
    return replace(
        tonight,
        judged=replace(judged, met=judged.met.filter(of_homes)),
    )


def _if_answered(tonight: Tonight, records: Records, parts: pl.DataFrame) -> Tonight:
    """The night that the answers would make."""
    as_of, rulebook = tonight.as_of, tonight.rulebook
    prepared = prepare_records(records)
    facts, events = derive_facts(prepared, as_of=as_of), derive_events(prepared, as_of=as_of)
    into: dict[str, list[str]] = {}
    for home, of in parts.select("household_id", "of").unique().sort(pl.all()).iter_rows():
        into.setdefault(of, []).append(home)
    return replace(
        tonight,
        records=records,
        judged=Judged(
            met=evaluate(rulebook, facts, as_of=as_of, events=events).with_columns(because=pl.lit("")),
            steps=last_steps(facts),
        ),
        outcomes=[
            replace(each, household_id=home)
            for each in tonight.outcomes
            for home in into.get(each.household_id, ())
        ],
    )


def _offers(night: Tonight) -> pl.DataFrame:
    """household_id, intervention, priority and made (whether nothing keeps the offer back)."""
    suggestions = suggest(
        judged=night.judged,
        risk=_NO_RISK,
        households=night.records.households,
        outcomes=night.outcomes,
        rulebook=night.rulebook,
        settings=night.settings,
        as_of=night.as_of,
    )
    return suggestions.select("household_id", "intervention", "priority", made=pl.col("status") == SUGGESTED)


def _changes(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    keys = ["number", "same", "intervention"]
    was, now = (
        offers.group_by(keys).agg(
            made=pl.col("made").sum().cast(pl.Int64), there=pl.len(), priority=pl.col("priority").min()
        )
        for offers in (before, after)
    )
    both = was.join(now, on=keys, how="full", coalesce=True, suffix="_after").with_columns(
        pl.col("made", "there", "made_after", "there_after").fill_null(0)
    )
    made, made_after = pl.col("made"), pl.col("made_after")
    change = (
        pl.when(made_after == made)
        .then(None)
        .when(made == 0)
        .then(pl.when(pl.col("there") > 0).then(pl.lit(RELEASED)).otherwise(pl.lit(NEW)))
        .when(made_after == 0)
        .then(pl.when(pl.col("there_after") > 0).then(pl.lit(HELD_BACK)).otherwise(pl.lit(GONE)))
        .otherwise(pl.when(made_after < made).then(pl.lit(FEWER)).otherwise(pl.lit(MORE)))
    )
    told = both.with_columns(change=change, priority=pl.min_horizontal("priority", "priority_after"))
    return (
        told.drop_nulls("change")
        .select(EFFECT_SCHEMA.keys())
        .sort("number", "same", "priority", "intervention")
    )
