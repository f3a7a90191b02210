"""The truth of the other council: which households live where, and who lets out shared houses."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bench.other_council.chance import Chance
from bench.other_council.homes import Home, Homes
from bench.other_council.households import LODGER, Household, Households, long_ago
from bench.other_council.vocabulary import places

_TENURES = ("owner", "social", "private")


class _Kind(NamedTuple):
    share: float
    tenures: tuple[float, float, float]


_KINDS = {
    "single": _Kind(0.217, (0.48, 0.245, 0.275)),
    "couple": _Kind(0.130, (0.53, 0.237, 0.233)),
    "family": _Kind(0.179, (0.506, 0.266, 0.228)),
    "lone": _Kind(0.093, (0.51, 0.26, 0.23)),
    "pensioner": _Kind(0.102, (0.508, 0.271, 0.221)),
    "pensioner couple": _Kind(0.068, (0.506, 0.26, 0.234)),
    "sharers": _Kind(0.016, (0.42, 0.30, 0.28)),
    "three generations": _Kind(0.049, (0.555, 0.226, 0.219)),
    LODGER: _Kind(0.037, (0.0, 0.0, 1.0)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedHouse:
    """A house let by the room; its council tax is the landlord's."""

    home: Home
    landlord: str
    start: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """All that the extracts tell of, as it is."""

    households: list[Household]
    shared_houses: list[SharedHouse]


def new_town(chance: Chance, *, households: int, seed: int) -> Town:
    """So many households of today; while a shared house has rooms left, they fill among the others."""
    homes = Homes(chance, households=households, seed=seed)
    living, rooms = Households(chance, homes), _Rooms(chance, homes)
    for _ in range(households):
        full = rooms.left == 0
        kind = _kind(chance) if full or chance.habit(0.7) else LODGER
        if kind == LODGER:
            living.add(LODGER, "private", rooms.next_room())
        else:
            tenure = _TENURES[chance.position(_KINDS[kind].tenures)]
            living.add(kind, tenure, homes.any_home())
    return Town(households=living.all, shared_houses=rooms.houses)


class _Rooms:
    """Rooms of shared houses, one house after the other."""

    def __init__(self, chance: Chance, homes: Homes) -> None:
        self.left = 0
        self.houses: list[SharedHouse] = []
        self._chance, self._homes = chance, homes

    def next_room(self) -> Home:
        if self.left == 0:
            self._open_house()
        self.left -= 1
        return self.houses[-1].home

    def _open_house(self) -> None:
        home = self._homes.house()
        self.left = self._chance.whole(3, 7)
        landlord = self._chance.one_of(places()["landlords"])
        self.houses.append(SharedHouse(home=home, landlord=landlord, start=long_ago(self._chance)))


def _kind(chance: Chance) -> str:
    return list(_KINDS)[chance.position([kind.share for kind in _KINDS.values()])]
