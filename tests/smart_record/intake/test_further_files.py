"""Further files: taken in where they come, told apart by system and reference, never needed."""

from pathlib import Path

import pytest

from smart_record.intake import take_in
from smart_record.intake.declared.further import FURTHER
from smart_record.intake.declared.sources import SOURCES
from smart_record.intake.mapping_files.folder import DEFAULT_MAPPINGS, copy_default_mappings
from tests.smart_record.intake.builders import AS_OF, a_night, write_night

PLAN = {
    "system": "COUNCIL TAX",
    "record": "4001",
    "agreed_on": "2026-09-01",
    "state": "ACTIVE",
    "ends_on": "2027-03-31",
    "broken_on": "",
    "instalment": "25.00",
}
NEEDED = [name for name, source in SOURCES.items() if not source.optional]


def test_a_night_without_further_files_brings_none_of_them(tmp_path: Path) -> None:
    intake = take_in(write_night(tmp_path, a_night()))
    assert sorted(intake.extracts) == sorted(NEEDED)


def test_a_council_that_was_laid_out_earlier_has_no_mappings_for_them(tmp_path: Path) -> None:
    copy_default_mappings(tmp_path / "mappings")
    for source in FURTHER:
        (tmp_path / "mappings" / f"{source.name}.yaml").unlink()
    intake = take_in(write_night(tmp_path, a_night()), tmp_path / "mappings")
    assert sorted(intake.extracts) == sorted(NEEDED)
    assert len(list(DEFAULT_MAPPINGS.glob("*.yaml"))) == len(SOURCES)


def test_a_row_is_taken_in_under_the_record_that_it_names(tmp_path: Path) -> None:
    rent = PLAN | {"system": "RENT", "record": "T1", "state": "BROKEN", "broken_on": "2026-10-02"}
    intake = take_in(write_night(tmp_path, a_night() | {"payment_arrangements": [PLAN, rent]}))
    plans = intake.extracts["payment_arrangements"]
    assert dict(plans.schema) == SOURCES["payment_arrangements"].schema
    assert plans.select("record_ref", "system", "record", "state", "instalment_pence").rows() == [
        ("council_tax/4001", "council_tax", "4001", "active", 2500),
        ("rent/T1", "rent", "T1", "broken", 2500),
    ]


def test_a_row_about_a_record_that_nobody_has_is_set_aside(tmp_path: Path) -> None:
    other_system = PLAN | {"system": "RENT"}
    later = PLAN | {"agreed_on": "2026-11-01"}
    odd = PLAN | {"state": "PERHAPS"}
    night = a_night() | {"payment_arrangements": [PLAN, other_system, later, odd]}
    intake = take_in(write_night(tmp_path, night), as_of=AS_OF)
    assert intake.extracts["payment_arrangements"].height == 1
    told = dict(intake.rejects.select("line", "reason").rows())
    assert told[3] == "its record is not known: it is not in the system's own file"
    assert "is dated after 2026-10-31" in told[4]
    assert "PERHAPS" in told[5] or "state" in told[5]


def test_a_row_about_a_record_set_aside_says_why(tmp_path: Path) -> None:
    night = a_night()
    night["council_tax_accounts"][0]["liability_start"] = "31/02/2020"
    intake = take_in(write_night(tmp_path, night | {"payment_arrangements": [PLAN]}), as_of=AS_OF)
    (reason,) = intake.rejects.filter(source="payment_arrangements")["reason"]
    assert reason.startswith("its record is set aside: line 2 of the system's own file: liability_start")


LATER = {
    "payment_arrangements": PLAN | {"agreed_on": "2026-11-02"},
    "officer_flags": {"kind": "BEREAVEMENT", "set_on": "2026-11-02", "review_on": "", "ended_on": ""},
    "breathing_space_notices": {"kind": "STANDARD", "began_on": "2026-11-02", "ends_on": ""},
    "crisis_awards": {"awarded_on": "2026-11-02", "scheme": "CRISIS PAYMENT", "amount": "10"},
    "homelessness_cases": {
        "opened_on": "2026-11-02",
        "route": "APPROACH",
        "answered_on": "",
        "closed_on": "",
    },
    "income_and_spending": {"taken_on": "2026-11-02", "monthly_surplus": "10"},
    "resident_contacts": {"made_on": "2026-11-02", "result": "NO ANSWER"},
}


@pytest.mark.parametrize("source", LATER)
def test_a_row_that_happened_later_leaves_nothing_not_known(tmp_path: Path, source: str) -> None:
    later = {"system": "COUNCIL TAX", "record": "4001"} | LATER[source]
    (day,) = [name for name, value in later.items() if value == "2026-11-02"]
    unread = later | {day: "31/02/2026"}
    intake = take_in(write_night(tmp_path, a_night() | {source: [later, unread]}), as_of=AS_OF)
    assert intake.rejects["line"].to_list() == [2, 3]
    assert intake.named[source]["line"].to_list() == [3]


def test_an_end_that_lies_ahead_has_not_happened(tmp_path: Path) -> None:
    flag = {
        "system": "RENT",
        "record": "T1",
        "kind": "VULNERABLE",
        "set_on": "2026-09-01",
        "review_on": "2026-12-01",
        "ended_on": "2026-11-15",
    }
    intake = take_in(write_night(tmp_path, a_night() | {"officer_flags": [flag]}), as_of=AS_OF)
    assert intake.extracts["officer_flags"]["ended_on"].to_list() == [None]
    assert intake.withheld["source"].to_list() == ["officer_flags"]


def test_a_plan_broken_later_does_not_say_so_yet(tmp_path: Path) -> None:
    broken = PLAN | {"state": "BROKEN", "broken_on": "2026-11-03"}
    intake = take_in(write_night(tmp_path, a_night() | {"payment_arrangements": [broken]}), as_of=AS_OF)
    assert intake.extracts["payment_arrangements"].select("state", "broken_on").rows() == [(None, None)]
    assert intake.withheld["column"].to_list() == ["state"]


def test_a_row_with_a_field_too_many_says_whose_flags_are_not_known(tmp_path: Path) -> None:
    flag = {"system": "RENT", "record": "T1", "kind": "VULNERABLE", "set_on": "1,2026-09-01"}
    folder = write_night(tmp_path, a_night() | {"officer_flags": [flag | {"review_on": "", "ended_on": ""}]})
    file = folder / "officer_flags.csv"
    file.write_text(file.read_text().replace('"', ""))
    named = take_in(folder, as_of=AS_OF).named["officer_flags"]
    assert named.select("system", "record", "kind").rows() == [("rent", "T1", None)]
