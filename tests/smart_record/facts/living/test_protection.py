"""Holds: breathing space, vulnerability, a support need."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smart_record.facts import derive_facts
from smart_record.facts.declarations import CATALOGUE
from tests.smart_record.facts.builders import NIGHT, a_claim, a_night, a_tenancy, an_account, facts_of

DAY = timedelta(days=1)
HOLDS = sum(name.startswith("holds.") for name in CATALOGUE)


@pytest.mark.parametrize(
    ("ends", "in_force", "left"),
    [(NIGHT - DAY, False, None), (NIGHT, True, 0), (NIGHT + 30 * DAY, True, 30), (None, False, None)],
)
def test_a_breathing_space_is_in_force_up_to_and_with_its_last_day(
    ends: date | None, *, in_force: bool, left: int | None
) -> None:
    facts = facts_of(an_account(breathing_space_end=ends))
    assert facts["holds.breathing_space"] is in_force
    assert facts["holds.breathing_space_ends_on"] == (ends if in_force else None)
    assert facts["holds.breathing_space_days_left"] == left


def test_a_hold_on_any_account_holds_ended_ones_too() -> None:
    ended = an_account("A1", liability_end=date(2026, 1, 1), breathing_space_end=NIGHT, vulnerable=True)
    facts = facts_of(ended, an_account("A2"))
    assert (facts["holds.breathing_space"], facts["holds.vulnerable"]) == (True, True)


def test_the_last_breathing_space_to_end_counts() -> None:
    facts = facts_of(
        an_account("A1", breathing_space_end=NIGHT + DAY),
        an_account("A2", breathing_space_end=NIGHT + 9 * DAY),
    )
    assert facts["holds.breathing_space_days_left"] == 9


def test_a_flag_that_cannot_be_read_is_not_a_no() -> None:
    assert facts_of(an_account(vulnerable=None))["holds.vulnerable"] is None
    both = an_account("A1", vulnerable=None), an_account("A2", vulnerable=True)
    assert facts_of(both)["holds.vulnerable"] is True
    assert facts_of(an_account("A1", vulnerable=None), an_account("A2"))["holds.vulnerable"] is None


def test_a_household_without_an_account_or_tenancy_has_no_known_holds() -> None:
    facts = facts_of(a_claim())
    assert [value for name, value in facts.items() if name.startswith("holds.")] == [None] * HOLDS


def test_the_support_flag_is_that_of_any_tenancy() -> None:
    ended = a_tenancy("T1", tenancy_end=date(2026, 1, 1), support_flag=True)
    assert facts_of(ended, a_tenancy("T2"))["holds.support_flag"] is True
    assert facts_of(a_tenancy())["holds.support_flag"] is False


def test_holds_are_known_on_the_night_only() -> None:
    parts = an_account(breathing_space_end=NIGHT, vulnerable=True), a_tenancy(support_flag=True)
    facts = facts_of(parts, as_of=NIGHT - DAY, snapshot_on=NIGHT)
    assert [value for name, value in facts.items() if name.startswith("holds.")] == [None] * HOLDS


def test_no_breathing_space_is_said_only_where_a_column_or_notices_could_tell_of_one() -> None:
    night = a_night(an_account(), brought=["breathing_space_notices"])
    accounts = {"council_tax_accounts": night.extracts["council_tax_accounts"].drop("breathing_space_end")}
    told = derive_facts(replace(night, extracts={**night.extracts, **accounts}), as_of=NIGHT)
    silent = derive_facts(replace(night, extracts=accounts), as_of=NIGHT)
    assert told["holds__breathing_space"].to_list() == [False]
    assert silent["holds__breathing_space"].to_list() == [None]
