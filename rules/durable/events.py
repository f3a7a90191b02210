"""A household's events as the integers that durable-rules joins, and the conditions on them."""

from collections.abc import Mapping
from datetime import date

from rules.durable.plan import MAX_EVENTS, EventMessage, EventPattern
from rules.language.event_tree import Followed, Pattern, events_of
from rules.language.tree import Known, Literal
from rules.meaning.patterns import days_of, may_still_be, truth_of_pattern
from smart_record.events import History


class EventFields:
    """The conditions on events of one plan, by field; their events by number.

    Args:
        as_of: Nothing that happened later counts.
    """

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._fields: dict[Pattern, str] = {}
        self._numbers: dict[str, int] = {}

    def field(self, pattern: Pattern) -> str:
        """The field of a bound condition on events."""
        for name in events_of(pattern):
            self._numbers.setdefault(name, len(self._numbers))
        return self._fields.setdefault(pattern, f"p{len(self._fields)}")

    def patterns(self) -> Mapping[str, EventPattern]:
        """The conditions as the library joins them, by field."""
        return {field: self._durable(pattern) for pattern, field in self._fields.items()}

    def asked(
        self, known: Mapping[str, Known | None]
    ) -> tuple[list[EventMessage], dict[str, int], dict[str, int]]:
        """What is known of a household's events.

        Returns:
            Its events; the fields that are 0 where its events meet no pattern; and where it has more events
            than the library can be given, the fields as the reference settles them.
        """
        events = [event for name in self._numbers for event in self._messages(name, known.get(name))]
        if len(events) > MAX_EVENTS:
            return [], {}, self._settled(known)
        otherwise = {
            field: 0
            for pattern, field in self._fields.items()
            if not may_still_be(pattern, known, self._as_of)
        }
        return events, otherwise, {}

    def _messages(self, name: str, history: Known | None) -> list[EventMessage]:
        if not isinstance(history, History):
            return []
        days = sorted(each.on.toordinal() for each in history.happenings if each.on <= self._as_of)
        return [
            {"e": self._numbers[name], "day": day, "n": at, "d": int(at == 0 or days[at - 1] != day)}
            for at, day in enumerate(days)
        ]

    def _settled(self, known: Mapping[str, Known | None]) -> dict[str, int]:
        truths = {
            field: truth_of_pattern(pattern, known, self._as_of) for pattern, field in self._fields.items()
        }
        return {field: int(truth) for field, truth in truths.items() if truth is not None}

    def _durable(self, pattern: Pattern) -> EventPattern:
        since = days_of(pattern.lately)
        durable = {} if since is None else {"since": self._as_of.toordinal() - since}
        if (within := days_of(pattern.within)) is not None:
            durable["within"] = within
        first, *rest = (self._numbers[name] for name in events_of(pattern))
        if isinstance(pattern, Followed):
            return durable | {"first": first, "then": rest[0]}
        assert isinstance(pattern.count, Literal)
        return durable | {"event": first, "others": int(str(pattern.count.value)) - 1}
