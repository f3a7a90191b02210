"""Where a piece of a condition stands in its text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets of characters in the text of a condition, end exclusive."""

    start: int
    end: int


NOWHERE = Span(0, 0)
