"""What further files tell, and that a file that did not come tells nothing."""

from datetime import date

import pytest

from smart_record.facts.declarations import FACTS
from smart_record.facts.records.attached import FURTHER
from tests.smart_record.facts.builders import (
    Part,
    a_claim,
    a_dependant,
    a_row,
    a_tenancy,
    an_account,
    facts_of,
)

HOME = (an_account(), a_tenancy(), a_claim())
PLAN, COURT, FLAG = "payment_arrangements", "court_dates", "officer_flags"
NOTICE, CASE, CONTACT = "universal_credit_notices", "homelessness_cases", "resident_contacts"


def test_nothing_is_known_of_a_file_that_did_not_come() -> None:
    alone = [fact.name for fact in FACTS if set(fact.sources) <= {*FURTHER}]
    found = facts_of(*HOME)
    assert len(alone) > 30
    assert {name: found[name] for name in alone if found[name] is not None} == {}


@pytest.mark.parametrize("name", ["council_tax.plan", "rent.plan", "council_tax.hearing_set"])
def test_a_file_that_came_without_a_row_says_no(name: str) -> None:
    assert facts_of(*HOME, brought=FURTHER)[name] is False


def test_a_file_that_came_says_nothing_of_a_system_without_a_record() -> None:
    found = facts_of(an_account(), brought=FURTHER)
    assert found["council_tax.plan"] is False
    assert found["rent.plan"] is None
    assert found["rent.possession_date_set"] is None
    assert found["universal_credit.award"] is None


def test_nothing_of_a_further_file_is_known_for_a_past_date() -> None:
    plan = a_row(PLAN, "council_tax", "A1", agreed_on=date(2026, 5, 1), state="active")
    found = facts_of(*HOME, plan, as_of=date(2026, 8, 1), snapshot_on=date(2026, 10, 31))
    assert found["council_tax.plan"] is None


def test_a_plan_that_runs_has_been_kept_since_it_was_last_broken() -> None:
    found = facts_of(
        *HOME,
        a_row(
            PLAN,
            "council_tax",
            "A1",
            agreed_on=date(2026, 5, 1),
            state="active",
            broken_on=date(2026, 10, 1),
        ),
    )
    assert found["council_tax.plan"] is True
    assert found["council_tax.plan_kept_weeks"] == 4
    assert found["council_tax.plan_breaches_6m"] == 1
    assert found["council_tax.plan_broken_on"] == date(2026, 10, 1)
    assert found["rent.plan"] is False


def test_a_plan_that_was_broken_or_has_run_out_does_not_run() -> None:
    broken = a_row(PLAN, "rent", "T1", agreed_on=date(2026, 1, 5), state="broken", broken_on=date(2026, 3, 2))
    over = a_row(PLAN, "rent", "T1", agreed_on=date(2026, 4, 5), state="active", ends_on=date(2026, 10, 30))
    found = facts_of(*HOME, broken, over)
    assert found["rent.plan"] is False
    assert found["rent.plan_kept_weeks"] is None
    assert found["rent.plan_breaches_6m"] == 0
    assert found["rent.plan_broken_on"] == date(2026, 3, 2)


def test_a_plan_whose_state_came_after_the_night_was_running() -> None:
    agreed = {"agreed_on": date(2026, 9, 5)}
    for withheld in (
        a_row(PLAN, "council_tax", "A1", **agreed, state=None),
        a_row(PLAN, "council_tax", "A1", **agreed, state="broken", broken_on=date(2026, 11, 3)),
    ):
        found = facts_of(*HOME, withheld)
        assert found["council_tax.plan"] is True
        assert found["council_tax.plan_kept_weeks"] == 8
        assert (found["council_tax.plan_breaches_6m"], found["council_tax.plan_broken_on"]) == (0, None)


def test_the_next_court_date_ahead_counts_and_of_one_day_the_most_severe() -> None:
    found = facts_of(
        *HOME,
        a_row(COURT, "rent", "T1", step="hearing", due_on=date(2026, 10, 30)),
        a_row(COURT, "rent", "T1", step="notice_expiry", due_on=date(2026, 11, 20)),
        a_row(COURT, "rent", "T1", step="eviction", due_on=date(2026, 11, 20)),
        a_row(COURT, "rent", "T1", step="hearing", due_on=date(2027, 1, 8)),
        a_row(COURT, "council_tax", "A1", step="hearing", due_on=date(2026, 10, 31)),
    )
    assert found["rent.possession_date"] == date(2026, 11, 20)
    assert found["rent.possession_step"] == "eviction"
    assert found["council_tax.hearing_on"] == date(2026, 10, 31)


