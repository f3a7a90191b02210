"""A data protection officer asks who saw a household's record."""

import json
from datetime import UTC, datetime

import polars as pl


def test_who_saw_a_household_is_told_and_that_it_was_asked(night, triage, tmp_path) -> None:
    triage("export", "households", "--council", night, "-o", tmp_path / "households.csv")
    household = pl.read_csv(tmp_path / "households.csv")["household_id"].sort()[-1]
    triage("household", household, "--council", night, "--purpose", "homelessness")

    asked = ("audit", "--council", night, "--household", household)
    told = triage(*asked).stdout
    assert "view household" in told
    assert "homelessness" in told
    lines = json.loads(triage(*asked, "--json").stdout)["lines"]
    assert [each["action"] for each in lines][:2] == ["read_audit_log", "view_household"]
    assert {each["household_id"] for each in lines} == {household}

    everything = json.loads(triage("audit", "--council", night, "--limit", 2, "--json").stdout)
    assert len(everything["lines"]) == 2
    assert everything["found"] > 2
    assert everything["lines"][0]["subject"].startswith(f"household_id {household}: ")


def test_lines_are_found_by_holder_and_day(night, triage) -> None:
    today = datetime.now(UTC).date()
    assert "No line" in triage("audit", "--council", night, "--holder", "nobody [at all]").stdout
    assert "No line" in triage("audit", "--council", night, "--until", "2020-01-01").stdout
    assert "complete night" in triage("audit", "--council", night, "--since", today, "--limit", 9999).stdout


def test_a_new_councils_folder_is_its_owners_alone(triage, tmp_path) -> None:
    triage("init", tmp_path / "new" / "council")
    assert (tmp_path / "new" / "council").stat().st_mode & 0o077 == 0
