"""A small invented night: three accounts, two claims, two tenancies, as the default mappings expect them."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from smart_record.intake import Intake, copy_default_mappings, take_in

AS_OF = date(2026, 10, 31)
Row = dict[str, str]
Night = dict[str, list[Row]]

_ACCOUNT = {
    "uprn": "10000000001",
    "address_line_1": "1 Invented Street",
    "address_line_2": "Nowhere",
    "address_line_3": "",
    "address_line_4": "",
    "postcode": "ZZ1 1AA",
    "ward": "North",
    "band": "A",
    "liable_name_1": "MS A EXAMPLE",
    "liable_dob_1": "05/04/1980",
    "liable_nino_1": "QQ123456C",
    "liable_name_2": "",
    "liable_dob_2": "",
    "telephone": "",
    "email": "",
    "liability_start": "01/04/2020",
    "liability_end": "",
    "discount": "SPD25",
    "ctr_weekly": "0.00",
    "payment_method": "DIRECT DEBIT",
    "annual_charge": "1520.00",
    "balance": "66.08",
    "recovery_stage": "REM1",
    "recovery_stage_date": "01/10/2026",
    "vulnerable": "N",
    "breathing_space_end": "",
}
_CLAIM = {
    "claim_type": "HB&CTR",
    "status": "LIVE",
    "start_date": "2024-05-01",
    "end_date": "",
    "end_reason": "",
    "nino": "QQ123456C",
    "forename": "Ann",
    "surname": "Example",
    "dob": "1980-04-05",
    "sex": "F",
    "partner_nino": "",
    "partner_forename": "",
    "partner_surname": "",
    "partner_dob": "",
    "address_1": "1 Invented Street",
    "address_2": "",
    "address_3": "",
    "postcode": "ZZ1 1AA",
    "uprn": "",
    "tenure": "SOCIAL TENANT",
    "dependants": "1",
    "non_dependants": "0",
    "passported": "UC",
    "weekly_income": "137.83",
    "weekly_hb": "110.00",
    "weekly_ctr": "26.58",
    "spare_room_deduction": "0.00",
    "benefit_cap": "N",
    "overpayment_balance": "0.00",
    "dhp_end_date": "2027-02-01",
    "last_change_date": "2026-04-02",
}
_TENANCY = {
    "property_address": "1 Invented Street, Nowhere",
    "postcode": "ZZ1 1AA",
    "uprn": "10000000001",
    "tenant_forename": "Ann",
    "tenant_surname": "Example",
    "tenant_dob": "05-Apr-1980",
    "tenant_nino": "QQ123456C",
    "tenant_phone": "",
    "tenant_email": "",
    "joint_forename": "",
    "joint_surname": "",
    "joint_dob": "",
    "tenancy_type": "SECURE",
    "tenancy_start": "16-Aug-2022",
    "tenancy_end": "",
    "weekly_rent": "92.00",
    "balance": "184.00",
    "arrears_stage": "LETTER1",
    "stage_date": "01-Oct-2026",
    "payment_method": "DD",
    "uc_flag": "Y",
    "support_flag": "N",
}


def a_night() -> Night:
    """Rows of each file, ready to be changed."""
    return {
        "council_tax_accounts": [{"account_ref": ref, **_ACCOUNT} for ref in ("4001", "4002", "4003")],
        "council_tax_transactions": [
            {"account_ref": ref, "date": on, "type": kind, "amount": amount}
            for ref in ("4001", "4002", "4003")
            for on, kind, amount in (
                ("01/09/2026", "INSTALMENT", "152.00"),
                ("14/09/2026", "PAYMENT", "-152.00"),
                ("01/10/2026", "INSTALMENT", "66.08"),
            )
        ],
        "council_tax_recovery_history": [
            {"account_ref": "4001", "stage": "BILL", "date": "01/04/2026"},
            {"account_ref": "4001", "stage": "REM1", "date": "01/10/2026"},
        ],
        "benefit_claims": [{"claim_ref": ref, **_CLAIM} for ref in ("HB1", "HB2")],
        "benefit_dependants": [
            {
                "claim_ref": "HB1",
                "dependant_no": "1",
                "forename": "Bea",
                "surname": "Example",
                "dob": "2017-04-02",
            }
        ],
        "rent_accounts": [{"tenancy_ref": ref, **_TENANCY} for ref in ("T1", "T2")],
        "rent_transactions": [
            {"tenancy_ref": "T1", "date": "05-Oct-2026", "type": "RENT", "amount": "92.00"},
            {"tenancy_ref": "T1", "date": "06-Oct-2026", "type": "PAY", "amount": "-92.00"},
        ],
        "rent_arrears_history": [{"tenancy_ref": "T1", "stage": "LETTER1", "date": "01-Oct-2026"}],
    }


def write_night(
    folder: Path, night: Mapping[str, list[Row]], *, as_of: date | None = AS_OF, counted: bool = False
) -> Path:
    """Write the files and, where there is a date, the manifest.

    Args:
        folder: Where to.
        night: Rows of each file.
        as_of: The manifest's date; None for no manifest.
        counted: Whether the manifest declares how many rows each file has.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for source, rows in night.items():
        with (folder / f"{source}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    if as_of is not None:
        files = {f"{source}.csv": len(rows) for source, rows in night.items()} if counted else {}
        (folder / "MANIFEST.json").write_text(json.dumps({"as_of": str(as_of), "files": files}))
    return folder


def taken(folder: Path, night: Mapping[str, list[Row]], *, as_of: date | None = AS_OF) -> Intake:
    """Write a night and take it in by the default mappings."""
    return take_in(write_night(folder / "night", night, as_of=as_of))


def changed_mapping(folder: Path, source: str, old: str, new: str) -> Path:
    """The default mappings in a folder, one line of one of them changed."""
    copy_default_mappings(folder)
    path = folder / f"{source}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def counts_of(intake: Intake, source: str) -> dict[str, int]:
    """rows_read, accepted, set_aside and duplicates of one file."""
    [found] = [each for each in intake.counts.to_dicts() if each["source"] == source]
    return {name: found[name] for name in ("rows_read", "accepted", "set_aside", "duplicates")}
