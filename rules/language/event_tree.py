"""What a condition may say of events, as nodes of the typed tree.

Days are whole days and both ends of a window count: "within 30 days" is the same day up to the thirtieth
day after, "in the last 30 days" is the as-of date and the thirty days before it.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from rules.language.span import NOWHERE, Span

if TYPE_CHECKING:
    from rules.language.tree import Constant


@dataclass(frozen=True, slots=True)
class EventName:
    """An event of the catalogue, named in a condition."""

    name: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Length:
    """A number of days, or of weeks (`per` is 7)."""

    amount: "Constant"
    per: int
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Happened:
    """`at least 2 of E within 90 days in the last 365 days`, `E in the last 30 days` (`count` is 1).

    Attributes:
        count: How many there must be.
        event: Of which event.
        within: They lie no further apart; None where that does not matter.
        lately: Only those of so long ago count; None for as far back as the records go.
    """

    count: "Constant"
    event: EventName
    within: Length | None
    lately: Length | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Followed:
    """`A then B within 30 days in the last 90 days`: some B on the day of some A or up to 30 days after.

    Attributes:
        first: The earlier event.
        then: The later one, another than the earlier.
        within: From the one to the other.
        lately: Both lie no longer ago; None for as far back as the records go.
    """

    first: EventName
    then: EventName
    within: Length
    lately: Length | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Pattern: TypeAlias = Happened | Followed
"""A condition on events; not known where the records do not reach as far as it looks."""


def events_of(pattern: Pattern) -> tuple[str, ...]:
    """Names of the events that a pattern is about."""
    if isinstance(pattern, Happened):
        return (pattern.event.name,)
    return (pattern.first.name, pattern.then.name)