def test_a_flag_holds_past_its_review_until_somebody_ends_it() -> None:
    due = {"set_on": date(2026, 8, 1), "review_on": date(2026, 9, 1)}
    waiting = a_row(FLAG, "council_tax", "A1", kind="evidence_awaited", **due)
    found = facts_of(*HOME, waiting)
    assert found["holds.evidence_awaited"] is True
    assert found["holds.evidence_due_on"] == date(2026, 9, 1)
    assert found["holds.representative"] is False
    ended = a_row(FLAG, "council_tax", "A1", kind="evidence_awaited", ended_on=date(2026, 10, 31), **due)
    assert facts_of(*HOME, ended)["holds.evidence_awaited"] is False


def test_a_flag_of_another_service_marks_a_household_that_its_account_does_not() -> None:
    flagged = a_row(FLAG, "rent", "T1", kind="vulnerable", set_on=date(2026, 8, 1))
    assert facts_of(*HOME, flagged)["holds.vulnerable"] is True
    assert facts_of(*HOME, brought=[FLAG])["holds.vulnerable"] is False
    assert facts_of(a_claim(), brought=[FLAG])["holds.vulnerable"] is None


def test_a_notice_brings_a_breathing_space_that_no_account_shows() -> None:
    notices = "breathing_space_notices"
    crisis = a_row(notices, "rent", "T1", kind="mental_health_crisis", began_on=date(2026, 10, 1))
    found = facts_of(*HOME, crisis)
    assert found["holds.breathing_space"] is True
    assert found["holds.breathing_space_kind"] == "mental_health_crisis"
    assert found["holds.breathing_space_began_on"] == date(2026, 10, 1)
    assert found["holds.breathing_space_ends_on"] is None
    over = a_row(notices, "rent", "T1", kind="standard", began_on=date(2026, 8, 1), ends_on=date(2026, 9, 30))
    assert facts_of(*HOME, over)["holds.breathing_space"] is False
    assert facts_of(a_claim(), brought=[notices])["holds.breathing_space"] is False


def test_an_account_still_shows_a_breathing_space_where_no_notice_says_so() -> None:
    shown = an_account(breathing_space_end=date(2026, 11, 30))
    found = facts_of(shown, brought=["breathing_space_notices"])
    assert found["holds.breathing_space"] is True
    assert found["holds.breathing_space_days_left"] == 30
    assert found["holds.breathing_space_kind"] is None


def test_crisis_payments_of_a_year_are_counted_and_other_awards_are_not() -> None:
    awards = [
        a_row("crisis_awards", "benefits", "C1", scheme=scheme, awarded_on=day)
        for scheme, day in (
            ("crisis_payment", date(2026, 10, 2)),
            ("crisis_payment", date(2025, 11, 1)),
            ("crisis_payment", date(2025, 10, 31)),
            ("housing_payment", date(2026, 9, 2)),
        )
    ]
    found = facts_of(*HOME, awards)
    assert found["crisis.awards_12m"] == 2
    assert found["crisis.last_award_on"] == date(2026, 10, 2)


def test_a_homelessness_case_waits_for_an_answer_only_where_a_partner_referred_it() -> None:
    opened = {"opened_on": date(2026, 10, 20)}
    referred = a_row(CASE, "rent", "T1", route="duty_to_refer", **opened)
    assert facts_of(*HOME, referred)["homelessness.referral_waiting"] is True
    answered = a_row(CASE, "rent", "T1", route="duty_to_refer", answered_on=date(2026, 10, 21), **opened)
    assert facts_of(*HOME, answered)["homelessness.referral_waiting"] is False
    assert facts_of(*HOME, answered)["homelessness.case_open"] is True
    closed = a_row(CASE, "rent", "T1", route="approach", closed_on=date(2026, 10, 31), **opened)
    assert facts_of(*HOME, closed)["homelessness.case_open"] is False


def test_the_newest_income_and_spending_form_counts() -> None:
    forms = [
        a_row("income_and_spending", "council_tax", "A1", taken_on=day, monthly_surplus_pence=pence)
        for day, pence in ((date(2026, 2, 1), 4_000), (date(2026, 9, 1), -1_250))
    ]
    assert facts_of(*HOME, forms)["affordability.monthly_surplus"] == -1_250


def test_attempts_count_from_when_somebody_was_last_reached() -> None:
    contacts = [
        a_row(CONTACT, "council_tax", "A1", made_on=day, result=result)
        for day, result in (
            (date(2026, 3, 1), "returned_mail"),
            (date(2026, 5, 1), "reached"),
            (date(2026, 6, 1), "no_answer"),
            (date(2026, 7, 1), "no_answer"),
        )
    ]
    found = facts_of(*HOME, contacts)
    assert found["contact.last_reached_on"] == date(2026, 5, 1)
    assert found["contact.unanswered"] == 2
    assert found["contact.returned_mail"] is False
    assert facts_of(*HOME, contacts[0])["contact.returned_mail"] is True


