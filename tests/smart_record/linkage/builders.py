"""Invented records in few words: a_council(a_bill("1", "MR J SMITH"), a_claim("C1", "John", "Smith"))."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from smart_record.intake.declared.sources import SOURCES
from smart_record.linkage import Linkage, match

NIGHT = date(2026, 10, 31)
LONG_AGO = date(2015, 6, 1)
HOME = "12 Mill Lane, Fernby"

_NAMING = ("council_tax_accounts", "benefit_claims", "benefit_dependants", "rent_accounts")
SCHEMAS = {name: SOURCES[name].schema for name in _NAMING}
"""The extracts that name people."""


class Row(NamedTuple):
    """One row of one extract."""

    extract: str
    values: dict[str, Any]


def a_bill(ref: str, name: str | None, *, at: str = HOME, **values: Any) -> Row:
    columns = {"record_ref": ref, "liable_name_1": name, "address_line_1": at, "liability_start": LONG_AGO}
    return Row("council_tax_accounts", columns | values)


def a_claim(
    ref: str, forename: str | None, surname: str | None, *, at: str | None = HOME, **values: Any
) -> Row:
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
        assert row.values.keys() <= SCHEMAS[row.extract].keys(), "a column that no extract has"
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
