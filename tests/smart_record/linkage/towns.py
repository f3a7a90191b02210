"""Random small towns: families with bills, claims and tenancies, spelled as clerks spell them.

A town is drawn by its seed alone, so that a failing law names a town that can be made again.
"""

from datetime import date, timedelta
from random import Random
from typing import TypeVar

from tests.smart_record.linkage.builders import LONG_AGO, Row, a_bill, a_claim, a_dependant, a_tenancy

T = TypeVar("T")

_MEN = ["James", "Mohammed", "Piotr", "Robert", "William", "Tesfaye", "Ahmed", "Thomas", "Ivan", "Kwame"]
_WOMEN = [
    "Margaret",
    "Fatima",
    "Agnieszka",
    "Susan",
    "Elizabeth",
    "Hiwot",
    "Aisha",
    "Joanna",
    "Olena",
    "Grace",
]
_SHORT = {"James": "Jim", "Robert": "Bob", "William": "Bill", "Margaret": "Peggy", "Susan": "Sue"}
_SURNAMES = ["Parrott", "Hussain", "Nowicki", "Mudge", "Chaudhry", "Garbutt", "Gebre", "Oyelaran", "Lomas"]
_SURNAMES += ["Ramsden", "Kettlewell", "Petrenko", "Fothergill", "Mirza", "Dunmore", "Okeke"]
_STREETS = ["Mill Lane", "Station Road", "High Street", "Church View", "The Crescent"]


def a_town(seed: int, *, families: int = 25, prefix: str = "") -> list[Row]:
    """The rows of so many families; references begin with `prefix`."""
    draw = Random(seed)
    rows: list[Row] = []
    for number in range(families):
        rows += _a_family(draw, f"{prefix}{number:03}")
    return rows


def _a_family(draw: Random, ref: str) -> list[Row]:
    surname, man, woman = draw.choice(_SURNAMES), draw.choice(_MEN), draw.choice(_WOMEN)
    couple, uprn = draw.random() < 0.5, draw.randrange(10**6, 10**9)
    at = {"at": f"{draw.randrange(1, 300)} {draw.choice(_STREETS)}, Fernby"}
    births = [date(1950, 1, 2) + timedelta(days=draw.randrange(18_000)) for _ in range(2)]
    ninos = [f"QQ{draw.randrange(10**6):06}{draw.choice('ABCD')}" for _ in range(2)]
    starts = LONG_AGO + timedelta(days=draw.randrange(3_000))
    bill_name = f"MR {man} {surname}".upper()
    if couple and draw.random() < 0.4:
        bill_name = f"MR {man[0]} & MRS {woman[0]} {surname}".upper()
    rows = [a_bill(f"{ref}1", bill_name, liability_start=starts, uprn=_maybe(draw, uprn), **at)]
    partner = {"partner_forename": woman, "partner_surname": surname, "partner_dob": _maybe(draw, births[1])}
    if draw.random() < 0.6:
        forename = _SHORT.get(man, man) if draw.random() < 0.3 else man
        claimed = {"dob": _maybe(draw, births[0]), "nino": ninos[0], "uprn": _maybe(draw, uprn), **at}
        rows.append(
            a_claim(f"{ref}2", forename, _slip(draw, surname), **claimed, **(partner if couple else {}))
        )
        for child in range(draw.randrange(3)):
            born = date(2012, 1, 2) + timedelta(days=draw.randrange(4_000))
            rows.append(a_dependant(f"{ref}2", child + 1, draw.choice(_WOMEN), surname, born))
    if draw.random() < 0.5:
        joint = {"joint_forename": woman, "joint_surname": surname} if couple else {}
        rented = {"tenant_nino": _maybe(draw, ninos[0]), "tenancy_start": starts, "uprn": _maybe(draw, uprn)}
        rows.append(a_tenancy(f"{ref}3", man, surname, **rented, **at, **joint))
    if draw.random() < 0.2:
        ended = {"liability_start": LONG_AGO - timedelta(days=900), "liability_end": starts}
        rows.append(a_bill(f"{ref}4", f"{man} {surname}", at=f"{number_of(ref)} Old Row, Fernby", **ended))
    if draw.random() < 0.15:
        born = _maybe(draw, births[0] + timedelta(days=9_000))
        grown_up = {"dob": born, "nino": _maybe(draw, f"QQ{draw.randrange(10**6):06}A"), **at}
        rows.append(a_claim(f"{ref}5", draw.choice(_MEN), _slip(draw, surname), **grown_up))
    return rows


def number_of(ref: str) -> int:
    """The digits of a reference as a house number."""
    return int("".join(letter for letter in ref if letter.isdigit())) + 1


def _maybe(draw: Random, value: T) -> T | None:
    return value if draw.random() < 0.7 else None


def _slip(draw: Random, name: str) -> str:
    if draw.random() > 0.1:
        return name
    at = draw.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]
