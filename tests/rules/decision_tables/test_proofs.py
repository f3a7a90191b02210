"""What is proved of a decision table: overlaps, gaps, rows that can never be met."""
# ruff: noqa: E501  # messages are compared whole

from pathlib import Path

import pytest

from tests.rules.decision_tables.builders import faults, loaded, proved, table


def test_rows_that_give_way_begin_and_end_together(tmp_path: Path) -> None:
    body = "rent.arrears,from,because\n> £5,2026-04-01,a\n> £1,2027-04-01,b\n"
    (told,) = faults(tmp_path, table(body))
    assert "all rows begin and end together" in told
    assert len(loaded(tmp_path, table(body, "collect")).rules) == 2


def test_overlapping_rows_are_a_fault_under_unique(tmp_path: Path) -> None:
    body = "rent.arrears,rent.tenant,because\n>= £500,yes,a\n<= £500,-,b\n> £900,no,c\n"
    assert proved(tmp_path, table(body, "unique")) == [
        "fault 13 RA-2: row 2 and row 1 (line 12) both fit one household, which the hit policy unique rules out (example: rent.arrears £500, rent.tenant yes)"
    ]


def test_overlapping_rows_must_agree_under_any(tmp_path: Path) -> None:
    body = "rent.arrears,tier,because\n>= £500,2,a\n>= £900,{},b\n"
    told = proved(tmp_path, table(body.format(3), "any"))
    assert told[0].startswith(
        "fault 13 RA-2: row 2 and row 1 (line 12) both fit one household and lead to different things"
    )
    assert not [each for each in proved(tmp_path, table(body.format(2), "any")) if each.startswith("fault")]


@pytest.mark.parametrize("policy", ["first", "unique", "collect"])
def test_a_table_that_is_to_be_complete_shows_who_fits_no_row(tmp_path: Path, policy: str) -> None:
    body = "rent.arrears,because\n< £500,a\n> £500,b\n"
    told = proved(tmp_path, table(body, policy, complete="yes"))
    assert (
        "fault 11 RA: no row fits this household, though the table is to be complete: rent.arrears £500"
        in told
    )
    closed = proved(tmp_path, table(body.replace("> £500", ">= £500"), policy, complete="yes"))
    assert not [each for each in closed if "no row fits" in each]


def test_a_row_hidden_behind_another_can_never_be_met(tmp_path: Path) -> None:
    told = proved(tmp_path, table("rent.arrears,because\n> £5,a\n> £9,b\n"))
    assert told == [
        "fault 13 RA-2: can never be met: no household can have `signal.ra_row_2` and `not signal.ra_row_1` together"
    ]
