"""How does a clerk write a name? Nicknames, other spellings, slips, initials, titles, two in one field."""

import re

from bench.other_council.chance import Chance
from bench.other_council.people import Person
from bench.other_council.vocabulary import nicknames, spellings

_ROWS_OF_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    for row in _ROWS_OF_KEYS
    for at, key in enumerate(row)
}
_LOOK_ALIKES = (("o", "0"), ("l", "1"), ("s", "5"), ("m", "rn"), ("i", "l"))
_A_TITLE = re.compile(r"^(Mr|MR|Mrs|Miss|MISS) ")

Fields = tuple[str, str]
"""A forename and a surname."""


def mistyped(chance: Chance, word: str) -> str:
    """A word with one slip, its first letter standing but for a swap; shorter ones than three are left."""
    if len(word) < 3:
        return word
    at = chance.whole(1, len(word))
    before, letter, behind, kind = word[:at], word[at], word[at + 1 :], chance.rng.random()
    if kind < 0.22:
        return before + behind
    if kind < 0.42:
        return before + letter + letter + behind
    if kind < 0.66:
        return before[:-1] + letter + before[-1] + behind
    if kind < 0.90 and letter.lower() in _BESIDE:
        return before + chance.one_of(_BESIDE[letter.lower()]) + behind
    return _misread(word) or before + behind


def in_two_fields(chance: Chance, person: Person) -> Fields:
    """A name as benefits and rent have it, at times in capitals."""
    forename, surname = _swapped(chance, _in_own_field(chance, person))
    if chance.habit(0.28) and len(forename) > 1:
        return forename.upper(), surname.upper()
    return forename, surname


def in_one_field(chance: Chance, person: Person) -> str:
    """A name as council tax has it."""
    forename, surname = _swapped(chance, _entered(chance, person))
    if chance.habit(0.045 + 0.10 * chance.excess):
        forename = forename[0]
    middle, title = _middle(chance, person), _title(chance, person)
    kind = chance.rng.random()
    if chance.worse(0.04):
        return _surname_first(chance, surname, f"{forename}{middle}", title)
    if kind < 0.20:
        return f"{forename} {surname}"
    name = f"{forename}{middle} {surname}"
    return (name if kind < 0.29 else f"{title} {name}").upper()


def two_in_one_field(chance: Chance, husband: Person, wife: Person) -> str:
    """A couple of one surname as council tax has it where both are in the first field."""
    (his, surname), (hers, _) = (_without_title(chance, person) for person in (husband, wife))
    if chance.worse(0.15):
        return f"{husband.forename} & {wife.forename} {surname}".upper()
    if chance.worse(0.2):
        return f"MR {husband.forename[0]} {surname} & MRS {wife.forename[0]} {wife.surname}".upper()
    return f"MR {his[0]} & MRS {hers[0]} {surname}".upper()


def _entered(chance: Chance, person: Person) -> Fields:
    """What was understood and typed of a name."""
    forename, surname = _forename(chance, person.forename), _surname(chance, person)
    if chance.error(0.021):
        forename = mistyped(chance, forename)
    if chance.error(0.023):
        surname = mistyped(chance, surname)
    return forename, surname


def _in_own_field(chance: Chance, person: Person) -> Fields:
    """A name whose forename has a field of its own: room for an initial, a middle name or a title."""
    forename, surname = _entered(chance, person)
    if chance.error(0.046):
        forename = forename[0]
    elif person.middle and chance.worse(0.05):
        forename += f" {person.middle if chance.habit(0.5) else person.middle[0]}"
    if chance.worse(0.02):
        title = chance.one_of(["Mr", "MR"] if person.sex == "M" else ["Mrs", "Miss", "MISS"])
        forename = f"{title} {forename}"
    return forename, surname


def _swapped(chance: Chance, name: Fields) -> Fields:
    forename, surname = name
    return (surname, forename) if chance.error(0.009) else name


def _without_title(chance: Chance, person: Person) -> Fields:
    forename, surname = _in_own_field(chance, person)
    return _A_TITLE.sub("", forename), surname


def _forename(chance: Chance, name: str) -> str:
    if name in nicknames() and chance.error(0.033):
        return chance.one_of(nicknames()[name])
    if name in spellings() and chance.error(0.05):
        return chance.one_of(spellings()[name])
    return name


def _surname(chance: Chance, person: Person) -> str:
    name = _married_or_maiden(chance, person)
    if person.sex == "F" and person.group == "east_european" and name.endswith("ski") and chance.worse(0.35):
        name = name[:-1] + "a"
    if "-" in name and chance.worse(0.2):
        name = name.replace("-", " ")
    if "'" in name and chance.worse(0.25):
        name = name.replace("'", chance.one_of(["", " "]))
    return name


def _married_or_maiden(chance: Chance, person: Person) -> str:
    name, maiden = person.surname, person.maiden
    if maiden and chance.error(0.022):
        return maiden
    if maiden and chance.worse(0.03):
        return f"{maiden}-{name}" if chance.habit(0.5) else f"{name}-{maiden}"
    if name in spellings() and chance.error(0.06):
        return chance.one_of(spellings()[name])
    return name


def _middle(chance: Chance, person: Person) -> str:
    if person.middle and chance.habit(0.29):
        return f" {person.middle[0]}"
    if person.middle and chance.worse(0.04):
        return f" {person.middle}"
    return ""


def _title(chance: Chance, person: Person) -> str:
    if person.sex == "M":
        return "MR"
    return chance.one_of(["MRS", "MISS", "MS"]) if chance.error(0.04) else person.title


def _surname_first(chance: Chance, surname: str, forenames: str, title: str) -> str:
    if chance.habit(0.5):
        return f"{surname}, {title} {forenames}".upper()
    return f"{surname}, {forenames}"


def _misread(word: str) -> str | None:
    """The first letter behind the first that looks like another, as that."""
    for letter, other in _LOOK_ALIKES:
        if letter in word[1:]:
            at = word.index(letter, 1)
            return word[:at] + other + word[at + 1 :]
    return None
