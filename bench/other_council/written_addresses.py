"""How does each system write an address? Flats in many forms, streets shortened, lines missing."""

from bench.other_council.chance import Chance
from bench.other_council.homes import Home
from bench.other_council.vocabulary import places
from bench.other_council.written_names import mistyped

_FLAT = ("Flat", "Flat", "Flat", "Apt", "FLT")
_FLAT_IF_DIRTIER = (*_FLAT, "Apartment", "Unit", "Fl")


def council_tax_lines(chance: Chance, home: Home) -> list[str | None]:
    """Four lines."""
    lines = _with_locality(chance, home)
    lines += [] if chance.worse(0.1) else [places()["town"]]
    return _fields(chance, lines, 4)


def benefit_lines(chance: Chance, home: Home) -> list[str | None]:
    """Three lines; what does not fit is lost."""
    return _fields(chance, [*_with_locality(chance, home), places()["town"]], 3)


def rent_line(chance: Chance, home: Home) -> str:
    """All in one."""
    lines = _lines(chance, home, before_building=", ")
    lines += [home.locality] if chance.worse(0.15) else []
    lines += [places()["town"]] if chance.habit(0.7) else []
    return ", ".join(lines)


def _with_locality(chance: Chance, home: Home) -> list[str]:
    lines = _lines(chance, home, before_building=" ")
    return [*lines, home.locality] if chance.habit(0.5) else lines


def _fields(chance: Chance, lines: list[str], count: int) -> list[str | None]:
    written = [line.upper() for line in lines] if chance.worse(0.12) else lines
    return [*written, *[None] * count][:count]


def _lines(chance: Chance, home: Home, *, before_building: str) -> list[str]:
    street = _street(chance, home.street)
    if home.flat is not None:
        return _flat_lines(chance, home, street, before_building)
    letter = chance.one_of("Aa") if chance.worse(0.015) else ""
    return [f"{home.number}{letter} {street}"]


def _flat_lines(chance: Chance, home: Home, street: str, before_building: str) -> list[str]:
    word = chance.one_of(_FLAT_IF_DIRTIER if chance.excess else _FLAT)
    if chance.rng.random() < 0.07:
        return [f"{home.flat}/{home.number} {street}"]
    if chance.worse(0.06):
        turned = f"{home.number}/{home.flat} {street}"
        return [turned if chance.habit(0.3) else f"{home.number} {street} {word} {home.flat}"]
    flat = f"{word} {home.flat}"
    if home.building and not chance.worse(0.12):
        flat += before_building + home.building
    return [flat, f"{home.number} {street}"]


def _street(chance: Chance, name: str) -> str:
    """A street as it is typed; only its last word is left out, and that seldom."""
    first, *rest = name.split()
    if first == "St" and chance.habit(0.6):
        first = chance.one_of(["Saint", "St."])
    words = [first, *(_shortened(chance, word) for word in rest)]
    street = " ".join(words)
    if chance.error(0.015):
        street = mistyped(chance, street)
    return " ".join(words[:-1]) if len(words) > 1 and chance.worse(0.03) else street


def _shortened(chance: Chance, word: str) -> str:
    forms = places()["shortened"].get(word)
    return chance.one_of(forms) if forms and chance.habit(0.2 + 0.08 * chance.excess) else word
