"""A night taken in from end to end: nothing lost, nothing later than its date, nothing personal shown."""

from datetime import date
from pathlib import Path

import pytest

from smart_record.errors import ExtractMalformed, MappingInvalid
from smart_record.intake import take_in
from smart_record.intake.declared.sources import SOURCES
from tests.smart_record.intake.builders import (
    AS_OF,
    a_night,
    changed_mapping,
    taken,
    write_night,
)


def test_a_clean_night_is_accepted_whole(tmp_path: Path) -> None:
    intake = taken(tmp_path, a_night())
    assert intake.rejects.is_empty()
    assert intake.refused_columns.is_empty()
    assert intake.as_of == AS_OF
    assert {name: frame.height for name, frame in intake.extracts.items()} == {
        name: len(rows) for name, rows in a_night().items()
    }


def test_extracts_have_exactly_the_declared_columns_and_types(tmp_path: Path) -> None:
    intake = taken(tmp_path, a_night())
    for name, frame in intake.extracts.items():
        assert dict(frame.schema) == SOURCES[name].schema


def test_values_come_out_canonical(tmp_path: Path) -> None:
    extracts = taken(tmp_path, a_night()).extracts
    account = extracts["council_tax_accounts"].row(0, named=True)
    assert account["record_ref"] == "4001"
    assert account["line"] == 2
    assert account["uprn"] == 10000000001
    assert account["liability_start"] == date(2020, 4, 1)
    assert account["discount"] == "single_person"
    assert account["balance_pence"] == 6608
    assert account["recovery_stage"] == "reminder_1"
    assert account["vulnerable"] is False
    assert account["telephone"] is None
    assert extracts["council_tax_transactions"]["kind"].unique().sort().to_list() == ["charge", "payment"]
    assert extracts["benefit_dependants"]["record_ref"].to_list() == ["HB1/1"]
    assert extracts["rent_accounts"]["tenancy_start"].to_list() == [date(2022, 8, 16)] * 2
    assert extracts["rent_accounts"]["payment_method"].to_list() == ["direct_debit"] * 2


def test_an_empty_passport_says_not_passported(tmp_path: Path) -> None:
    night = a_night()
    night["benefit_claims"][0]["passported"] = ""
    assert taken(tmp_path, night).extracts["benefit_claims"]["passport"].to_list() == [
        "none",
        "universal_credit",
    ]


def test_a_later_state_of_a_record_is_withheld_and_told(tmp_path: Path) -> None:
    night = a_night()
    night["council_tax_accounts"][2] |= {"recovery_stage": "SUMMONS", "recovery_stage_date": "05/11/2026"}
    night["benefit_claims"][0]["last_change_date"] = "2026-11-02"
    intake = taken(tmp_path, night)
    account = intake.extracts["council_tax_accounts"].row(2, named=True)
    assert account["recovery_stage"] is None
    assert account["recovery_stage_date"] is None
    assert account["balance_pence"] == 6608
    assert intake.withheld.select("source", "line", "record_ref", "column").rows() == [
        ("council_tax_accounts", 4, "4003", "recovery_stage"),
        ("benefit_claims", 2, "HB1", "last_change_date"),
    ]


def test_a_claim_changed_later_keeps_the_day_which_says_that_its_figures_are_of_later(tmp_path: Path) -> None:
    night = a_night()
    night["benefit_claims"][0] |= {"last_change_date": "2026-11-02", "weekly_income": "999.00"}
    intake = taken(tmp_path, night)
    assert intake.extracts["benefit_claims"]["last_change_date"][0] == date(2026, 11, 2)
    (reason,) = intake.withheld["reason"]
    told = "last_change_date is dated after 2026-10-31: what the claim shows is not known on that date"
    assert reason == told


