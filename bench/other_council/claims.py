"""The other council's benefit claims and their dependants: births and numbers known, half without UPRN."""

from dataclasses import dataclass
from datetime import date, timedelta

from bench.other_council.chance import Chance
from bench.other_council.families import Family
from bench.other_council.homes import Home
from bench.other_council.households import Household
from bench.other_council.people import AS_OF, Person
from bench.other_council.systems import Row, Systems
from bench.other_council.written_addresses import benefit_lines
from bench.other_council.written_names import in_two_fields
from bench.other_council.written_numbers import birth, nino, postcode, uprn

_COMMON_START = date(2024, 5, 1)
_TENURES = {"owner": "OWNER", "social": "SOCIAL TENANT", "private": "PRIVATE TENANT"}
_END_REASONS = ("NO REPLY TO REVIEW", "MOVED TO UC", "CHANGE OF CIRCS", "INCOME INCREASE")
_PASSPORTS = ("UC", "UC", "ESA(IR)", None, None)
_OVERPAYMENTS = ("0.00", "0.00", "212.40")


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What a claim pays a week, or that it ended."""

    ended: bool = False
    reduction: str = "0.00"
    housing_benefit: str = "0.00"


def open_claim(systems: Systems, household: Household, home: Home, family: Family, award: Award) -> None:
    """A claim of a family, as of a home that it may have left."""
    chance, partner = systems.chance, family.partner
    claim_ref = f"HB8{systems.next_number():06d}"
    forename, surname = in_two_fields(chance, family.head)
    lines, start = benefit_lines(chance, home), _start(chance)
    names = in_two_fields(chance, partner) if partner else (None, None)
    kind = "CTR" if award.housing_benefit == "0.00" else "HB&CTR"
    row: Row = {"claim_ref": claim_ref, "claim_type": kind, **_status(chance, start, award)}
    row["nino"] = nino(chance, family.head, missing=0.022)
    row |= {"forename": forename, "surname": surname}
    row |= {"dob": _day(birth(chance, family.head, missing=0.016)), "sex": family.head.sex}
    row |= _partner(chance, partner, names) | _address(chance, home, lines)
    row |= _circumstances(chance, household, family) | _payments(chance, award)
    _mistake(systems, row, partner)
    systems.enter(systems.claims, row)
    _label(systems, claim_ref, household, family)
    for number, child in enumerate(family.children, start=1):
        _list_dependant(systems, household, claim_ref, number, child)


def _start(chance: Chance) -> date:
    if chance.habit(0.68):
        return _COMMON_START
    return date(2024 + chance.whole(0, 3), chance.whole(5, 11), 1)


def _status(chance: Chance, start: date, award: Award) -> Row:
    if not award.ended:
        return {"status": "LIVE", "start_date": _day(start), "end_date": None, "end_reason": None}
    end = max(start + timedelta(days=31), date(2026, chance.whole(1, 10), 1))
    reason = chance.one_of(_END_REASONS)
    return {"status": "ENDED", "start_date": _day(start), "end_date": _day(end), "end_reason": reason}


def _partner(chance: Chance, partner: Person | None, names: tuple[str | None, str | None]) -> Row:
    forename, surname = names
    return {
        "partner_nino": nino(chance, partner, missing=0.07) if partner else None,
        "partner_forename": forename,
        "partner_surname": surname,
        "partner_dob": _day(birth(chance, partner, missing=0.02)) if partner else None,
    }


def _address(chance: Chance, home: Home, lines: list[str | None]) -> Row:
    address = {f"address_{number}": line for number, line in enumerate(lines, start=1)}
    return address | {"postcode": postcode(chance, home), "uprn": uprn(chance, home, missing=0.596)}


def _circumstances(chance: Chance, household: Household, family: Family) -> Row:
    lives_with_parents = household.kind == "three generations" and chance.habit(0.6)
    return {
        "tenure": _TENURES[household.tenure],
        "dependants": str(len(family.children)),
        "non_dependants": "1" if lives_with_parents else "0",
        "passported": chance.one_of(_PASSPORTS),
    }


def _payments(chance: Chance, award: Award) -> Row:
    return {
        "weekly_income": f"{chance.rng.uniform(70, 380):.2f}",
        "weekly_hb": "0.00" if award.ended else award.housing_benefit,
        "weekly_ctr": award.reduction,
        "spare_room_deduction": "0.00",
        "benefit_cap": "N",
        "overpayment_balance": chance.one_of(_OVERPAYMENTS),
        "dhp_end_date": None,
        "last_change_date": _day(AS_OF - timedelta(days=chance.whole(20, 500))),
    }


def _mistake(systems: Systems, row: Row, partner: Person | None) -> None:
    if partner and systems.chance.worse(0.015):  # the claimant's number typed for both
        row["partner_nino"] = row["nino"]
    systems.spoil(row, "weekly_income", 0.004)
    systems.spoil(row, "dob", 0.002)


def _list_dependant(
    systems: Systems, household: Household, claim_ref: str, number: int, child: Person
) -> None:
    forename, surname = in_two_fields(systems.chance, child)
    born = _day(birth(systems.chance, child, missing=0.025))
    row: Row = {"claim_ref": claim_ref, "dependant_no": str(number)}
    systems.dependants.append(row | {"forename": forename, "surname": surname, "dob": born})
    record_ref = f"{claim_ref}/{number}"
    systems.label("benefits_dependants", record_ref, "dependant", child, household.household_id)


def _label(systems: Systems, claim_ref: str, household: Household, family: Family) -> None:
    systems.label("benefits", claim_ref, "claimant", family.head, household.household_id)
    if family.partner:
        systems.label("benefits", claim_ref, "partner", family.partner, household.household_id)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
