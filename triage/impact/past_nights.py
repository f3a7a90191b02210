"""What a replay reads of a past night: facts that the rules read, wards, the risk of that night."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from rules import Rulebook
from triage.nights import read_frame
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
        facts: One row per household_id; the columns that either rulebook reads, and `GROUP_FACTS`.
        households: Columns household_id, ward.
        risk: The risk export's frame; the scores of that night, whatever the rulebook.
        outcomes: Refusals and completions recorded by then.
    """

    as_of: date
    facts: pl.DataFrame
    households: pl.DataFrame
    risk: pl.DataFrame
    outcomes: tuple[RecordedOutcome, ...]


def read_past_night(
    nights: Path, night: Night, rulebooks: Iterable[Rulebook], outcomes: Iterable[RecordedOutcome]
) -> PastNight:
    """Read from a night's folder what a replay of these rulebooks needs."""
    folder = nights / night.night_id
    held = pl.read_parquet_schema(folder / "facts.parquet")
    wanted = columns_read(rulebooks) | set(GROUP_FACTS)
    return PastNight(
        as_of=night.as_of,
        facts=pl.read_parquet(
            folder / "facts.parquet", columns=["household_id", *(name for name in held if name in wanted)]
        ),
        households=pl.read_parquet(folder / "households.parquet", columns=["household_id", "ward"]),
        risk=read_frame(folder, "risk"),
        outcomes=tuple(outcomes),
    )


def columns_read(rulebooks: Iterable[Rulebook]) -> set[str]:
    """Columns of the facts that the rules of these rulebooks read, in conditions and in reasons."""
    return {
        rulebook.catalogue[name].column
        for rulebook in rulebooks
        for rule in rulebook.rules
        for name in rulebook.facts_behind(rule.when) | set(rule.because.facts)
    }