def test_an_end_that_lies_ahead_is_known(tmp_path: Path) -> None:
    night = a_night()
    night["council_tax_accounts"][0] |= {"liability_end": "31/12/2026", "breathing_space_end": "24/12/2026"}
    account = taken(tmp_path, night).extracts["council_tax_accounts"].row(0, named=True)
    assert account["liability_end"] == date(2026, 12, 31)
    assert account["breathing_space_end"] == date(2026, 12, 24)


def test_without_a_date_nothing_is_too_late(tmp_path: Path) -> None:
    night = a_night()
    night["council_tax_transactions"][0]["date"] = "01/11/2026"
    intake = taken(tmp_path, night, as_of=None)
    assert intake.as_of is None
    assert intake.rejects.is_empty()


def test_the_argument_goes_before_the_manifest(tmp_path: Path) -> None:
    folder = write_night(tmp_path, a_night())
    intake = take_in(folder, as_of=date(2026, 9, 30))
    assert intake.as_of == date(2026, 9, 30)
    assert intake.extracts["council_tax_transactions"]["posted_on"].max() == date(2026, 9, 14)


def test_the_placeholder_date_of_birth_is_kept(tmp_path: Path) -> None:
    night = a_night()
    night["benefit_claims"][0]["dob"] = "1900-01-01"
    assert taken(tmp_path, night).extracts["benefit_claims"]["dob"].to_list()[0] == date(1900, 1, 1)


def test_columns_not_declared_are_named_and_not_read(tmp_path: Path) -> None:
    night = a_night()
    night["rent_accounts"] = [
        {**row, "ethnic_origin": "X", "Notes": "unruly dog"} for row in night["rent_accounts"]
    ]
    intake = taken(tmp_path, night)
    assert intake.refused_columns.rows() == [
        ("rent_accounts.csv", "ethnic_origin", "special category"),
        ("rent_accounts.csv", "Notes", "not in the allow-list"),
    ]
    assert dict(intake.extracts["rent_accounts"].schema) == SOURCES["rent_accounts"].schema


def test_a_source_that_the_council_does_not_have_is_absent(tmp_path: Path) -> None:
    mappings = tmp_path / "mappings"
    for source in ("rent_accounts", "rent_transactions", "rent_arrears_history"):
        changed_mapping(mappings, source, "required: yes", "required: no")
    night = {name: rows for name, rows in a_night().items() if not name.startswith("rent_")}
    intake = take_in(write_night(tmp_path / "night", night), mappings)
    assert set(intake.extracts) == set(night)


def test_a_ledger_without_its_accounts_belongs_to_nobody(tmp_path: Path) -> None:
    mappings = changed_mapping(tmp_path / "mappings", "rent_accounts", "required: yes", "required: no")
    night = {name: rows for name, rows in a_night().items() if name != "rent_accounts"}
    intake = take_in(write_night(tmp_path / "night", night), mappings)
    assert intake.extracts["rent_transactions"].is_empty()
    assert set(intake.rejects["reason"]) == {"its tenancy is not known: no file of them came"}


def test_payments_with_the_sign_of_charges_stop_the_run(tmp_path: Path) -> None:
    night = a_night()
    night["rent_transactions"] = [
        {"tenancy_ref": "T1", "date": f"{day:02}-Oct-2026", "type": "PAY", "amount": f"{pounds}.00"}
        for day in range(1, 21)
        for pounds in range(10, 16)
    ]
    with pytest.raises(MappingInvalid, match="120 of 120 payments come out as if they were charges"):
        taken(tmp_path, night)


@pytest.mark.parametrize(("sign", "factor"), [("credit_positive", -1), ("unsigned", None)])
def test_other_sign_conventions_come_out_the_same(tmp_path: Path, sign: str, factor: int | None) -> None:
    plain = taken(tmp_path, a_night()).extracts["rent_transactions"]
    night = a_night()
    for row in night["rent_transactions"]:
        pounds = float(row["amount"])
        row["amount"] = f"{abs(pounds) if factor is None else factor * pounds:.2f}"
    mappings = changed_mapping(tmp_path / "m", "rent_transactions", "sign: debit_positive", f"sign: {sign}")
    other = take_in(write_night(tmp_path / "other", night), mappings).extracts["rent_transactions"]
    assert other.equals(plain)


