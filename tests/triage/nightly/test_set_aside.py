"""One bad code or date form shows as one reason; single bad rows, and personal values, do not show."""

from dataclasses import replace

import polars as pl

from smart_record.intake.columns.problems import REJECTS_SCHEMA
from smart_record.intake.intake import COUNTS_SCHEMA
from tests.triage.council_nights import an_intake
from triage.nightly.set_aside import common_reasons


def rejected(line: int, column: str, value: str | None, reason: str) -> tuple[object, ...]:
    return ("accounts", "a.csv", line, f"A{line}", column, value, reason)


def reasons(rows: list[tuple[object, ...]], of: int) -> list[dict[str, object]]:
    counts = pl.DataFrame([("a.csv", "accounts", of, 0, len(rows), 0)], COUNTS_SCHEMA, orient="row")
    rejects = pl.DataFrame(rows, REJECTS_SCHEMA, orient="row")
    return common_reasons(replace(an_intake({}), counts=counts, rejects=rejects)).to_dicts()


def test_a_code_that_nobody_listed_is_one_reason_with_its_value() -> None:
    rows = [
        rejected(line, "Pay", "CASH" if line % 3 else "CHEQUE", "Pay is not listed") for line in range(30)
    ]
    assert reasons(rows, of=100) == [
        {"file": "a.csv", "reason": "Pay is not listed", "rows": 30, "of": 100, "mostly": "CASH"}
    ]


def test_rows_of_many_set_aside_records_are_one_reason() -> None:
    rows = [
        rejected(line, "ref", f"A{line}", f"its account is set aside: line {line} of b.csv: Pay is blank")
        for line in range(30)
    ]
    assert [(each["reason"], each["rows"], each["mostly"]) for each in reasons(rows, of=100)] == [
        ("its account is set aside", 30, None)
    ]


def test_single_rows_are_no_matter_of_the_mapping_and_personal_values_stay_out() -> None:
    assert reasons([rejected(1, "Bal", "£££", "Bal is not an amount")], of=100) == []
    born = [rejected(line, "Birth", None, "Birth is not a date") for line in range(3)]
    assert reasons(born, of=100)[0]["mostly"] is None
