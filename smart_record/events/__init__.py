"""What happened to a household, day by day, as of a date: the catalogue and how each event is derived."""

from smart_record.events.catalogue import Event, Events
from smart_record.events.declarations import EVENT_CATALOGUE, EVENTS
from smart_record.events.derive import derive_events
from smart_record.events.history import EVER, Happening, History, histories_of

__all__ = [
    "EVENTS",
    "EVENT_CATALOGUE",
    "EVER",
    "Event",
    "Events",
    "Happening",
    "History",
    "derive_events",
    "histories_of",
]