def test_a_file_that_its_mapping_does_not_fit_stops_the_run(tmp_path: Path) -> None:
    night = a_night()
    night["council_tax_transactions"] = [
        {"account_ref": "4001", "date": f"2026-09-{day:02}", "type": "PAYMENT", "amount": f"-{pounds}.00"}
        for day in range(1, 21)
        for pounds in range(10, 16)
    ]
    with pytest.raises(ExtractMalformed, match="120 of 120 values of date are not a date"):
        taken(tmp_path, night)


def test_a_column_that_mostly_stands_empty_and_is_wrong_where_it_does_not_stops_the_run(
    tmp_path: Path,
) -> None:
    night = a_night()
    account = night["council_tax_accounts"][0]
    night["council_tax_accounts"] = [
        {
            **account,
            "account_ref": f"7{number:03}",
            "recovery_stage_date": "" if number % 3 else "01-Oct-26",
        }
        for number in range(300)
    ]
    told = r"100 of 100 values of recovery_stage_date are not a date .*\(most look like 99-xxx-99:"
    with pytest.raises(ExtractMalformed, match=told):
        taken(tmp_path, night)


@pytest.mark.parametrize(
    ("extract", "key"), [("council_tax_accounts", "account_ref"), ("rent_accounts", "tenancy_ref")]
)
def test_debtors_in_credit_stop_the_run(tmp_path: Path, extract: str, key: str) -> None:
    night = a_night()
    stage = {"recovery_stage": "SUMMONS"} if key == "account_ref" else {"arrears_stage": "NOSP"}
    night[extract] = [
        {**night[extract][0], **stage, key: f"7{number:03}", "balance": "-66.08"} for number in range(120)
    ]
    with pytest.raises(MappingInvalid, match="120 of 120 rows at a stage of recovery come out in credit"):
        taken(tmp_path, night)


def test_the_fingerprint_tells_the_same_input(tmp_path: Path) -> None:
    first = taken(tmp_path / "a", a_night()).fingerprint
    night = a_night()
    assert taken(tmp_path / "b", night).fingerprint == first
    night["rent_transactions"][0]["amount"] = "92.01"
    assert taken(tmp_path / "c", night).fingerprint != first
    mappings = changed_mapping(tmp_path / "m", "rent_accounts", "# Rent", "# Our rent")
    assert take_in(tmp_path / "a" / "night", mappings).fingerprint != first


def test_progress_names_files_and_counts_alone(tmp_path: Path) -> None:
    lines: list[str] = []
    take_in(write_night(tmp_path, a_night()), progress=lines.append)
    assert len(lines) == len(a_night())
    assert lines[0] == "council_tax_accounts.csv: 3 rows, 0 set aside, 0 repeated"


@pytest.mark.parametrize("partners_named", [False, True])
def test_columns_whose_blanks_say_none_are_left_out_where_the_supplier_has_none(
    tmp_path: Path, *, partners_named: bool
) -> None:
    """An empty breathing space says that there is none: a supplier without the column doesn't say that."""
    night = a_night()
    partner = [name for name in night["benefit_claims"][0] if name.startswith("partner_")]
    for row in night["benefit_claims"]:
        for name in partner[partners_named:]:
            del row[name]
    mappings = changed_mapping(
        tmp_path / "mappings",
        "council_tax_accounts",
        "  breathing_space_end: breathing_space_end\n",
        "constants:\n  breathing_space_end:\n",
    )
    extracts = take_in(write_night(tmp_path / "night", night), mappings).extracts
    left_out = {name: set(SOURCES[name].schema) - set(frame.columns) for name, frame in extracts.items()}
    assert left_out.pop("council_tax_accounts") == {"breathing_space_end"}
    assert left_out.pop("benefit_claims") == (set() if partners_named else set(partner))
    assert not any(left_out.values())
