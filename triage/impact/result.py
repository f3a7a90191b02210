"""What a comparison of two rulebooks says: counts, groups, load, and who would change."""

from dataclasses import dataclass
from datetime import date

SMALLEST = 5
"""Counts of a ward or group below this are not told: they could point to a household."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A rulebook of the comparison.

    Attributes:
        name: What it is to the council: "in force since ...", "a draft".
    """

    content_hash: str
    rules: int
    name: str = "rulebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that the files say otherwise.

    Attributes:
        what: `rule` or `parameter`.
        name: Its id or name.
        change: What differs, in words.
    """

    what: str
    name: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Households by rule, intervention, tier or team.

    Attributes:
        key: Rule id, intervention id, tier or team.
        title: As officers know it.
        old: Households on the last night under the old rulebook; `new` under the new one.
        gained: Households that have it under the new and not under the old one on at least one night.
        lost: The reverse. None is a figure that is not told.
    """

    key: str
    title: str
    old: int | None
    new: int | None
    gained: int | None
    lost: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """What the offers of one intervention cost the council over the replay.

    Attributes:
        key: Intervention id.
        old_offers: Households it is offered to on any night under the old rulebook; `new_offers` the new one.
        old_each: Pence of one by the old rulebook's figures; None where it has none; `new_each` by the new's.
        old_pence: What the old rulebook's offers cost; `new_pence` the new one's.
        confirmed: Whether every figure behind it is confirmed for the council.
    """

    key: str
    title: str
    old_offers: int
    new_offers: int
    old_each: int | None
    new_each: int | None
    old_pence: int | None
    new_pence: int | None
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What all offers cost the council over the replay, as far as figures are held.

    Attributes:
        old_pence: Under the old rulebook; `new_pence` under the new one.
        confirmed: Whether every figure is confirmed for the council.
        without_figure: Titles of interventions without one, which are not in the sums.
    """

    lines: tuple[CostLine, ...]
    old_pence: int
    new_pence: int
    confirmed: bool
    without_figure: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """Households of a ward or group that gain or lose an offer on at least one night.

    Attributes:
        households: In the group on the last night; None where the figure is not told, as in the others.
    """

    key: str
    households: int | None
    gained: int | None
    lost: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NightLine:
    """Households with an offer on one night, and how many gain and lose one."""

    as_of: date
    old: int
    new: int
    gained: int
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLoad:
    """Tier 3 load of a team in a week.

    Attributes:
        week: Its Monday.
        capacity: New households the team can take in a week; a statutory case goes in beyond it.
        old_taken: Households that went into the queue; `old_waiting` those that found no place.
    """

    week: date
    team: str
    title: str
    capacity: int
    old_taken: int
    old_waiting: int
    new_taken: int
    new_waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One household that would gain or lose one offer.

    Attributes:
        as_of: The last night on which it does; `nights` says on how many.
        rule_id: The rule that leads to it under the rulebook that offers it.
        because: That rule's reason.
        otherwise: What the other rulebook says instead.
    """

    household_id: str
    intervention: str
    change: str
    as_of: date
    nights: int
    rule_id: str
    because: str
    otherwise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """The whole comparison.

    Attributes:
        nights: As-of dates replayed, oldest first.
        households: On the last of them.
        households_gaining: Households that gain at least one offer on at least one night.
        households_losing: Those that lose one; a household may do both.
        changes: The most urgent of `changes_in_all`.
        notes: What the figures leave out.
    """

    old: Compared
    new: Compared
    nights: tuple[date, ...]
    households: int
    households_gaining: int
    households_losing: int
    differences: tuple[Difference, ...]
    rules: tuple[Line, ...]
    interventions: tuple[Line, ...]
    costs: Costs
    tiers: tuple[Line, ...]
    teams: tuple[Line, ...]
    wards: tuple[GroupLine, ...]
    tenures: tuple[GroupLine, ...]
    kinds: tuple[GroupLine, ...]
    by_night: tuple[NightLine, ...]
    load: tuple[WeekLoad, ...]
    changes: tuple[Change, ...]
    changes_in_all: int
    notes: tuple[str, ...]
