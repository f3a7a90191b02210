"""Five pairs that councils get wrong, planted in an invented town and explained by `triage links explain`."""

import csv
from pathlib import Path

import pytest

from triage.invented import generate

Planted = dict[str, str]

_POSTCODE = "AE9 9ZZ"
_BLANK = {
    "council_tax_accounts.csv": (
        "liable_dob_1 liable_nino_1 liable_name_2 liable_dob_2 telephone email liability_end vulnerable "
        "breathing_space_end"
    ),
    "benefit_claims.csv": (
        "uprn nino partner_nino partner_forename partner_surname partner_dob end_date end_reason address_3"
    ),
    "rent_accounts.csv": (
        "tenant_nino tenant_phone tenant_email joint_forename joint_surname joint_dob tenancy_end"
    ),
}


def a_bill(ref: str, name: str, home: str, uprn: str, **values: str) -> tuple[str, Planted]:
    lines = {"address_line_1": home, "address_line_2": "Aldersby", "address_line_3": "", "uprn": uprn}
    row = {"account_ref": ref, "liable_name_1": name, "liability_start": "04/05/2019", "ctr_weekly": "0.00"}
    return "council_tax_accounts.csv", row | lines | {"recovery_stage_date": ""} | values


def a_claim(ref: str, forename: str, surname: str, home: str, **values: str) -> tuple[str, Planted]:
    row = {"claim_ref": ref, "forename": forename, "surname": surname, "address_1": home, "status": "LIVE"}
    more = {"address_2": "Aldersby", "start_date": "2022-06-06", "weekly_ctr": "0.00", "claim_type": "HB"}
    return "benefit_claims.csv", row | more | {"dhp_end_date": "", "last_change_date": "2025-06-06"} | values


def a_tenancy(ref: str, forename: str, surname: str, home: str, **values: str) -> tuple[str, Planted]:
    row = {"tenancy_ref": ref, "tenant_forename": forename, "tenant_surname": surname}
    more = {"property_address": f"{home}, Aldersby", "uprn": "", "tenancy_start": "06-May-2019"}
    return "rent_accounts.csv", row | more | {"stage_date": ""} | values


HOMES = [f"{number} Wrenfield Road" for number in (2, 4, 6, 8, 10, 12)]
PLANTED = (
    a_bill("49000001", "MR HAROLD WINTERSGILL", HOMES[0], "199900000001"),
    a_tenancy("T990001", "Harold", "Wintersgill", HOMES[0], tenant_dob="04-Mar-1950"),
    a_claim("HB7990001", "HAROLD", "WINTERSGILL", HOMES[0], dob="1981-07-06", sex="M"),
    a_bill("49000002", "MISS AISHA MIRZA", HOMES[1], "199900000002", liable_dob_1="14/05/2001"),
    a_claim("HB7990002", "FATIMA", "MIRZA", HOMES[1], dob="2001-05-14", sex="F"),
    a_bill("49000003", "MR MOHAMMED CHOWDHURY", HOMES[2], "199900000003"),
    a_claim("HB7990003", "MUHAMMAD", "CHAUDHRY", HOMES[2], dob="1977-09-12", sex="M"),
    a_bill("49000004", "MRS GRACE LOMAS", HOMES[3], "199900000004", liable_dob_1="23/11/1988"),
    a_claim("HB7990004", "GRACE", "OKAFOR", HOMES[3], dob="1988-11-23", sex="F"),
    a_bill("49000005", "MS IMOGEN FAIRCLOUGH", HOMES[4], "199900000005", liability_end="09/03/2026"),
    a_bill("49000006", "MS IMOGEN FAIRCLOUGH", HOMES[5], "199900000006", liability_start="09/03/2026"),
)


@pytest.fixture(scope="module")
def council(triage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council after a night over an invented town with the pairs in it."""
    home = tmp_path_factory.mktemp("planted")
    generate(home, households=300, seed=11)
    for file in _BLANK:
        _plant(home / "extracts" / file, [row for name, row in PLANTED if name == file])
    (home / "extracts" / "MANIFEST.json").unlink()  # it counts the rows of the town as generated
    night = ("--extracts", home / "extracts", "--as-of", "2026-10-31")
    triage("init", home / "c")
    triage("run", "--council", home / "c", *night)
    return home / "c"


def _plant(file: Path, rows: list[Planted]) -> None:
    with file.open(newline="", encoding="utf-8") as handle:
        held = list(csv.DictReader(handle))
    plain = held[0] | dict.fromkeys(_BLANK[file.name].split(), "") | {"postcode": _POSTCODE}
    with file.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, list(held[0]))
        writer.writeheader()
        writer.writerows([*held, *(plain | row for row in rows)])


@pytest.mark.parametrize(
    ("one", "other", "joined", "told"),
    [
        ("rent/T990001/tenant", "benefits/HB7990001/claimant", False, "two dates of birth"),
        ("council_tax/49000002/liable_1", "benefits/HB7990002/claimant", False, "two forenames"),
        ("council_tax/49000003/liable_1", "benefits/HB7990003/claimant", True, "nickname or spelling"),
        ("council_tax/49000004/liable_1", "benefits/HB7990004/claimant", True, "date of birth"),
        ("council_tax/49000005/liable_1", "council_tax/49000006/liable_1", True, "dates of the move"),
    ],
    ids=["father and son", "twins", "transliteration", "maiden name", "mover"],
)
def test_a_hard_pair_is_settled_and_explained(
    triage, council: Path, *, one: str, other: str, joined: bool, told: str
) -> None:
    shown = triage("links", "explain", one, other, "--council", council).stdout
    assert ("They are one resident." in shown) is joined
    assert ("two residents" in shown) is not joined
    assert told in shown
