"""What a replay reads of a past night: facts that the rules read, wards, the risk of that night."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from rules import Rulebook
from smart_record.events import Events, derive_events
from triage.nights import read_events, read_frame, read_records
from triage.policy.frames import STEPS
from triage.store.nights import Night
from triage.store.outcomes import RecordedOutcome

GROUP_FACTS = (
    "household__tenure",
    "household__has_children",
    "household__pension_age",
    "household__adults",
)
"""Facts by which the report groups households."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastNight:
    """One past night, ready to be replayed.

    Attributes:
        facts: One row per household_id; the columns that either rulebook or the policy reads, and
            `GROUP_FACTS`.
        households: Columns household_id, ward.
        risk: The risk export's frame; the scores of that night, whatever the rulebook.
        outcomes: Refusals and completions recorded by then.
        events: Those that either rulebook reads; None where none does.
    """

    as_of: date
    facts: pl.DataFrame
    households: pl.DataFrame
    risk: pl.DataFrame
    outcomes: tuple[RecordedOutcome, ...]
    events: Events | None = None


def read_past_night(
    nights: Path, night: Night, rulebooks: Collection[Rulebook], outcomes: Iterable[RecordedOutcome]
) -> PastNight:
    """Read from a night's folder what a replay of these rulebooks needs."""
    folder = nights / night.night_id
    held = pl.read_parquet_schema(folder / "facts.parquet")
    wanted = columns_read(rulebooks) | {
        *GROUP_FACTS,
        *(fact.column for facts in STEPS.values() for fact in facts),
    }
    return PastNight(
        as_of=night.as_of,
        facts=pl.read_parquet(
            folder / "facts.parquet", columns=["household_id", *(name for name in held if name in wanted)]
        ),
        households=pl.read_parquet(folder / "households.parquet", columns=["household_id", "ward"]),
        risk=read_frame(folder, "risk"),
        outcomes=tuple(outcomes),
        events=_events(folder, events_read(rulebooks), night.as_of),
    )


def _events(folder: Path, names: set[str], as_of: date) -> Events | None:
    """The events of a past night; one that kept none has still the rows that they are derived from."""
    if not names:
        return None
    kept = read_events(folder, names=names)
    return derive_events(read_records(folder), as_of=as_of) if kept is None else kept


def events_read(rulebooks: Iterable[Rulebook]) -> set[str]:
    """Events that the rules of these rulebooks speak of, in conditions and in reasons."""
    return {
        name
        for rulebook in rulebooks
        for rule in rulebook.rules
        for name in rulebook.events_behind(rule.when) | set(rule.because.events)
    }


def columns_read(rulebooks: Iterable[Rulebook]) -> set[str]:
    """Columns of the facts that the rules of these rulebooks read, in conditions and in reasons."""
    return {
        rulebook.catalogue[name].column
        for rulebook in rulebooks
        for rule in rulebook.rules
        for name in rulebook.facts_behind(rule.when) | set(rule.because.facts)
    }
