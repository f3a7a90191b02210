"""The other council's council tax accounts: whole names in one field, births and numbers where asked for."""

from dataclasses import dataclass
from datetime import date, timedelta

from bench.other_council.chance import Chance
from bench.other_council.homes import Home
from bench.other_council.households import Household
from bench.other_council.people import AS_OF, Person
from bench.other_council.systems import Row, Systems
from bench.other_council.town import SharedHouse
from bench.other_council.written_addresses import council_tax_lines
from bench.other_council.written_names import in_one_field, two_in_one_field
from bench.other_council.written_numbers import birth, nino, postcode, telephone, uprn

_CHARGES = ("1533.00", "1788.50", "2044.00", "2299.50", "2810.50")
_BALANCES = ("0.00", "0.00", "66.10", "330.25", "512.80")
_PAYMENTS = ("DIRECT DEBIT", "DIRECT DEBIT", "BANK", "CASH", "CARD")
_STAGES = (*["BILL"] * 9, "REM1", "SUMMONS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What an account is for: a home, from when to when, and what reduction is paid on it."""

    home: Home
    start: date
    end: date | None = None
    reduction: str = "0.00"


@dataclass(frozen=True, slots=True)
class _Liable:
    first: str
    second: str | None = None
    second_born: date | None = None
    in_one_field: bool = False


def open_account(systems: Systems, household: Household, bill: Bill) -> None:
    """An account of a household's head, with the partner beside, in the same field, or not at all."""
    chance, family = systems.chance, household.family
    account_ref = _next_ref(systems)
    liable = _liable(chance, family.head, family.partner)
    lines = council_tax_lines(chance, bill.home)
    knows_birth = _asked(chance, 0.43) and not liable.in_one_field
    number = None if liable.in_one_field else _number(chance, family.head)
    row = {"account_ref": account_ref, **_billed_home(chance, bill.home, lines)}
    born = birth(chance, family.head, missing=0) if knows_birth else None
    row |= _named(liable, born, number) | _contacts(chance, family.head)
    row |= _standing(chance, bill, discount=None if family.partner else "SPD25")
    systems.spoil(row, "balance", 0.005)
    systems.spoil(row, "liability_start", 0.005)
    systems.enter(systems.accounts, row)
    _label(systems, account_ref, household, liable)


def open_landlords_account(systems: Systems, house: SharedHouse) -> None:
    """The account of a shared house: the landlord's, whom no label names."""
    chance, home = systems.chance, house.home
    lines = council_tax_lines(chance, home)
    account_ref = _next_ref(systems)
    known = uprn(chance, home, missing=0.02)
    row = {"account_ref": account_ref, **_at(lines, known, postcode(chance, home), home.locality, "C")}
    row |= _named(_Liable(house.landlord), None, None) | {"telephone": None, "email": None}
    row |= _billed(Bill(home=home, start=house.start), discount=None)
    row |= {"payment_method": "BANK", "annual_charge": "2044.00", "balance": "0.00"}
    row |= {"recovery_stage": "BILL", "recovery_stage_date": None}
    row |= {"vulnerable": "N", "breathing_space_end": None}
    systems.accounts.append(row)


def _next_ref(systems: Systems) -> str:
    return str(41_000_000 + systems.next_number())


def _asked(chance: Chance, share: float) -> bool:
    """Whether anyone asked; in a dirtier council they do so half as often."""
    return chance.habit(share / (1 + 0.9 * chance.excess))


def _liable(chance: Chance, head: Person, partner: Person | None) -> _Liable:
    if partner and head.surname == partner.surname and chance.habit(0.16):
        return _Liable(two_in_one_field(chance, head, partner), in_one_field=True)
    first = in_one_field(chance, head)
    if not partner or not chance.habit(0.66):
        return _Liable(first)
    second = in_one_field(chance, partner)
    return _Liable(first, second, birth(chance, partner, missing=0) if _asked(chance, 0.425) else None)


def _number(chance: Chance, person: Person) -> str | None:
    if _asked(chance, 0.188):
        return nino(chance, person, missing=0)
    return nino(chance, person, missing=1, temporary=1) if chance.error(0.021 / 0.8) else None


def _billed_home(chance: Chance, home: Home, lines: list[str | None]) -> Row:
    known, code = uprn(chance, home, missing=0.05), postcode(chance, home)
    ward = home.locality if chance.habit(0.9) else None
    return _at(lines, known, code, ward, chance.one_of("ABBCDE"))


def _at(lines: list[str | None], uprn: str | None, postcode: str | None, ward: str | None, band: str) -> Row:
    address = {f"address_line_{number}": line for number, line in enumerate(lines, start=1)}
    return {"uprn": uprn, **address, "postcode": postcode, "ward": ward, "band": band}


def _named(liable: _Liable, born: date | None, number: str | None) -> Row:
    first = {"liable_name_1": liable.first, "liable_dob_1": _day(born), "liable_nino_1": number}
    return first | {"liable_name_2": liable.second, "liable_dob_2": _day(liable.second_born)}


def _contacts(chance: Chance, person: Person) -> Row:
    number = person.telephone
    return {
        "telephone": telephone(chance, number) if number and chance.habit(0.65) else None,
        "email": person.email if chance.habit(0.66) else None,
    }


def _billed(bill: Bill, discount: str | None) -> Row:
    return {
        "liability_start": _day(bill.start),
        "liability_end": _day(bill.end),
        "discount": discount,
        "ctr_weekly": bill.reduction,
    }


def _standing(chance: Chance, bill: Bill, discount: str | None) -> Row:
    return _billed(bill, discount) | {
        "payment_method": chance.one_of(_PAYMENTS),
        "annual_charge": chance.one_of(_CHARGES),
        "balance": chance.one_of(_BALANCES),
        "recovery_stage": chance.one_of(_STAGES),
        "recovery_stage_date": _day(_some_days_ago(chance)) if chance.habit(0.4) else None,
        "vulnerable": "Y" if chance.habit(0.02) else "N",
        "breathing_space_end": None,
    }


def _some_days_ago(chance: Chance) -> date:
    return AS_OF - timedelta(days=chance.whole(10, 700))


def _label(systems: Systems, account_ref: str, household: Household, liable: _Liable) -> None:
    family, household_id = household.family, household.household_id
    systems.label("council_tax", account_ref, "liable_1", family.head, household_id)
    if family.partner and (liable.in_one_field or liable.second):
        role = "liable_1_joint" if liable.in_one_field else "liable_2"
        systems.label("council_tax", account_ref, role, family.partner, household_id)


def _day(day: date | None) -> str | None:
    return f"{day:%d/%m/%Y}" if day else None
