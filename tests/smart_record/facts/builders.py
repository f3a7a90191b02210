"""Invented households by contract, in few words: a_night(an_account("A1"), *charges("A1", ...))."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import polars as pl

from smart_record.facts import derive_facts
from smart_record.records import Records
from tests.smart_record.facts.schemas import FURTHER, HOUSEHOLDS, LINKS, SCHEMAS

NIGHT = date(2026, 10, 31)
LONG_AGO = date(2015, 6, 1)


class Part(NamedTuple):
    """One row of an extract and the links of the people it names."""

    extract: str
    row: Mapping[str, Any]
    links: tuple[Mapping[str, str], ...] = ()


Parts: TypeAlias = "Part | Iterable[Parts]"
"""Rows, alone or in lists of lists."""


def _linked(source: str, ref: str, household: str, people: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "source": source,
            "record_ref": ref,
            "role": role,
            "resident_id": resident,
            "household_id": household,
            "evidence": "",
        }
        for role, resident in people.items()
    )


def an_account(
    ref: str = "A1", household: str = "H1", people: Mapping[str, str] | None = None, **columns: Any
) -> Part:
    """A current council tax account of one person, in band B, without anything remarkable."""
    row = {
        "record_ref": ref,
        "ward": "Harbour",
        "band": "B",
        "liability_start": LONG_AGO,
        "ctr_weekly_pence": 0,
        "payment_method": "cash",
        "annual_charge_pence": 150_000,
        "balance_pence": 0,
        "recovery_stage": "bill",
        "vulnerable": False,
    }
    links = _linked("council_tax", ref, household, people or {"liable_1": f"{household}-first"})
    return Part("council_tax_accounts", row | columns, links)


def a_tenancy(
    ref: str = "T1", household: str = "H1", people: Mapping[str, str] | None = None, **columns: Any
) -> Part:
    """A current secure tenancy of one person at £100 a week."""
    row = {
        "record_ref": ref,
        "tenancy_type": "secure",
        "tenancy_start": LONG_AGO,
        "weekly_rent_pence": 10_000,
        "balance_pence": 0,
        "arrears_stage": "none",
        "payment_method": "cash",
        "uc_flag": False,
        "support_flag": False,
    }
    links = _linked("rent", ref, household, people or {"tenant": f"{household}-first"})
    return Part("rent_accounts", row | columns, links)


def a_claim(
    ref: str = "C1", household: str = "H1", people: Mapping[str, str] | None = None, **columns: Any
) -> Part:
    """A live claim for housing benefit and Council Tax Reduction by a single person without children."""
    row = {
        "record_ref": ref,
        "claim_type": "HB&CTR",
        "status": "live",
        "start_date": date(2020, 2, 3),
        "surname": "Example",
        "tenure": "private_rent",
        "dependants": 0,
        "non_dependants": 0,
        "passport": "none",
        "weekly_income_pence": 20_000,
        "weekly_hb_pence": 9_000,
        "weekly_ctr_pence": 2_000,
        "spare_room_deduction_pence": 0,
        "benefit_cap": False,
        "overpayment_balance_pence": 0,
        "last_change_date": date(2026, 4, 6),
    }
    links = _linked("benefits", ref, household, people or {"claimant": f"{household}-first"})
    return Part("benefit_claims", row | columns, links)


def a_dependant(number: int, dob: date | None, claim: str = "C1", household: str = "H1") -> Part:
    """A child on a claim."""
    ref = f"{claim}/{number}"
    row = {"record_ref": ref, "claim_ref": claim, "dependant_no": number, "dob": dob}
    links = _linked("benefits_dependants", ref, household, {"dependant": f"{household}-child-{number}"})
    return Part("benefit_dependants", row, links)


def charges(ref: str, pence: int, *days: date) -> list[Part]:
    """The same charge on several days, on an account (`A...`) or a tenancy (`T...`)."""
    return [_posting(ref, "charge", pence, day) for day in days]


def payments(ref: str, pence: int, *days: date) -> list[Part]:
    """The same payment on several days, on an account (`A...`) or a tenancy (`T...`)."""
    return [_posting(ref, "payment", -pence, day) for day in days]


def _posting(ref: str, kind: str, pence: int, day: date) -> Part:
    extract = "rent_transactions" if ref.startswith("T") else "council_tax_transactions"
    return Part(extract, {"record_ref": ref, "kind": kind, "amount_pence": pence, "posted_on": day})


def a_stage(ref: str, stage: str, day: date) -> Part:
    """A change of stage of an account (`A...`) or a tenancy (`T...`)."""
    extract = "rent_arrears_history" if ref.startswith("T") else "council_tax_recovery_history"
    return Part(extract, {"record_ref": ref, "stage": stage, "stage_on": day})


def a_row(extract: str, system: str, record: str, **columns: Any) -> Part:
    """A row of a further extract about a record of ours."""
    return Part(extract, {"record_ref": f"{system}/{record}", "system": system, "record": record} | columns)


def monthly(first: date, months: int) -> list[date]:
    """The same day of several months in a row."""
    starts = [(first.year * 12 + first.month - 1 + month) for month in range(months)]
    return [date(start // 12, start % 12 + 1, first.day) for start in starts]


def _flat(parts: "Parts") -> Iterator[Part]:
    if isinstance(parts, Part):
        yield parts
    else:
        for each in parts:
            yield from _flat(each)


def a_night(
    *parts: "Parts",
    absent: Iterable[str] = (),
    brought: Iterable[str] = (),
    confidence: str = "strong",
    ward: str | None = "Harbour",
    support: pl.DataFrame | None = None,
) -> Records:
    """The records of one night.

    Args:
        parts: Rows, alone or in lists.
        absent: Extracts that the night did not bring.
        brought: Further extracts that came, rows or not.
        confidence: That of every household.
        ward: That of every household.
        support: What the product itself holds.
    """
    flat = list(_flat(parts))
    extracts = {}
    came = {*brought, *(part.extract for part in flat)}
    for name, schema in (SCHEMAS | {name: FURTHER[name] for name in FURTHER if name in came}).items():
        rows = [{"line": line} | dict(part.row) for line, part in enumerate(flat, 2) if part.extract == name]
        extracts[name] = pl.DataFrame(rows, schema=schema)
    links = [link for part in flat for link in part.links if part.extract not in set(absent)]
    homes = sorted({link["household_id"] for part in flat for link in part.links})
    households = [{"household_id": home, "confidence": confidence, "ward": ward} for home in homes]
    return Records(
        extracts={name: frame for name, frame in extracts.items() if name not in set(absent)},
        links=pl.DataFrame(links, schema=LINKS),
        households=pl.DataFrame(households, schema=HOUSEHOLDS),
        support=support,
    )


def facts_of(
    *parts: "Parts",
    as_of: date = NIGHT,
    snapshot_on: date | None = None,
    household: str = "H1",
    absent: Iterable[str] = (),
    brought: Iterable[str] = (),
    support: pl.DataFrame | None = None,
) -> dict[str, Any]:
    """The facts of one household of a night, by dotted name."""
    night = a_night(*parts, absent=absent, brought=brought, support=support)
    frame = derive_facts(night, as_of=as_of, snapshot_on=snapshot_on)
    (row,) = frame.filter(pl.col("household_id") == household).to_dicts()
    return {name.replace("__", "."): value for name, value in row.items()}
