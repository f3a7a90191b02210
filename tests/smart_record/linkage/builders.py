"""Invented records in few words: a_council(a_bill("1", "MR J SMITH"), a_claim("C1", "John", "Smith"))."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from smart_record.linkage import Linkage, match

NIGHT = date(2026, 10, 31)
LONG_AGO = date(2015, 6, 1)
HOME = "12 Mill Lane, Fernby"

TEXT, DAY, NUMBER = pl.String, pl.Date, pl.Int64

SCHEMAS: dict[str, dict[str, type[pl.DataType]]] = {
    "council_tax_accounts": {
        "record_ref": TEXT,
        "uprn": NUMBER,
        "address_line_1": TEXT,
        "address_line_2": TEXT,
        "address_line_3": TEXT,
        "address_line_4": TEXT,
        "postcode": TEXT,
        "ward": TEXT,
        "liable_name_1": TEXT,
        "liable_dob_1": DAY,
        "liable_nino_1": TEXT,
        "liable_name_2": TEXT,
        "liable_dob_2": DAY,
        "telephone": TEXT,
        "email": TEXT,
        "liability_start": DAY,
        "liability_end": DAY,
        "ctr_weekly_pence": NUMBER,
    },
    "benefit_claims": {
        "record_ref": TEXT,
        "start_date": DAY,
        "end_date": DAY,
        "nino": TEXT,
        "forename": TEXT,
        "surname": TEXT,
        "dob": DAY,
        "sex": TEXT,
        "partner_nino": TEXT,
        "partner_forename": TEXT,
        "partner_surname": TEXT,
        "partner_dob": DAY,
        "address_line_1": TEXT,
        "address_line_2": TEXT,
        "address_line_3": TEXT,
        "postcode": TEXT,
        "uprn": NUMBER,
        "weekly_ctr_pence": NUMBER,
        "council_tax_account_ref": TEXT,
    },
    "benefit_dependants": {
        "record_ref": TEXT,
        "claim_ref": TEXT,
        "dependant_no": NUMBER,
        "forename": TEXT,
        "surname": TEXT,
        "dob": DAY,
    },
    "rent_accounts": {
        "record_ref": TEXT,
        "property_address": TEXT,
        "postcode": TEXT,
        "uprn": NUMBER,
        "tenant_forename": TEXT,
        "tenant_surname": TEXT,
        "tenant_dob": DAY,
        "tenant_nino": TEXT,
        "tenant_phone": TEXT,
        "tenant_email": TEXT,
        "joint_forename": TEXT,
        "joint_surname": TEXT,
        "joint_dob": DAY,
        "council_tax_account_ref": TEXT,
        "benefit_claim_ref": TEXT,
        "tenancy_start": DAY,
        "tenancy_end": DAY,
    },
}


class Row(NamedTuple):
    """One row of one extract."""

    extract: str
    values: dict[str, Any]


def a_bill(ref: str, name: str | None, *, at: str = HOME, **values: Any) -> Row:
    columns = {"record_ref": ref, "liable_name_1": name, "address_line_1": at, "liability_start": LONG_AGO}
    return Row("council_tax_accounts", columns | values)


def a_claim(ref: str, forename: str | None, surname: str | None, *, at: str = HOME, **values: Any) -> Row:
    columns = {"record_ref": ref, "forename": forename, "surname": surname, "address_line_1": at}
    return Row("benefit_claims", columns | {"start_date": LONG_AGO} | values)


def a_dependant(claim: str, number: int, forename: str, surname: str, dob: date | None) -> Row:
    columns = {"record_ref": f"{claim}/{number}", "claim_ref": claim, "dependant_no": number}
    return Row("benefit_dependants", columns | {"forename": forename, "surname": surname, "dob": dob})


def a_tenancy(ref: str, forename: str | None, surname: str | None, *, at: str = HOME, **values: Any) -> Row:
    columns = {"record_ref": ref, "tenant_forename": forename, "tenant_surname": surname}
    return Row("rent_accounts", columns | {"property_address": at, "tenancy_start": LONG_AGO} | values)


def extracts_of(*rows: Row) -> dict[str, pl.DataFrame]:
    """The rows as extracts by name, all four there."""
    of_extract: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        of_extract[row.extract].append(row.values)
    return {
        name: pl.DataFrame(
            [{column: row.get(column) for column in schema} for row in of_extract[name]], schema
        )
        for name, schema in SCHEMAS.items()
    }


def townspeople() -> tuple[Row, ...]:
    """A hundred strangers with one bill each, so that no name is rarer or commoner than it should be."""
    surnames = ["Ashdown", "Beckwith", "Coldbeck", "Dunmore", "Eastoe", "Fothergill", "Garbutt", "Hebden"]
    surnames += ["Inchbald", "Jopling", "Kettlewell", "Lomas", "Mudd", "Naylor", "Ogden", "Pickersgill"]
    forenames = ["Edith", "Frank", "Grace", "Harold", "Ivy", "Jack", "Kathleen", "Leonard", "Mabel", "Noel"]
    names = [f"{forenames[n % 10]} {surnames[n % 16]}" for n in range(100)]
    return tuple(a_bill(f"9{n:03}", name, at=f"{n + 1} High Street, Fernby") for n, name in enumerate(names))


def matched(*rows: Row, among_strangers: bool = True) -> Linkage:
    """The linkage of the rows, in a town of strangers unless told otherwise."""
    return match(extracts_of(*rows, *(townspeople() if among_strangers else ())), as_of=NIGHT)


def residents(linkage: Linkage) -> dict[tuple[str, str], str]:
    """Resident id by (record_ref, role)."""
    rows = linkage.links.select("record_ref", "role", "resident_id").iter_rows()
    return {(ref, role): resident for ref, role, resident in rows}


def households(linkage: Linkage) -> dict[str, str]:
    """Household id by record_ref, children's too."""
    return dict(linkage.links.select("record_ref", "household_id").iter_rows())


def one_person(linkage: Linkage, *rows: tuple[str, str]) -> bool:
    ids = residents(linkage)
    return len({ids[row] for row in rows}) == 1
