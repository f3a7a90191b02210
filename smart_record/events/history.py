"""One household's events of one kind, and how far back they are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from smart_record.events.catalogue import Event, Events

EVER: Final = date(1800, 1, 1)
"""Since when an event is known whose whole past is."""


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """One event.

    Attributes:
        on: The day it happened.
        source: Source of the record that tells of it, as in links; "" where a person said it.
        record_ref: That record's key.
    """

    on: date
    source: str = ""
    record_ref: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The events of one kind of one household as of a date.

    Attributes:
        happenings: Earliest first.
        known_from: All of its days from this one on are known; None where the records tell nothing of it.
    """

    happenings: tuple[Happening, ...]
    known_from: date | None = EVER

    @classmethod
    def of(cls, *days: date, known_from: date | None = EVER) -> "History":
        """A history of days alone.

        >>> len(History.of(date(2026, 5, 1), date(2026, 6, 1)).happenings)
        2
        """
        return cls(tuple(Happening(day) for day in sorted(days)), known_from)

    def with_more(self, *more: Happening) -> "History":
        """The history with further events in it."""
        return History(tuple(sorted((*self.happenings, *more))), self.known_from)


def histories_of(events: Events, household_id: str, catalogue: Iterable[Event]) -> Mapping[str, History]:
    """The histories of one household, by event name; its frames may hold others too."""
    reach = events.reach.filter(household_id=household_id)
    found: dict[str, list[Happening]] = {}
    for row in events.happened.filter(household_id=household_id).iter_rows(named=True):
        found.setdefault(row["event"], []).append(
            Happening(row["happened_on"], row["source"], row["record_ref"])
        )
    return {
        each.name: History(
            tuple(sorted(found.get(each.name, []))),
            reach[each.column].item() if reach.height and each.column in reach.columns else None,
        )
        for each in catalogue
    }
