"""The households of the invented town: tenure, kind, origin of name, home, and when they came to it."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from triage.invented import town
from triage.invented.chance import Flags, Ints, draw, draw_by_row, happens, quota
from triage.invented.homes import build_homes, choose_wards
from triage.invented.timeline import Timeline
from triage.invented.town import Kind, Tenure

_LATELY = 425
_MOVED_WITHIN_TOWN = 0.5
_HOME_TAKEN_OVER = 0.5
_HOUSE_SIZES = (0, 0, 0.2, 0.35, 0.25, 0.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Households:
    """One entry per household in each array.

    Attributes:
        tenure: `Tenure` number.
        kind: `Kind` number.
        group: Position in `town.GROUPS`.
        home: Row of `homes`.
        start: Day they came to it, in days since 1970-01-01.
        previous_home: Row of `homes` they left for it, -1 where they came from elsewhere or long ago.
        previous_start: Day they had come to that one.
        in_shared_house: One of several households in a house let by the room.
        own_account: In a shared house, whether they are liable for council tax themselves.
        homes: Every home, as `homes.build_homes` gives it.
        shared_homes: Rows of `homes` that are shared houses.
    """

    tenure: Ints
    kind: Ints
    group: Ints
    home: Ints
    start: Ints
    previous_home: Ints
    previous_start: Ints
    in_shared_house: Flags
    own_account: Flags
    homes: pl.DataFrame
    shared_homes: Ints

    @property
    def size(self) -> int:
        """How many households."""
        return len(self.kind)

    @property
    def ward(self) -> Ints:
        """Ward number of each household's home."""
        return self.homes["ward"].to_numpy()[self.home]

    @property
    def moved(self) -> Flags:
        """Whether they left another home of the town lately."""
        return self.previous_home >= 0


def settle(rng: np.random.Generator, *, size: int, times: Timeline) -> Households:
    """Settle `size` households in the homes of a town."""
    tenure = quota(rng, town.TENURE_SHARES, size)
    kind = draw_by_row(rng, town.KIND_SHARES, tenure)
    alone_in_private = (tenure == Tenure.PRIVATE) & (kind == Kind.SINGLE)
    shared = alone_in_private & happens(rng, town.SHARED_HOUSE_SHARE, size)
    start = _starts(rng, tenure, times)
    lately = ~shared & (start > times.today - _LATELY)
    movers = np.flatnonzero(lately & happens(rng, _MOVED_WITHIN_TOWN, size))
    home, houses, previous_home, homes = _house(
        rng, tenure, shared, movers[np.argsort(start[movers], kind="stable")]
    )
    previous_start = np.where(
        previous_home >= 0, start - 200 - rng.exponential(1500, size).astype(np.int64), start
    )
    return Households(
        tenure=tenure,
        kind=kind,
        group=draw(rng, town.GROUP_SHARES, size),
        home=home,
        start=start,
        previous_home=previous_home,
        previous_start=previous_start,
        in_shared_house=shared,
        own_account=~shared | happens(rng, 0.3, size),
        homes=homes,
        shared_homes=houses,
    )


def _starts(rng: np.random.Generator, tenure: Ints, times: Timeline) -> Ints:
    """When each household came to its home, some 24 years ago at the earliest."""
    years = rng.exponential(np.array(town.YEARS_IN_HOME)[tenure])
    days = times.today - 14 - np.minimum(years, 24 * rng.random(len(tenure)) ** 0.2) * 365.25
    return days.astype(np.int64)


def _house(
    rng: np.random.Generator, tenure: Ints, shared: Flags, movers: Ints
) -> tuple[Ints, Ints, Ints, pl.DataFrame]:
    """Give everyone a home: first those of one household each, then shared houses, then homes that were left.

    Args:
        rng: Where the dice come from.
        tenure: Tenure number of each household.
        shared: Whether it has a room in a shared house.
        movers: Households that lately left another home of the town, by date.

    Returns: Home of each household, homes that are shared houses, home each mover left (-1 for others),
        and the homes. Half of the homes that were left are those that the next mover took over.
    """
    lodgers = np.flatnonzero(shared)
    house = _shared_houses(rng, len(lodgers))
    alone, houses = len(tenure) - len(lodgers), int(house.max(initial=-1)) + 1
    home = np.empty(len(tenure), dtype=np.int64)
    home[~shared], home[lodgers] = np.arange(alone), alone + house
    taken_over = happens(rng, _HOME_TAKEN_OVER, len(movers)) & (np.arange(len(movers)) < len(movers) - 1)
    left, followed = movers[~taken_over], np.flatnonzero(taken_over)
    previous = np.full(len(tenure), -1, dtype=np.int64)
    previous[left] = alone + houses + np.arange(len(left))
    previous[movers[followed]] = home[movers[followed + 1]]
    tenures = np.concatenate([tenure[~shared], np.full(houses, Tenure.PRIVATE), tenure[left]])
    is_house = np.isin(np.arange(len(tenures)), np.arange(alone, alone + houses))
    homes = build_homes(rng, ward=choose_wards(rng, tenures), tenure=tenures, shared=is_house)
    return home, np.arange(alone, alone + houses), previous, homes


def _shared_houses(rng: np.random.Generator, lodgers: int) -> Ints:
    """Which house each lodging household has its room in: two to five to a house."""
    sizes = draw(rng, _HOUSE_SIZES, lodgers // 2 + 1)
    return np.repeat(np.arange(len(sizes)), sizes)[:lodgers]
