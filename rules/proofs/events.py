"""What conditions on events have to do with each other, for the prover.

To the prover such a condition is met, not met or not known, and no more: no household's events are made up.
But two of them about the same events may be so that who meets the one surely meets the other, as of three in
30 days and two in 60. That much is assumed, and nothing beyond it.
"""

from collections.abc import Iterable, Iterator
from itertools import permutations
from math import inf

from rules.language.event_tree import Followed, Happened, Length, Pattern
from rules.language.tree import Literal
from rules.meaning.patterns import days_of


def implied(patterns: Iterable[Pattern]) -> Iterator[tuple[Pattern, Pattern]]:
    """Pairs of bound patterns of which the first is never met without the second."""
    return ((strong, weak) for strong, weak in permutations(patterns, 2) if implies(strong, weak))


def implies(strong: Pattern, weak: Pattern) -> bool:
    """Whether events that meet the one always meet the other."""
    if _at_most(strong.lately) > _at_most(weak.lately):
        return False
    match strong, weak:
        case Followed(first, then), Followed(earlier, later):
            return (first, then) == (earlier, later) and _apart(strong) <= _apart(weak)
        case Followed(first, then), Happened(event=event):
            return _count(weak) == 1 and event in (first, then)
        case Happened(event=one), Happened(event=other):
            closer = _count(weak) == 1 or _apart(strong) <= _apart(weak)
            return one == other and _count(strong) >= _count(weak) and closer
        case _:
            return False


def _apart(pattern: Pattern) -> float:
    """The most days between the first and the last event of a pattern that is met."""
    return min(_at_most(pattern.within), _at_most(pattern.lately))


def _at_most(length: Length | None) -> float:
    days = days_of(length)
    return inf if days is None else days


def _count(pattern: Pattern) -> int:
    if isinstance(pattern, Followed):
        return 1
    assert isinstance(pattern.count, Literal)
    return int(str(pattern.count.value))