def test_universal_credit_is_told_by_its_two_newest_notices() -> None:
    notices = [
        a_row(
            NOTICE,
            "benefits",
            "C1",
            notice_on=day,
            award_pence=award,
            gas_deduction_pence=2_000,
            fines_deduction_pence=0,
        )
        for day, award in (
            (date(2026, 7, 5), 90_000),
            (date(2026, 9, 5), 80_000),
            (date(2026, 10, 5), 60_000),
        )
    ]
    found = facts_of(*HOME, notices)
    assert (found["universal_credit.award"], found["universal_credit.award_before"]) == (60_000, 80_000)
    assert found["universal_credit.deductions"] == 1
    assert found["universal_credit.fuel_or_water_deducted"] is True
    assert found["universal_credit.council_tax_deducted"] is None
    assert found["universal_credit.earnings"] is None


def a_notice(claim: str, day: date, pence: int, **columns: object) -> Part:
    return a_row(NOTICE, "benefits", claim, notice_on=day, award_pence=pence, **columns)


def test_notices_of_an_ended_claim_are_not_added_to_those_of_a_live_one() -> None:
    old = a_claim("C0", status="ended", end_date=date(2022, 1, 1))
    long_ago = a_notice("C0", date(2021, 5, 1), 90_000, gas_deduction_pence=500, started_on=date(2021, 4, 1))
    found = facts_of(old, a_claim("C1"), long_ago, a_notice("C1", date(2026, 10, 1), 80_000))
    assert found["universal_credit.award"] == 80_000
    assert found["universal_credit.notice_on"] == date(2026, 10, 1)
    assert found["universal_credit.award_before"] is None
    assert found["universal_credit.fuel_or_water_deducted"] is None
    assert facts_of(old, long_ago)["universal_credit.award"] is None
    assert facts_of(old, long_ago)["universal_credit.started_on"] is None


def test_one_claimants_award_is_counted_once_and_two_claimants_awards_add_up() -> None:
    claims = [a_claim("C1", claim_type="HB"), a_claim("C2", claim_type="CTR")]
    first, newest = date(2026, 9, 1), date(2026, 10, 1)
    notices = [a_notice("C1", first, 70_000), a_notice("C2", newest, 80_000), a_notice("C1", newest, 80_000)]
    found = facts_of(claims, notices)
    assert (found["universal_credit.award"], found["universal_credit.award_before"]) == (80_000, 70_000)
    other = a_claim("C3", people={"claimant": "R9"}), a_notice("C3", first, 50_000)
    assert facts_of(claims, notices, other)["universal_credit.award"] == 130_000


def test_deductions_that_are_not_mapped_are_not_known() -> None:
    notice = a_row(NOTICE, "benefits", "C1", notice_on=date(2026, 10, 5), award_pence=60_000)
    found = facts_of(*HOME, notice)
    assert found["universal_credit.deductions"] is None
    assert found["universal_credit.fuel_or_water_deducted"] is None


def test_further_columns_tell_more_of_a_claim() -> None:
    told = a_claim(
        contractual_rent_pence=12_500,
        capital_pence=400_000,
        care_or_mobility_benefit=True,
        partner_left_on=date(2026, 9, 9),
    )
    found = facts_of(told)
    assert found["benefits.rent_shortfall_weekly"] == 3_500
    assert found["benefits.capital"] == 400_000
    assert found["benefits.care_or_mobility"] is True
    assert found["benefits.carer"] is None
    assert found["benefits.partner_left_on"] == date(2026, 9, 9)


def test_the_rent_of_a_social_tenancy_goes_before_that_on_the_claim() -> None:
    found = facts_of(a_tenancy(), a_claim(contractual_rent_pence=12_500))
    assert found["benefits.rent_shortfall_weekly"] == 1_000


def test_children_without_free_meals_are_known_where_the_school_record_says_of_each() -> None:
    claim = a_claim(dependants=2)
    one = a_dependant(1, date(2016, 4, 1))
    two = a_dependant(2, date(2018, 4, 1))
    assert facts_of(claim, one, two)["household.children_without_free_meals"] is None
    said = [
        part._replace(row={**part.row, "free_school_meals": meals})
        for part, meals in ((one, True), (two, False))
    ]
    assert facts_of(claim, said)["household.children_without_free_meals"] == 1
    assert facts_of(a_claim(dependants=0))["household.children_without_free_meals"] == 0
