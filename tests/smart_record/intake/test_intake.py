"""A night taken in from end to end: nothing lost, nothing later than its date, nothing personal shown."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smart_record.errors import ExtractMalformed, MappingInvalid
from smart_record.intake import take_in
from smart_record.intake.sources import SOURCES
from tests.smart_record.intake.builders import (
    AS_OF,
    Night,
    a_night,
    changed_mapping,
    counts_of,
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


def set_value(source: str, column: str, value: str) -> Callable[[Night], None]:
    return lambda night: night[source][0].update({column: value})


def append_copy(source: str, **changes: str) -> Callable[[Night], None]:
    return lambda night: night[source].append({**night[source][0], **changes})


@pytest.mark.parametrize(
    ("change", "source", "column", "shown", "reason"),
    [
        (
            set_value("council_tax_accounts", "liability_start", "31/02/2025"),
            "council_tax_accounts",
            "liability_start",
            "31/02/2025",
            "liability_start is not a date that exists, written dd/mm/yyyy",
        ),
        (
            set_value("rent_accounts", "weekly_rent", "£££"),
            "rent_accounts",
            "weekly_rent",
            "£££",
            "weekly_rent is not an amount in pounds and whole pence",
        ),
        (
            set_value("rent_accounts", "weekly_rent", "-92.00"),
            "rent_accounts",
            "weekly_rent",
            "-92.00",
            "weekly_rent is below nought",
        ),
        (
            set_value("rent_accounts", "arrears_stage", "LETTER9"),
            "rent_accounts",
            "arrears_stage",
            "LETTER9",
            "arrears_stage is not a code that the mapping lists under `values:`",
        ),
        (
            set_value("benefit_claims", "dob", "n/a"),
            "benefit_claims",
            "dob",
            None,
            "dob is not a date that exists, written yyyy-mm-dd",
        ),
        (
            set_value("benefit_claims", "dob", "1899-12-31"),
            "benefit_claims",
            "dob",
            None,
            "dob is before 1900",
        ),
        (
            set_value("benefit_claims", "dob", "2026-11-01"),
            "benefit_claims",
            "dob",
            None,
            "dob is a date of birth after 2026-10-31",
        ),
        (
            set_value("council_tax_accounts", "liability_end", "31/03/2020"),
            "council_tax_accounts",
            "liability_end",
            "2020-03-31",
            "liability_end is before liability_start",
        ),
        (
            set_value("council_tax_accounts", "liability_start", "01/11/2026"),
            "council_tax_accounts",
            "liability_start",
            "2026-11-01",
            "liability_start is dated after 2026-10-31: the account is not in force on that date",
        ),
        (
            set_value("council_tax_transactions", "date", "01/11/2026"),
            "council_tax_transactions",
            "date",
            "2026-11-01",
            "date is dated after 2026-10-31: not known on that date",
        ),
        (
            set_value("council_tax_accounts", "account_ref", " "),
            "council_tax_accounts",
            "account_ref",
            None,
            "account_ref is blank",
        ),
        (
            append_copy("rent_transactions", tenancy_ref="T9"),
            "rent_transactions",
            "tenancy_ref",
            "T9",
            "its tenancy is not known: it is not in rent_accounts.csv",
        ),
    ],
)
def test_a_row_that_cannot_be_right_is_set_aside_with_its_reason(
    tmp_path: Path,
    change: Callable[[Night], None],
    source: str,
    column: str,
    shown: str | None,
    reason: str,
) -> None:
    night = a_night()
    change(night)
    rejects = taken(tmp_path, night).rejects
    first = rejects.filter(pl.col("source") == source).row(0, named=True)
    assert (first["column"], first["value_shown"], first["reason"]) == (column, shown, reason)


def test_every_reason_of_a_row_is_told_in_one_reject(tmp_path: Path) -> None:
    night = a_night()
    night["council_tax_accounts"][1] |= {"liability_start": "n/a", "balance": "UNKNOWN"}
    rejects = taken(tmp_path, night).rejects.filter(pl.col("source") == "council_tax_accounts")
    assert rejects["line"].to_list() == [3]
    assert rejects["reason"].item() == (
        "liability_start is not a date that exists, written dd/mm/yyyy; "
        "balance is not an amount in pounds and whole pence"
    )


def test_rows_of_a_record_set_aside_say_why_their_record_is_not_there(tmp_path: Path) -> None:
    night = a_night()
    night["council_tax_accounts"][0]["balance"] = "£££"
    intake = taken(tmp_path, night)
    lost = intake.rejects.filter(pl.col("source") == "council_tax_transactions")
    assert lost["line"].to_list() == [2, 3, 4]
    assert lost["reason"].unique().item() == (
        "its account is set aside: line 2 of council_tax_accounts.csv: "
        "balance is not an amount in pounds and whole pence"
    )


def test_a_row_that_comes_twice_counts_once(tmp_path: Path) -> None:
    night = a_night()
    night["rent_accounts"].insert(0, dict(night["rent_accounts"][1]))
    night["council_tax_transactions"].append(dict(night["council_tax_transactions"][0]))
    intake = taken(tmp_path, night)
    assert counts_of(intake, "rent_accounts") == {
        "rows_read": 3,
        "accepted": 2,
        "set_aside": 0,
        "duplicates": 1,
    }
    assert intake.extracts["rent_accounts"]["line"].to_list() == [2, 3]
    assert counts_of(intake, "council_tax_transactions")["duplicates"] == 1


def test_a_bad_row_that_comes_twice_is_set_aside_once(tmp_path: Path) -> None:
    night = a_night()
    night["rent_accounts"][1]["weekly_rent"] = "£££"
    night["rent_accounts"].append(dict(night["rent_accounts"][1]))
    night["rent_accounts"].append({**night["rent_accounts"][1], "weekly_rent": "n/a"})
    intake = taken(tmp_path, night)
    assert counts_of(intake, "rent_accounts") == {
        "rows_read": 4,
        "accepted": 1,
        "set_aside": 2,
        "duplicates": 1,
    }


def test_a_key_with_two_contents_is_decided_by_nobody(tmp_path: Path) -> None:
    night = a_night()
    night["rent_accounts"].append({**night["rent_accounts"][0], "weekly_rent": "93.00"})
    intake = taken(tmp_path, night)
    assert intake.extracts["rent_accounts"]["record_ref"].to_list() == ["T2"]
    told = intake.rejects.filter(pl.col("source") == "rent_accounts")
    assert told["line"].to_list() == [2, 4]
    assert set(told["reason"]) == {
        "tenancy_ref comes with different content on lines 2, 4: which is right can't be told"
    }


def test_a_key_whose_other_row_is_unreadable_is_accepted(tmp_path: Path) -> None:
    night = a_night()
    night["rent_accounts"].append({**night["rent_accounts"][0], "weekly_rent": "£££"})
    assert taken(tmp_path, night).extracts["rent_accounts"]["record_ref"].to_list() == ["T1", "T2"]


def test_equal_payments_with_their_own_numbers_are_two_payments(tmp_path: Path) -> None:
    mappings = changed_mapping(
        tmp_path / "mappings",
        "rent_transactions",
        "  amount: amount",
        "  amount: amount\n  transaction_ref: id",
    )
    night = a_night()
    night["rent_transactions"] = [
        {**row, "id": str(number)} for number, row in enumerate(night["rent_transactions"] * 2)
    ]
    intake = take_in(write_night(tmp_path / "night", night), mappings)
    assert counts_of(intake, "rent_transactions")["accepted"] == 4
    assert "transaction_ref" not in intake.extracts["rent_transactions"].columns


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
    with pytest.raises(ExtractMalformed, match="120 of 120 rows have no date that is a date"):
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


PERSONAL = ("EXAMPLE", "Example", "Ann", "Bea", "QQ123456C", "Invented Street", "ZZ1 1AA", "1980")
GARBAGE = st.sampled_from(["", " ", "£££", "n/a", "31/02/2025", "1e9", "-1", "MS A EXAMPLE", "9" * 30, "Ann"])


@settings(derandomize=True, max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_row_is_lost_and_nothing_personal_shown_whatever_stands_in_the_files(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    night = a_night()
    for rows in night.values():
        for row in data.draw(st.lists(st.sampled_from(rows), max_size=3)):
            row[data.draw(st.sampled_from(sorted(row)))] = data.draw(GARBAGE)
        rows.extend(data.draw(st.lists(st.sampled_from(rows), max_size=2)))
    intake = taken(tmp_path_factory.mktemp("night"), night)
    for source, rows in night.items():
        counts = counts_of(intake, source)
        assert counts["rows_read"] == len(rows)
        assert counts["accepted"] + counts["set_aside"] + counts["duplicates"] == len(rows)
        assert intake.extracts[source].height == counts["accepted"]
        assert intake.rejects.filter(pl.col("source") == source).height == counts["set_aside"]
    shown = intake.rejects.filter(~pl.col("column").str.ends_with("_ref"))
    for word in PERSONAL:
        assert not intake.rejects["reason"].str.contains(word, literal=True).any()
        hidden = shown.filter(pl.col("column").str.contains("name|dob|nino|address|postcode|phone|email"))
        assert hidden["value_shown"].null_count() == hidden.height


@settings(derandomize=True, max_examples=6, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_rows_decides_nothing(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    night = a_night()
    night["rent_accounts"] += [
        {**night["rent_accounts"][0], "weekly_rent": "93.00"},
        dict(night["rent_accounts"][1]),
    ]
    night["council_tax_accounts"][1]["balance"] = "£££"
    shuffled = {name: random.Random(seed).sample(rows, len(rows)) for name, rows in night.items()}
    one, other = (taken(tmp_path_factory.mktemp("night"), each) for each in (night, shuffled))
    for name, frame in one.extracts.items():
        columns = [column for column in frame.columns if column != "line"]
        assert other.extracts[name].select(columns).sort(columns).equals(frame.select(columns).sort(columns))
    assert one.counts.equals(other.counts)
