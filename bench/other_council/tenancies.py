"""The other council's rent accounts: addresses in one line, half of the couples joint."""

from datetime import date, timedelta

from bench.other_council.chance import Chance
from bench.other_council.homes import Home
from bench.other_council.households import Household
from bench.other_council.people import AS_OF, Person
from bench.other_council.systems import Row, Systems
from bench.other_council.written_addresses import rent_line
from bench.other_council.written_names import in_two_fields
from bench.other_council.written_numbers import birth, nino, postcode, telephone, uprn

_TYPES = ("SECURE", "SECURE", "INTRODUCTORY", "FIXED")
_BALANCES = ("0.00", "0.00", "214.80", "845.10")
_STAGES = (*["NONE"] * 7, "LETTER1", "NOSP")
_PAYMENTS = ("DD", "SO", "CASH", "UC APA")


def open_tenancy(systems: Systems, household: Household, home: Home, *, start: date, rent: str) -> None:
    """A tenancy of a household's head, often with the partner."""
    chance, head, partner = systems.chance, household.family.head, household.family.partner
    tenancy_ref = f"T95{systems.next_number():06d}"
    forename, surname = in_two_fields(chance, head)
    joint = partner if partner and chance.habit(0.56) else None
    joint_names = in_two_fields(chance, joint) if joint else (None, None)
    row: Row = {"tenancy_ref": tenancy_ref, **_address(chance, home)}
    row |= {"tenant_forename": forename, "tenant_surname": surname, **_tenant(chance, head)}
    row |= dict(zip(("joint_forename", "joint_surname"), joint_names, strict=True))
    row["joint_dob"] = _day(birth(chance, joint, missing=0.135)) if joint else None
    row |= _standing(chance, start, rent)
    systems.spoil(row, "weekly_rent", 0.004)
    systems.enter(systems.tenancies, row)
    systems.label("rent", tenancy_ref, "tenant", head, household.household_id)
    if joint:
        systems.label("rent", tenancy_ref, "joint", joint, household.household_id)


def _address(chance: Chance, home: Home) -> Row:
    return {
        "property_address": rent_line(chance, home),
        "postcode": postcode(chance, home),
        "uprn": uprn(chance, home, missing=0.155),
    }


def _tenant(chance: Chance, person: Person) -> Row:
    number = person.telephone
    return {
        "tenant_dob": _day(birth(chance, person, missing=0.085)),
        "tenant_nino": nino(chance, person, missing=0.277, temporary=0.009),
        "tenant_phone": telephone(chance, number) if number and chance.habit(0.9) else None,
        "tenant_email": person.email if chance.habit(0.8) else None,
    }


def _standing(chance: Chance, start: date, rent: str) -> Row:
    return {
        "tenancy_type": chance.one_of(_TYPES),
        "tenancy_start": _day(start),
        "tenancy_end": None,
        "weekly_rent": rent,
        "balance": chance.one_of(_BALANCES),
        "arrears_stage": chance.one_of(_STAGES),
        "stage_date": _day(_some_days_ago(chance)) if chance.habit(0.65) else None,
        "payment_method": chance.one_of(_PAYMENTS),
        "uc_flag": "Y" if chance.habit(0.28) else "N",
        "support_flag": "Y" if chance.habit(0.03) else "N",
    }


def _some_days_ago(chance: Chance) -> date:
    return AS_OF - timedelta(days=chance.whole(10, 600))


def _day(day: date | None) -> str | None:
    return f"{day:%d-%b-%Y}" if day else None
