"""Stages of recovery: the dated history decides; the account's own column where the history is silent."""

from datetime import date, timedelta
from typing import Any

import pytest

from smart_record.facts.declarations import COUNCIL_TAX_STAGES
from tests.smart_record.facts.builders import NIGHT, a_stage, a_tenancy, an_account, facts_of

DAY = timedelta(days=1)
SPRING, SUMMER = date(2026, 4, 1), date(2026, 7, 1)


def stage(*parts: Any, as_of: date = NIGHT, **told: Any) -> list[Any]:
    facts = facts_of(*parts, as_of=as_of, **told)
    return [facts[f"council_tax.{name}"] for name in ("stage", "stage_since", "days_in_stage")]


def test_the_latest_change_by_the_day_is_the_stage() -> None:
    history = a_stage("A1", "reminder_1", SPRING), a_stage("A1", "final_notice", SUMMER)
    assert stage(an_account(), history) == ["final_notice", SUMMER, (NIGHT - SUMMER).days]
    assert stage(an_account(), history, as_of=SUMMER) == ["final_notice", SUMMER, 0]
    assert stage(an_account(), history, as_of=SUMMER - DAY) == ["reminder_1", SPRING, 90]
    assert stage(an_account(), history, as_of=SPRING - DAY) == ["bill", None, None]


def test_a_stage_may_fall_back_to_the_bill() -> None:
    history = a_stage("A1", "summons", SPRING), a_stage("A1", "bill", SUMMER)
    assert stage(an_account(), history)[:2] == ["bill", SUMMER]


def test_of_several_changes_on_one_day_the_most_severe_counts() -> None:
    history = a_stage("A1", "liability_order", SPRING), a_stage("A1", "summons", SPRING)
    assert stage(an_account(), history)[0] == "liability_order"


def test_the_accounts_own_stage_does_not_override_its_history() -> None:
    account = an_account(recovery_stage="enforcement_agent", recovery_stage_date=date(2026, 2, 1))
    assert stage(account, a_stage("A1", "reminder_1", SPRING))[0] == "reminder_1"


def test_an_undated_stage_holds_on_the_night_only() -> None:
    account = an_account(recovery_stage="final_notice")
    assert stage(account) == ["final_notice", None, None]
    assert stage(account, as_of=NIGHT - DAY, snapshot_on=NIGHT) == ["bill", None, None]


def test_a_dated_stage_without_history_holds_from_its_date() -> None:
    account = an_account(recovery_stage="final_notice", recovery_stage_date=SUMMER)
    assert stage(account) == ["final_notice", SUMMER, (NIGHT - SUMMER).days]
    assert stage(account, as_of=SUMMER, snapshot_on=NIGHT)[0] == "final_notice"
    assert stage(account, as_of=SUMMER - DAY, snapshot_on=NIGHT)[0] == "bill"


def test_without_a_history_file_only_the_accounts_own_stage_is_known() -> None:
    absent = ["council_tax_recovery_history"]
    assert stage(an_account(recovery_stage="summons"), absent=absent)[0] == "summons"
    assert stage(an_account(recovery_stage=None), absent=absent)[0] is None
    past = {"as_of": NIGHT - DAY, "snapshot_on": NIGHT}
    assert stage(an_account(recovery_stage="summons"), absent=absent, **past)[0] is None
    facts = facts_of(an_account(), absent=absent)
    assert facts["council_tax.reminders_12m"] is None


def test_of_several_current_accounts_the_most_severe_stage_counts_since_it_was_first_reached() -> None:
    facts = stage(
        *[an_account(ref) for ref in ("A1", "A2", "A3")],
        a_stage("A1", "reminder_1", date(2026, 1, 1)),
        a_stage("A2", "summons", SUMMER),
        a_stage("A3", "summons", SPRING),
    )
    assert facts[:2] == ["summons", SPRING]


def test_of_several_current_accounts_one_unknown_may_be_the_most_severe() -> None:
    absent = ["council_tax_recovery_history"]
    unknown = an_account("A2", recovery_stage=None)
    billed = an_account("A1", recovery_stage="reminder_1", recovery_stage_date=SPRING)
    assert stage(billed, unknown, absent=absent) == [None, None, None]
    ended = an_account("A2", recovery_stage=None, liability_end=SUMMER)
    assert stage(billed, ended, absent=absent)[0] == "reminder_1"
    worst = an_account("A1", recovery_stage=COUNCIL_TAX_STAGES[-1], recovery_stage_date=SPRING)
    assert stage(worst, unknown, absent=absent) == [COUNCIL_TAX_STAGES[-1], None, None]
    assert stage(worst, absent=absent)[1] == SPRING


def test_an_ended_account_has_no_active_stage_but_its_orders_count() -> None:
    facts = facts_of(
        an_account("A1", liability_end=SUMMER), an_account("A2"), a_stage("A1", "liability_order", SPRING)
    )
    assert facts["council_tax.stage"] == "bill"
    assert facts["council_tax.liability_orders_24m"] == 1


@pytest.mark.parametrize(
    ("day", "counted"), [(date(2025, 10, 31), 0), (date(2025, 11, 1), 1), (NIGHT + DAY, 0)]
)
def test_reminders_of_twelve_months_are_those_after_the_same_day_last_year(day: date, counted: int) -> None:
    facts = facts_of(an_account(), a_stage("A1", "reminder_1", day))
    assert facts["council_tax.reminders_12m"] == counted


def test_reminders_and_final_notices_are_counted_apart_from_later_steps() -> None:
    steps = [
        a_stage("A1", name, SPRING + week * timedelta(weeks=1))
        for week, name in enumerate(COUNCIL_TAX_STAGES)
    ]
    facts = facts_of(an_account(), steps)
    assert facts["council_tax.reminders_12m"] == 3
    assert facts["council_tax.reminders_this_year"] == 2
    assert facts["council_tax.liability_orders_24m"] == 1


def test_this_year_begins_on_the_first_of_april() -> None:
    history = a_stage("A1", "reminder_1", date(2026, 3, 31)), a_stage("A1", "reminder_2", SPRING)
    assert facts_of(an_account(), history)["council_tax.reminders_this_year"] == 1
    assert facts_of(an_account(), history, as_of=date(2026, 3, 31))["council_tax.reminders_this_year"] == 1


def test_rent_has_a_ladder_of_its_own() -> None:
    facts = facts_of(
        a_tenancy(),
        a_stage("T1", "letter_2", date(2026, 1, 1)),
        a_stage("T1", "notice_seeking_possession", SPRING),
    )
    assert facts["rent.stage"] == "notice_seeking_possession"
    assert facts["rent.stage_since"] == SPRING
    assert facts["rent.days_in_stage"] == (NIGHT - SPRING).days
    assert facts["rent.notices_24m"] == 1


def test_a_tenancy_without_a_step_has_none() -> None:
    facts = facts_of(a_tenancy())
    assert (facts["rent.stage"], facts["rent.stage_since"], facts["rent.notices_24m"]) == ("none", None, 0)
