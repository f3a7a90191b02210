"""Rows that can't be right are set aside with their reason; rows that come twice count once."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from smart_record.errors import ExtractMalformed
from smart_record.intake import take_in
from tests.smart_record.intake.builders import (
    Night,
    a_night,
    changed_mapping,
    counts_of,
    taken,
    write_night,
)


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


def test_a_file_of_records_that_was_cut_short_stops_the_night(tmp_path: Path) -> None:
    """Without a manifest nothing else says that most tenancies are missing."""
    night = a_night()
    tenancy = night["rent_transactions"][0]
    night["rent_transactions"] += [tenancy | {"tenancy_ref": f"T8{n:03}"} for n in range(100)]
    with pytest.raises(ExtractMalformed, match=r"belong to no tenancy in rent_accounts\.csv.*was cut short"):
        taken(tmp_path, night)


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
