"""Benefits: live claims and what they pay, Universal and Pension Credit, claims that stopped."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smart_record.facts import derive_facts
from smart_record.facts.declarations import FACTS
from smart_record.facts.terms.vocabulary import CLAIMS
from tests.smart_record.facts.builders import NIGHT, Part, a_claim, a_night, a_tenancy, an_account, facts_of

DAY = timedelta(days=1)
STOPPED = date(2026, 8, 3)


def an_ended_claim(ref: str = "C1", *, ended: date = STOPPED, reason: str | None = "other") -> Part:
    return a_claim(
        ref, status="ended", end_date=ended, end_reason=reason, weekly_hb_pence=0, weekly_ctr_pence=0
    )


def test_a_claim_is_live_from_its_start_until_the_day_it_ended() -> None:
    claim = a_claim(start_date=date(2026, 2, 2), status="ended", end_date=STOPPED)
    days = [date(2026, 2, 1), date(2026, 2, 2), STOPPED - DAY, STOPPED]
    live = [facts_of(claim, as_of=day, snapshot_on=NIGHT)["benefits.claim_live"] for day in days]
    assert live == [None, True, True, False]


def test_a_household_without_a_claim_is_not_said_to_have_none() -> None:
    assert facts_of(an_account(), a_claim("C2", "H2"))["benefits.claim_live"] is None


def test_an_end_later_than_the_day_has_not_happened() -> None:
    claim = a_claim(status="ended", end_date=NIGHT + DAY)
    facts = facts_of(claim)
    assert facts["benefits.claim_live"] is True
    assert facts["benefits.housing_benefit_weekly"] == 9_000
    assert facts["benefits.stopped_on"] is None


def test_a_claim_that_ended_nobody_knows_when_is_over_on_the_night_and_not_known_before() -> None:
    claim = a_claim(status="ended", end_date=None)
    assert facts_of(claim)["benefits.claim_live"] is False
    assert facts_of(claim)["benefits.stopped_on"] is None
    assert facts_of(claim, as_of=NIGHT - DAY, snapshot_on=NIGHT)["benefits.claim_live"] is None


def test_a_claim_that_ended_nobody_knows_when_may_be_the_last_to_end() -> None:
    facts = facts_of(an_ended_claim("C1"), a_claim("C2", status="ended", end_date=None))
    assert facts["benefits.claim_live"] is False
    assert (facts["benefits.stopped_on"], facts["benefits.stop_reason"]) == (None, None)


def test_the_last_claim_to_end_tells_when_and_why_benefit_stopped() -> None:
    facts = facts_of(
        an_ended_claim("C1", ended=date(2025, 1, 6), reason="income_increase"),
        an_ended_claim("C2", reason="no_reply_to_review"),
    )
    assert facts["benefits.stopped_on"] == STOPPED
    assert facts["benefits.stopped_days_ago"] == (NIGHT - STOPPED).days
    assert facts["benefits.stop_reason"] == "no_reply_to_review"


def test_nothing_has_stopped_while_another_claim_is_live() -> None:
    facts = facts_of(an_ended_claim("C1"), a_claim("C2"))
    assert [facts[f"benefits.{name}"] for name in ("stopped_on", "stopped_days_ago", "stop_reason")] == [
        None
    ] * 3


def test_the_reason_is_known_for_past_dates_since_it_belongs_to_the_end() -> None:
    facts = facts_of(an_ended_claim(), as_of=STOPPED, snapshot_on=NIGHT)
    assert (facts["benefits.stop_reason"], facts["benefits.stopped_days_ago"]) == ("other", 0)


def test_a_claim_pays_what_it_shows() -> None:
    facts = facts_of(
        a_claim(
            passport="esa_income_related",
            partner_surname="Example",
            non_dependants=2,
            spare_room_deduction_pence=1_400,
            benefit_cap=True,
            overpayment_balance_pence=8_800,
            dhp_end_date=date(2026, 12, 1),
        )
    )
    shown = {
        "housing_benefit": True,
        "housing_benefit_weekly": 9_000,
        "passport": "esa_income_related",
        "income_weekly": 20_000,
        "partner": True,
        "non_dependants": 2,
        "spare_room_deduction_weekly": 1_400,
        "benefit_cap": True,
        "overpayment": 8_800,
        "housing_payment_ends_on": date(2026, 12, 1),
        "last_change_on": date(2026, 4, 6),
    }
    assert {name: facts[f"benefits.{name}"] for name in shown} == shown


@pytest.mark.parametrize(
    ("claim", "paid"),
    [
        (a_claim(claim_type="CTR", weekly_hb_pence=0), 0),
        (a_claim(weekly_hb_pence=0), 0),
        (an_ended_claim(), 0),
        (a_claim(weekly_hb_pence=None), None),
    ],
    ids=["reduction only", "nil award", "ended", "unreadable"],
)
def test_no_housing_benefit_is_said_only_by_a_claim(claim: Part, paid: int | None) -> None:
    facts = facts_of(claim)
    assert facts["benefits.housing_benefit_weekly"] == paid
    assert facts["benefits.housing_benefit"] is (None if paid is None else False)


def test_values_of_a_claim_hold_for_the_past_only_since_its_last_change() -> None:
    claim = a_claim(last_change_date=date(2026, 4, 6))
    since = facts_of(claim, as_of=date(2026, 4, 6), snapshot_on=NIGHT)
    assert (since["benefits.housing_benefit_weekly"], since["benefits.passport"]) == (9_000, "none")
    assert since["benefits.last_change_on"] == date(2026, 4, 6)
    before = facts_of(claim, as_of=date(2026, 4, 5), snapshot_on=NIGHT)
    names = (
        "housing_benefit",
        "housing_benefit_weekly",
        "passport",
        "income_weekly",
        "partner",
        "last_change_on",
    )
    assert [before[f"benefits.{name}"] for name in names] == [None] * len(names)
    assert before["benefits.claim_live"] is True


def test_the_end_of_a_claim_is_a_change_of_its_values() -> None:
    facts = facts_of(an_ended_claim(), as_of=STOPPED - DAY, snapshot_on=NIGHT)
    assert facts["benefits.claim_live"] is True
    assert facts["benefits.housing_benefit"] is None


def test_a_change_dated_after_the_night_makes_values_not_known() -> None:
    assert facts_of(a_claim(last_change_date=NIGHT + DAY))["benefits.income_weekly"] is None
    assert facts_of(a_claim(last_change_date=None))["benefits.income_weekly"] == 20_000


_OF_THE_NIGHT = {
    fact.name
    for fact in FACTS
    if fact.sources == (CLAIMS,) and not fact.dated and fact.name.startswith("benefits.")
}


@pytest.mark.parametrize("claim_type", ["HB", "CTR", "HB&CTR"])
def test_nothing_undated_is_known_of_a_claim_that_was_changed_after_the_night(claim_type: str) -> None:
    told = a_claim(
        last_change_date=NIGHT + DAY,
        claim_type=claim_type,
        partner_surname="Example",
        dhp_end_date=NIGHT,
        capital_pence=0,
        care_or_mobility_benefit=True,
        carer_benefit=True,
        partner_left_on=NIGHT,
        partner_died_on=NIGHT,
    )
    found = facts_of(told)
    assert len(_OF_THE_NIGHT) > 12
    assert {name: found[name] for name in _OF_THE_NIGHT if found[name] is not None} == {}
    assert (found["benefits.claim_live"], found["household.tenure"]) == (True, None)


def test_whether_a_claim_had_ended_is_not_known_if_it_was_changed_after_the_night() -> None:
    told = facts_of(a_claim(status="ended", end_date=None, last_change_date=NIGHT + DAY))
    assert (told["benefits.claim_live"], told["benefits.stopped_on"]) == (None, None)


def test_a_passport_is_not_ruled_out_by_one_claim_where_another_was_changed_after_the_night() -> None:
    later = a_claim("C2", last_change_date=NIGHT + DAY)
    assert facts_of(a_claim("C1"), later)["benefits.passport"] is None
    assert facts_of(a_claim("C1", passport="pension_credit"), later)["benefits.passport"] == "pension_credit"


def test_what_two_claims_pay_adds_up_and_one_claimant_has_one_income() -> None:
    facts = facts_of(
        a_claim("C1", claim_type="HB", non_dependants=1),
        a_claim(
            "C2", claim_type="CTR", weekly_hb_pence=0, weekly_income_pence=21_000, last_change_date=NIGHT
        ),
        a_claim("C3", people={"claimant": "R9"}, weekly_hb_pence=500, weekly_income_pence=7_000),
    )
    assert facts["benefits.housing_benefit_weekly"] == 9_500
    assert facts["benefits.income_weekly"] == 28_000
    assert facts["benefits.non_dependants"] == 1


def test_an_overpayment_is_owed_after_the_claim_ended_and_not_known_before_the_night() -> None:
    claim = a_claim(status="ended", end_date=STOPPED, overpayment_balance_pence=8_800)
    assert facts_of(claim)["benefits.overpayment"] == 8_800
    assert facts_of(claim, as_of=NIGHT - DAY, snapshot_on=NIGHT)["benefits.overpayment"] is None


@pytest.mark.parametrize(
    ("passport", "uc_flag", "known"),
    [
        ("universal_credit", None, True),
        ("universal_credit", False, True),
        ("none", True, True),
        ("none", False, False),
        ("none", None, None),
        ("pension_credit", None, False),
        ("esa_income_related", None, False),
        (None, None, None),
    ],
)
def test_universal_credit_is_what_claim_or_tenancy_say(
    passport: str | None, *, uc_flag: bool | None, known: bool | None
) -> None:
    facts = facts_of(a_claim(passport=passport), a_tenancy(uc_flag=uc_flag))
    assert facts["benefits.universal_credit"] is known


def test_an_ended_tenancy_and_an_ended_claim_say_nothing_of_universal_credit() -> None:
    ended = a_tenancy(uc_flag=True, tenancy_end=date(2026, 1, 1))
    assert facts_of(an_ended_claim(), ended)["benefits.universal_credit"] is None


def test_a_tenancy_tells_of_universal_credit_where_no_claims_came() -> None:
    facts = facts_of(a_tenancy(uc_flag=True), absent=["benefit_claims"])
    assert facts["benefits.universal_credit"] is True


@pytest.mark.parametrize(
    ("passport", "known"),
    [("pension_credit", True), ("none", False), ("universal_credit", False), (None, None)],
)
def test_guarantee_credit_always_passports_a_claim(passport: str | None, *, known: bool | None) -> None:
    assert facts_of(a_claim(passport=passport))["benefits.pension_credit"] is known


def test_of_two_live_claims_the_one_with_a_passport_tells() -> None:
    assert (
        facts_of(a_claim("C1"), a_claim("C2", passport="universal_credit"))["benefits.passport"]
        == "universal_credit"
    )


def test_the_shortfall_is_the_rent_that_housing_benefit_leaves() -> None:
    assert facts_of(a_claim(), a_tenancy())["benefits.rent_shortfall_weekly"] == 1_000
    assert facts_of(a_claim(weekly_hb_pence=12_000), a_tenancy())["benefits.rent_shortfall_weekly"] == 0
    assert facts_of(a_claim(weekly_hb_pence=0), a_tenancy())["benefits.rent_shortfall_weekly"] is None
    assert facts_of(a_claim())["benefits.rent_shortfall_weekly"] is None
    assert facts_of(a_claim(), a_tenancy(weekly_rent_pence=None))["benefits.rent_shortfall_weekly"] is None


def test_a_system_that_names_no_partners_does_not_say_that_all_live_alone() -> None:
    night = a_night(a_claim())
    claims = night.extracts["benefit_claims"].drop(
        "partner_nino", "partner_forename", "partner_surname", "partner_dob"
    )
    facts = derive_facts(replace(night, extracts={"benefit_claims": claims}), as_of=NIGHT)
    assert facts["benefits__partner"].to_list() == [None]
    assert facts["household__adults"].to_list() == [1]


@pytest.mark.parametrize("column", ["partner_left_on", "partner_died_on"])
def test_a_partner_who_is_said_to_leave_or_die_later_is_still_there(column: str) -> None:
    told = {day: facts_of(a_claim(**{column: day}))[f"benefits.{column}"] for day in (NIGHT, NIGHT + DAY)}
    assert told == {NIGHT: NIGHT, NIGHT + DAY: None}
