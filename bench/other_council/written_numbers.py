"""How are births and numbers written, if at all? Placeholders, slips, temporary numbers, spaces."""

from datetime import date

from bench.other_council.chance import Chance
from bench.other_council.homes import POSTCODE_LETTERS, Home
from bench.other_council.people import Person


def birth(chance: Chance, person: Person, *, missing: float) -> date | None:
    """A date of birth, missing at this rate."""
    if chance.error(missing):
        return None
    kind = chance.rng.random() / chance.dirt
    for bound, slip in _BIRTH_SLIPS:
        if kind < bound:
            return slip(chance, person.born)
    if chance.worse(0.03):
        return person.born.replace(month=chance.whole(1, 13), day=min(person.born.day, 28))
    return person.born


def nino(chance: Chance, person: Person, *, missing: float, temporary: float = 0.0) -> str | None:
    """A National Insurance number, missing or temporary at these rates."""
    if chance.error(temporary):
        return f"TN{person.born:%d%m%y}{person.sex}"
    if chance.error(missing) or chance.worse(0.06):
        return None
    number = _mistyped_nino(chance, person.nino)
    if not chance.habit(0.2):
        return number.lower() if chance.habit(0.01) else number
    spaced = " ".join((number[:2], number[2:4], number[4:6], number[6:8], number[8:])).strip()
    return spaced.lower() if chance.habit(0.33) else spaced


def postcode(chance: Chance, home: Home) -> str | None:
    """A home's postcode as it is typed."""
    if chance.error(0.029):
        return None
    code = home.postcode
    if chance.error(0.008):
        code = code[:-1] + chance.one_of(POSTCODE_LETTERS)
    elif chance.worse(0.02):
        code = code[:-3] + str(chance.whole(1, 10)) + code[-2:]
    kind = chance.rng.random()
    if kind < 0.19:
        return code.replace(" ", "")
    return code.lower() if kind < 0.26 else code


def telephone(chance: Chance, number: str) -> str:
    """A telephone number; only a dirtier council gets it wrong or spaces it."""
    if chance.worse(0.02):
        at = chance.whole(3, 10)
        number = number[:at] + str(chance.whole(0, 10)) + number[at + 1 :]
    return f"{number[:5]} {number[5:]}" if chance.worse(0.15) else number


def uprn(chance: Chance, home: Home, *, missing: float) -> str | None:
    """A home's UPRN, missing at this rate; in a dirtier council at times a neighbour's or the building's."""
    if chance.error(missing, most=0.8):
        return None
    if chance.worse(0.02) and home.beside:
        return home.beside
    if chance.worse(0.01) and home.shell:
        return home.shell
    return home.uprn


def _mistyped_nino(chance: Chance, number: str) -> str:
    if chance.error(0.010):
        at = chance.whole(2, 8)
        digit = (int(number[at]) + chance.whole(1, 10)) % 10
        return number[:at] + str(digit) + number[at + 1 :]
    if chance.worse(0.012):
        at = chance.whole(2, 7)
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return number[:-1] if chance.worse(0.008) else number


def _placeholder(_chance: Chance, _born: date) -> date:
    return date(1900, 1, 1)


def _first_of_january(_chance: Chance, born: date) -> date:
    return date(born.year, 1, 1)


def _day_and_month_swapped(_chance: Chance, born: date) -> date:
    return born.replace(day=born.month, month=born.day) if born.day <= 12 else born


def _another_day(chance: Chance, born: date) -> date:
    return born.replace(day=chance.whole(1, 29))


def _another_year(chance: Chance, born: date) -> date:
    return born.replace(year=born.year + chance.one_of([-10, 10, -1, 1]), day=min(born.day, 28))


_BIRTH_SLIPS = (
    (0.0035, _placeholder),
    (0.0060, _first_of_january),
    (0.0095, _day_and_month_swapped),
    (0.0125, _another_day),
    (0.0170, _another_year),
)
"""At dirt 1; each up to its bound."""
