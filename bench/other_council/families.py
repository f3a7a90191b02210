"""Who lives with whom in the other council? One person or a couple, and their children."""

from dataclasses import dataclass, replace

from bench.other_council.chance import Chance
from bench.other_council.people import People, Person

_COUPLES = ("couple", "family", "pensioner couple", "three generations")
_WITH_CHILDREN = ("family", "lone")
_CHILDREN = (0.43, 0.32, 0.17, 0.06, 0.015, 0.005)
"""Shares of one child, two, and so on."""
_GROUPS_OF_ONE_SURNAME = ("british", "portuguese", "east_european", "african")
"""Where more wives take the surname."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Those whom one claim names."""

    head: Person
    partner: Person | None = None
    children: tuple[Person, ...] = ()


def new_family(chance: Chance, people: People, *, kind: str, group: str) -> Family:
    """Whoever lives in a household of a kind, but a grown-up child."""
    couple = kind in _COUPLES
    sex = "M" if couple else "F" if kind == "lone" and chance.habit(0.86) else chance.one_of("MF")
    youngest, oldest = _ages(kind)
    head = people.person(group, sex, youngest=youngest, oldest=oldest)
    partner = _wife(chance, people, head) if couple else None
    children = _children(chance, people, head, partner) if kind in _WITH_CHILDREN else ()
    return Family(head=head, partner=partner, children=children)


def grown_up_child(chance: Chance, people: People, parent: Person) -> Person:
    """One who stayed with the parents, at times of the father's very name."""
    child = people.person(
        parent.group,
        chance.one_of("MF"),
        youngest=19,
        oldest=max(20, parent.age - 22),
        surname=parent.surname,
    )
    if child.sex == parent.sex == "M" and chance.habit(0.2):
        return replace(child, forename=parent.forename)
    return child


def _ages(kind: str) -> tuple[int, int]:
    if kind.startswith("pensioner"):
        return 66, 92
    return (45, 72) if kind == "three generations" else (19, 66)


def _wife(chance: Chance, people: People, husband: Person) -> Person:
    wife = people.person(
        husband.group, "F", youngest=max(18.5, husband.age - 8), oldest=min(95, husband.age + 6)
    )
    if chance.habit(0.66 if husband.group in _GROUPS_OF_ONE_SURNAME else 0.5):
        return replace(wife, surname=husband.surname, maiden=wife.surname)
    return wife


def _children(chance: Chance, people: People, head: Person, partner: Person | None) -> tuple[Person, ...]:
    count = 1 + chance.position(_CHILDREN)
    children = [_child(chance, people, head, partner) for _ in range(count)]
    if count > 1 and chance.habit(0.10):  # twins
        children[-1] = replace(children[-1], born=children[-2].born)
    if children[0].sex == head.sex == "M" and chance.habit(0.06):
        children[0] = replace(children[0], forename=head.forename)
    return tuple(children)


def _child(chance: Chance, people: People, head: Person, partner: Person | None) -> Person:
    surname = None
    if chance.habit(0.85 if partner else 0.68):
        surname = head.surname
    elif partner and chance.habit(0.3):
        surname = partner.surname
    oldest = min(16.5, max(1, head.age - 17))
    return people.person(head.group, chance.one_of("MF"), youngest=0.1, oldest=oldest, surname=surname)
