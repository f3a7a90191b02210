"""How do the other council's households live? Each one's home and tenure, since when, and where from."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bench.other_council.chance import Chance
from bench.other_council.families import Family, grown_up_child, new_family
from bench.other_council.homes import Home, Homes
from bench.other_council.people import AS_OF, People, Person
from bench.other_council.vocabulary import name_groups

LODGER = "lodger"
"""The kind of household that has a room of a shared house."""

_GRANDPARENTS = "three generations"
_FIRST_MOVE, _DAYS_OF_MOVES = date(2025, 9, 5), 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The home before, and from when to when it was billed."""

    home: Home
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """One household.

    Attributes:
        start: Since when it lives there.
        gone: When it left, of whoever lived there before the household of today.
        move: Where it came from, of late movers.
        grown_up: A grown-up child with a claim of their own.
    """

    household_id: str
    kind: str
    tenure: str
    home: Home
    family: Family
    start: date
    gone: date | None = None
    move: Move | None = None
    grown_up: Person | None = None


class Households:
    """Invents households one by one; `all` has those so far."""

    def __init__(self, chance: Chance, homes: Homes) -> None:
        self.all: list[Household] = []
        self._chance, self._homes, self._people = chance, homes, People(chance)

    def add(self, kind: str, tenure: str, home: Home) -> None:
        """One more, and in a dirtier council at times whoever lived there before."""
        chance = self._chance
        family = new_family(chance, self._people, kind=kind, group=self._group())
        household = Household(
            household_id=self._next_id(),
            kind=kind,
            tenure=tenure,
            home=home,
            family=family,
            start=long_ago(chance),
        )
        if kind != LODGER and chance.habit(0.052 * (1 + 0.6 * chance.excess)):
            household = self._moved_in(household)
        if kind == _GRANDPARENTS and self._dirtier(0.35):
            grown_up = grown_up_child(chance, self._people, family.head)
            household = replace(household, grown_up=grown_up)
        self.all.append(household)
        if kind != LODGER and self._dirtier(0.02):
            self.all.append(self._before(household))

    def _next_id(self) -> str:
        return f"H{len(self.all):06d}"

    def _group(self) -> str:
        groups = name_groups()
        return list(groups)[self._chance.position([group.share for group in groups.values()])]

    def _dirtier(self, share: float) -> bool:
        return self._chance.excess > 0 and self._chance.worse(share)

    def _moved_in(self, household: Household) -> Household:
        """One that moved: the old bill ends as the new begins, in a dirtier council some weeks off."""
        chance = self._chance
        start = _FIRST_MOVE + timedelta(days=chance.whole(0, _DAYS_OF_MOVES))
        home = self._homes.any_home()
        before, end = start - timedelta(days=chance.whole(200, 7000)), start
        if self._dirtier(0.35):
            end += timedelta(days=chance.whole(-28, 29))
        return replace(household, start=start, move=Move(home=home, start=before, end=end))

    def _before(self, household: Household) -> Household:
        """Whoever had an account there until the household came."""
        chance, group = self._chance, household.family.head.group
        head = self._people.person(group, chance.one_of("MF"), youngest=25, oldest=80)
        return Household(
            household_id=self._next_id(),
            kind="gone",
            tenure="private",
            home=household.home,
            family=Family(head=head),
            start=household.start - timedelta(days=chance.whole(200, 3000)),
            gone=household.start,
        )


def long_ago(chance: Chance) -> date:
    """When somebody came who has not moved of late."""
    return AS_OF - timedelta(days=int(30 + chance.rng.beta(1, 1.05) * 8700))
