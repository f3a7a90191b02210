"""Where can somebody live in the other council? Streets, houses, and buildings of flats, home by home."""

from dataclasses import dataclass, field

import numpy as np

from bench.other_council.chance import Chance
from bench.other_council.vocabulary import places

POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_NUMBERS, _FLATS, _NUMBERS_OF_A_POSTCODE = 276, 31, 15
_FEWEST_STREETS, _FEWEST_NAMES, _HOUSEHOLDS_OF_A_STREET, _BUILDINGS_OF_A_STREET = 45, 60, 110, 8
_FIRST_UPRN = 200_003_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One dwelling.

    Attributes:
        beside: The UPRN of a neighbour, or of another flat of the building.
        shell: The UPRN of the building it is a flat of.
    """

    street: str
    locality: str
    number: int
    flat: int | None
    building: str | None
    postcode: str
    uprn: str
    beside: str | None
    shell: str | None


@dataclass(slots=True, kw_only=True)
class _Building:
    name: str | None
    uprn: str
    flats: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Street:
    name: str
    district: str
    locality: str
    houses: dict[int, str] = field(default_factory=dict)
    buildings: dict[int, _Building] = field(default_factory=dict)
    postcodes: dict[int, str] = field(default_factory=dict)


class Homes:
    """The homes of a council; each is given out once."""

    def __init__(self, chance: Chance, *, households: int, seed: int) -> None:
        self._chance = chance
        self._uprn = _FIRST_UPRN + 7 * seed
        self._streets = self._laid_out(households)
        for street in self._streets:
            numbers = chance.rng.choice(np.arange(1, _NUMBERS), size=_BUILDINGS_OF_A_STREET, replace=False)
            street.buildings = {int(number): self._new_building() for number in numbers}

    def any_home(self) -> Home:
        """A house or a flat."""
        return self._found(flats=0.22)

    def house(self) -> Home:
        """A house."""
        return self._found(flats=None)

    def _found(self, *, flats: float | None) -> Home:
        while True:
            street = self._chance.one_of(self._streets)
            is_flat = flats is not None and self._chance.habit(flats)
            home = self._flat_in(street) if is_flat else self._house_in(street)
            if home is not None:
                return home

    def _house_in(self, street: _Street) -> Home | None:
        number = self._chance.whole(1, _NUMBERS)
        if number in street.buildings or number in street.houses:
            return None
        beside = street.houses.get(number - 1) or street.houses.get(number + 1)
        uprn = street.houses[number] = self._next_uprn()
        return self._home(street, number, uprn=uprn, beside=beside)

    def _flat_in(self, street: _Street) -> Home | None:
        number = self._chance.one_of(list(street.buildings))
        building, flat = street.buildings[number], self._chance.whole(1, _FLATS)
        if flat in building.flats:
            return None
        beside = next(iter(building.flats.values()), None)
        uprn = building.flats[flat] = self._next_uprn()
        return self._home(street, number, uprn=uprn, beside=beside, flat=flat)

    def _home(
        self, street: _Street, number: int, *, uprn: str, beside: str | None, flat: int | None = None
    ) -> Home:
        building = street.buildings[number] if flat else None
        return Home(
            street=street.name,
            locality=street.locality,
            number=number,
            flat=flat,
            building=building.name if building else None,
            postcode=self._postcode(street, number),
            uprn=uprn,
            beside=beside,
            shell=building.uprn if building else None,
        )

    def _postcode(self, street: _Street, number: int) -> str:
        block = number // _NUMBERS_OF_A_POSTCODE
        if block not in street.postcodes:
            sector = f"{street.district} {self._chance.whole(1, 10)}"
            letters = [self._chance.one_of(POSTCODE_LETTERS) for _ in range(2)]
            street.postcodes[block] = sector + "".join(letters)
        return street.postcodes[block]

    def _new_building(self) -> _Building:
        name = self._chance.one_of(places()["buildings"]) if self._chance.habit(0.75) else None
        return _Building(name=name, uprn=self._next_uprn())

    def _next_uprn(self) -> str:
        self._uprn += self._chance.whole(1, 6)
        return str(self._uprn)

    def _laid_out(self, households: int) -> list[_Street]:
        districts, wanted = places()["districts"], households // _HOUSEHOLDS_OF_A_STREET
        named = [(name, street) for name, district in districts.items() for street in district["streets"]]
        more = _more_streets(max(_FEWEST_NAMES, wanted) - len(named))
        named += [(self._chance.one_of(list(districts)), street) for street in more]
        self._chance.rng.shuffle(named)
        return [
            _Street(name=street, district=name, locality=self._chance.one_of(districts[name]["localities"]))
            for name, street in named[: max(_FEWEST_STREETS, wanted)]
        ]


def _more_streets(count: int) -> list[str]:
    stems, types = places()["more_streets"].split(), places()["street_types"]
    return [
        f"{stems[place % len(stems)]} {types[(place // len(stems) + place) % len(types)]}"
        for place in range(count)
    ]
