"""Who lives in the other council? One person at a time: name, birth, National Insurance number, contacts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bench.other_council.chance import Chance
from bench.other_council.vocabulary import Names, name_groups

AS_OF = date(2026, 10, 31)
"""The day the extracts are cut on."""

_YEAR = 365.25
_NUMBER_LETTERS = "ABCEGHJKLMNOPRSTWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented person.

    Attributes:
        group: Of names.
        sex: F or M.
        maiden: The surname at birth, where a marriage changed it.
        title: A woman's.
    """

    person_id: str
    group: str
    sex: str
    forename: str
    surname: str
    middle: str | None
    born: date
    nino: str
    title: str
    telephone: str | None
    email: str | None
    maiden: str | None = None

    @property
    def age(self) -> float:
        """In years, as of the extracts."""
        return (AS_OF - self.born).days / _YEAR


class People:
    """Whoever was invented so far; no two have one number or one email address."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._ninos: set[str] = set()
        self._emails: set[str] = set()
        self._count = 0

    def person(
        self, group: str, sex: str, *, youngest: float, oldest: float, surname: str | None = None
    ) -> Person:
        """Somebody new, of a surname if one is given."""
        chance, names = self._chance, name_groups()[group]
        forename = names.forenames[sex].drawn(chance)
        nino = self._new_nino()
        born = AS_OF - timedelta(days=chance.whole(int(youngest * _YEAR), int(oldest * _YEAR)))
        self._count += 1
        middle = self._middle(group, names.forenames, sex)
        surname = surname or names.surnames.drawn(chance)
        return Person(
            person_id=f"P{self._count:07d}",
            group=group,
            sex=sex,
            forename=forename,
            surname=surname,
            middle=middle,
            born=born,
            nino=nino,
            title=chance.one_of(["MRS", "MISS", "MS"]),
            telephone=f"07{chance.whole(0, 10**9):09d}" if chance.habit(0.72) else None,
            email=self._new_email(f"{forename}.{surname}") if chance.habit(0.3) else None,
        )

    def _middle(self, group: str, forenames: Mapping[str, Names], sex: str) -> str | None:
        if group == "chinese" or not self._chance.habit(0.55):
            return None
        return forenames[sex].drawn(self._chance)

    def _new_nino(self) -> str:
        chance = self._chance
        while True:
            letters = "".join(chance.one_of(_NUMBER_LETTERS) for _ in range(2))
            nino = f"{letters}{chance.whole(0, 10**6):06d}{chance.one_of('ABCD')}"
            if nino not in self._ninos:
                self._ninos.add(nino)
                return nino

    def _new_email(self, name: str) -> str:
        email = f"{name}{self._chance.whole(1, 100)}@example.org".lower()
        if email in self._emails:
            email = email.replace("@", f".{self._count}@")
        self._emails.add(email)
        return email
