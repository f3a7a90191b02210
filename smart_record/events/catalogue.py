"""The events that rules may speak of: one form for name, meaning, source and purpose.

An event is something that happened to a household on a day and that a record tells of. A household of which
a source has no record has no known events of it, which is not the same as none.
"""

from dataclasses import dataclass

import polars as pl

from smart_record.facts.terms.catalogue import column_of
from smart_record.purposes import Purpose

HAPPENED_SCHEMA = pl.Schema(
    {
        "household_id": pl.String(),
        "event": pl.String(),
        "happened_on": pl.Date(),
        "known_on": pl.Date(),
        "source": pl.String(),
        "record_ref": pl.String(),
    }
)
"""Columns of `Events.happened`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of the catalogue.

    Attributes:
        name: Dotted name, as rule files write it; no fact is called so.
        meaning: One plain-English phrase in the past tense: "a rent payment was missed".
        sources: Declared extracts it is derived from.
        purposes: Legal purposes under which it may be used.
        note: Which day it has, and when it is not known.
    """

    name: str
    meaning: str
    sources: tuple[str, ...]
    purposes: frozenset[Purpose]
    note: str = ""

    @property
    def column(self) -> str:
        """The column of `Events.reach` that says since when it is known."""
        return column_of(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """The events of all households as of a date.

    Attributes:
        happened: One row an event of a household, by household_id, event, happened_on and record_ref.
            Columns as `HAPPENED_SCHEMA`: the day it happened, the day from which a record could tell of it,
            and the record (`source` as in links).
        reach: One row a household, by household_id. Columns: household_id, and one of dates for each event
            of the catalogue: all of its days from that one on are known; `smart_record.events.history.EVER`
            where its whole past is; null where the household's records tell nothing of it.
    """

    happened: pl.DataFrame
    reach: pl.DataFrame
