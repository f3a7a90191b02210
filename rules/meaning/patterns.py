"""What a condition on events means, in plain Python for one household: every executor is held to this.

Only the days from the lookback's first to the as-of date count. Where some of them are not known, events that
are known may still meet the condition; that it is not met is known only where the records leave no room.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from rules.language.event_tree import Followed, Happened, Length, Pattern, events_of
from rules.language.tree import Constant, Known, Literal
from smart_record.events import EVER, Happening, History
from smart_record.facts.terms.catalogue import FactType

Told: TypeAlias = tuple[str, Happening]
"""An event by its name."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The events of one kind that a bound pattern looks at.

    Attributes:
        happenings: Those in its days, earliest first.
        complete: Whether all of those days are known.
    """

    happenings: tuple[Happening, ...]
    complete: bool


def settled(pattern: Pattern, value: Callable[[Constant], int]) -> Pattern:
    """A pattern with its numbers in place, and its lengths in days: the form that all else here takes."""

    def in_days(length: Length) -> Length:
        return Length(Literal(FactType.COUNT, value(length.amount) * length.per), 1, length.span)

    lately = in_days(pattern.lately) if pattern.lately else None
    if isinstance(pattern, Followed):
        return Followed(pattern.first, pattern.then, in_days(pattern.within), lately, pattern.span)
    within = in_days(pattern.within) if pattern.within else None
    count = Literal(FactType.COUNT, value(pattern.count), pattern.count.span)
    return Happened(count, pattern.event, within, lately, pattern.span)


def days_of(length: Length | None) -> int | None:
    """The days of a bound length."""
    if length is None:
        return None
    assert isinstance(length.amount, Literal)
    return int(str(length.amount.value)) * length.per


def first_day(pattern: Pattern, as_of: date) -> date:
    """The earliest day that a bound pattern looks at."""
    days = days_of(pattern.lately)
    return EVER if days is None else as_of - timedelta(days=days)


def seen(pattern: Pattern, event: str, known: Mapping[str, Known | None], as_of: date) -> Seen:
    """What a bound pattern sees of one of its events."""
    history = known.get(event)
    if not isinstance(history, History):
        return Seen((), complete=False)
    first = first_day(pattern, as_of)
    here = tuple(each for each in sorted(history.happenings) if first <= each.on <= as_of)
    # Without a lookback the records are asked for as far back as they go.
    reaches = history.known_from is not None and (pattern.lately is None or history.known_from <= first)
    return Seen(here, complete=reaches)


def truth_of_pattern(pattern: Pattern, known: Mapping[str, Known | None], as_of: date) -> bool | None:
    """Whether a bound pattern is met; None where that is not known."""
    views = [seen(pattern, event, known, as_of) for event in events_of(pattern)]
    if matched(pattern, *(view.happenings for view in views)):
        return True
    return None if may_still_be(pattern, known, as_of) else False


def may_still_be(pattern: Pattern, known: Mapping[str, Known | None], as_of: date) -> bool:
    """Whether days that are not known leave room for a bound pattern that no known events meet."""
    views = [seen(pattern, event, known, as_of) for event in events_of(pattern)]
    nothing_there = any(view.complete and not view.happenings for view in views)
    return not nothing_there and not all(view.complete for view in views)


def matched(pattern: Pattern, *events: tuple[Happening, ...]) -> tuple[Happening, ...]:
    """The latest events that meet a bound pattern, earliest first; none where nothing does."""
    if isinstance(pattern, Followed):
        return _followed(days_of(pattern.within) or 0, *events)
    assert isinstance(pattern.count, Literal)
    return _several(int(str(pattern.count.value)), days_of(pattern.within), *events)


def on_edge(pattern: Pattern, known: Mapping[str, Known | None], as_of: date) -> bool:
    """Whether an event lies on the last day of one of a bound pattern's windows, or a day beyond."""
    first, within = first_day(pattern, as_of), days_of(pattern.within)
    histories = [known.get(name) for name in events_of(pattern)]
    days = [each.on for one in histories if isinstance(one, History) for each in one.happenings]
    edges = {first, first - timedelta(days=1)} if pattern.lately else set()
    apart = {(then - one).days for one in days for then in days}
    return not edges.isdisjoint(days) or (within is not None and not apart.isdisjoint({within, within + 1}))


def told(pattern: Pattern, known: Mapping[str, Known | None], as_of: date) -> tuple[Told, ...]:
    """The events that meet a bound pattern; where nothing does, all that it sees."""
    names = events_of(pattern)
    views = [seen(pattern, name, known, as_of).happenings for name in names]
    if met := matched(pattern, *views):
        return tuple(zip(names if len(names) == len(met) else names * len(met), met, strict=True))
    return tuple((name, each) for name, view in zip(names, views, strict=True) for each in view)


def unheard(pattern: Pattern, known: Mapping[str, Known | None], as_of: date) -> tuple[str, ...]:
    """The events of a bound pattern that are not known for all of its days."""
    return tuple(name for name in events_of(pattern) if not seen(pattern, name, known, as_of).complete)


def _followed(
    within: int, firsts: tuple[Happening, ...], thens: tuple[Happening, ...]
) -> tuple[Happening, ...]:
    pairs = [(first, then) for then in thens for first in firsts if 0 <= (then.on - first.on).days <= within]
    return max(pairs, key=lambda pair: (pair[1], pair[0]), default=())


def _several(count: int, within: int | None, events: tuple[Happening, ...]) -> tuple[Happening, ...]:
    for last in reversed(events):
        before = [
            each for each in events if each <= last and (within is None or (last.on - each.on).days <= within)
        ]
        if len(before) >= count:
            return tuple(before)
    return ()
