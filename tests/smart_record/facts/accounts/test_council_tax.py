"""Council tax: liability, what the account shows, arrears of current and ended accounts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smart_record.facts import derive_facts
from tests.smart_record.facts.builders import (
    LONG_AGO,
    NIGHT,
    a_claim,
    a_night,
    a_stage,
    an_account,
    charges,
    facts_of,
    monthly,
    payments,
)

DAY = timedelta(days=1)
FIRSTS = monthly(date(2025, 4, 1), 19)


def test_a_household_with_a_current_account_is_liable_since_it_began() -> None:
    facts = facts_of(an_account(liability_start=date(2026, 3, 2)))
    assert facts["council_tax.liable"] is True
    assert facts["council_tax.liable_since"] == date(2026, 3, 2)


@pytest.mark.parametrize(("as_of", "liable"), [(NIGHT - DAY, True), (NIGHT, False), (NIGHT + DAY, False)])
def test_liability_lasts_until_the_day_it_ended(as_of: date, *, liable: bool) -> None:
    facts = facts_of(an_account(liability_end=NIGHT), as_of=as_of)
    assert facts["council_tax.liable"] is liable
    assert (facts["council_tax.liable_since"] is not None) is liable


@pytest.mark.parametrize(("as_of", "liable"), [(NIGHT - DAY, None), (NIGHT, True)])
def test_an_account_that_begins_later_is_not_there_yet(as_of: date, *, liable: bool | None) -> None:
    assert facts_of(an_account(liability_start=NIGHT), as_of=as_of)["council_tax.liable"] is liable


def test_a_household_without_an_account_is_not_said_to_be_free_of_council_tax() -> None:
    facts = facts_of(a_claim(), an_account("A2", "H2"))
    assert [facts[f"council_tax.{name}"] for name in ("liable", "arrears", "stage", "former_arrears")] == [
        None
    ] * 4


def test_an_account_whose_start_is_not_recorded_is_current_on_the_night_and_not_known_before() -> None:
    account = an_account(liability_start=None)
    assert facts_of(account)["council_tax.liable"] is True
    assert facts_of(account)["council_tax.liable_since"] is None
    assert facts_of(account, as_of=NIGHT - DAY, snapshot_on=NIGHT)["council_tax.liable"] is None


def test_a_posting_or_a_stage_proves_that_an_account_had_begun() -> None:
    account = an_account(liability_start=None)
    for proof in (charges("A1", 100, date(2026, 5, 1)), [a_stage("A1", "reminder_1", date(2026, 5, 1))]):
        before, since = (
            facts_of(account, proof, as_of=as_of, snapshot_on=NIGHT)["council_tax.liable"]
            for as_of in (date(2026, 4, 30), date(2026, 5, 1))
        )
        assert (before, since) == (None, True)


def test_an_ended_account_beside_one_that_may_have_begun_leaves_liability_not_known() -> None:
    parts = an_account("A1", liability_end=date(2025, 1, 1)), an_account("A2", liability_start=None)
    assert facts_of(parts, as_of=NIGHT - DAY, snapshot_on=NIGHT)["council_tax.liable"] is None


def test_the_account_shows_its_columns_on_the_night_only() -> None:
    account = an_account(
        band="c", balance_pence=-250, discount="single_person", payment_method="direct_debit"
    )
    shown = {
        "council_tax.band": "C",
        "council_tax.annual_charge": 150_000,
        "council_tax.balance": -250,
        "council_tax.direct_debit": True,
        "council_tax.single_person_discount": True,
    }
    facts = facts_of(account)
    assert {name: facts[name] for name in shown} == shown
    before = facts_of(account, as_of=NIGHT - DAY, snapshot_on=NIGHT)
    assert {name: before[name] for name in shown} == dict.fromkeys(shown)
    later = facts_of(account, as_of=NIGHT + DAY, snapshot_on=NIGHT)
    assert {name: later[name] for name in shown} == shown


def test_columns_that_cannot_be_read_are_not_known() -> None:
    facts = facts_of(an_account(balance_pence=None, payment_method=None, band="Z", discount=None))
    assert facts["council_tax.balance"] is None
    assert facts["council_tax.direct_debit"] is None
    assert facts["council_tax.band"] is None
    assert facts["council_tax.single_person_discount"] is False


def test_one_unreadable_balance_makes_the_balance_of_two_accounts_not_known() -> None:
    facts = facts_of(an_account("A1", balance_pence=500), an_account("A2", balance_pence=None))
    assert facts["council_tax.balance"] is None


def test_of_two_current_accounts_the_later_one_tells_the_band_and_charges_add_up() -> None:
    facts = facts_of(
        an_account("A1", band="B", liability_start=date(2020, 1, 1)),
        an_account("A2", band="D", liability_start=date(2024, 1, 1)),
    )
    assert facts["council_tax.band"] == "D"
    assert facts["council_tax.annual_charge"] == 300_000
    assert facts["council_tax.liable_since"] == date(2020, 1, 1)


def test_arrears_are_what_fell_due_by_the_day_less_what_was_paid_by_it() -> None:
    postings = charges("A1", 15_000, *FIRSTS), payments("A1", 15_000, *FIRSTS[:12])
    facts = facts_of(an_account(), postings)
    assert facts["council_tax.arrears"] == 7 * 15_000
    assert facts["council_tax.credit"] == 0
    assert facts["council_tax.oldest_unpaid_on"] == date(2026, 4, 1)
    assert facts["council_tax.last_payment_on"] == date(2026, 3, 1)
    earlier = facts_of(an_account(), postings, as_of=date(2026, 4, 30))
    assert earlier["council_tax.arrears"] == 15_000


def test_what_is_paid_beyond_is_credit_and_never_negative_arrears() -> None:
    facts = facts_of(an_account(), charges("A1", 15_000, *FIRSTS), payments("A1", 400_000, NIGHT))
    assert facts["council_tax.arrears"] == 0
    assert facts["council_tax.credit"] == 400_000 - 19 * 15_000
    assert facts["council_tax.oldest_unpaid_on"] is None


def test_credit_on_one_account_does_not_hide_arrears_on_another() -> None:
    facts = facts_of(
        an_account("A1"), an_account("A2"), charges("A1", 9_000, NIGHT), payments("A2", 5_000, NIGHT)
    )
    assert (facts["council_tax.arrears"], facts["council_tax.credit"]) == (9_000, 5_000)


def test_a_refund_is_owed_again() -> None:
    postings = (
        charges("A1", 10_000, FIRSTS[0]),
        payments("A1", 10_000, FIRSTS[1]),
        payments("A1", -4_000, NIGHT),
    )
    facts = facts_of(an_account(), postings)
    assert facts["council_tax.arrears"] == 4_000
    assert facts["council_tax.last_payment_on"] == FIRSTS[1]


def test_an_account_without_postings_is_not_known_to_be_clear() -> None:
    assert facts_of(an_account())["council_tax.arrears"] is None
    later = facts_of(an_account(), charges("A1", 100, NIGHT + DAY))
    assert later["council_tax.arrears"] is None


def test_an_account_without_postings_beside_one_with_arrears_adds_nothing() -> None:
    assert (
        facts_of(an_account("A1"), an_account("A2"), charges("A1", 100, NIGHT))["council_tax.arrears"] == 100
    )


def test_arrears_of_an_ended_account_are_former_from_the_day_it_ended() -> None:
    parts = an_account("A1", liability_end=date(2026, 6, 30)), charges("A1", 15_000, *FIRSTS[:3])
    ended = facts_of(parts)
    assert (ended["council_tax.arrears"], ended["council_tax.former_arrears"]) == (None, 45_000)
    before = facts_of(parts, as_of=date(2026, 6, 29))
    assert (before["council_tax.arrears"], before["council_tax.former_arrears"]) == (45_000, 0)


def test_former_credit_is_what_can_be_moved_to_another_debt() -> None:
    facts = facts_of(
        an_account("A1", liability_end=date(2026, 6, 30)), an_account("A2"), payments("A1", 2_500, LONG_AGO)
    )
    assert (facts["council_tax.former_credit"], facts["council_tax.former_arrears"]) == (2_500, 0)


def test_an_ended_account_without_postings_is_known_by_its_balance_on_the_night_only() -> None:
    account = an_account("A1", liability_end=date(2026, 6, 30), balance_pence=14_000)
    assert facts_of(account)["council_tax.former_arrears"] == 14_000
    assert facts_of(account, absent=["council_tax_transactions"])["council_tax.former_arrears"] == 14_000
    assert facts_of(account, as_of=NIGHT - DAY, snapshot_on=NIGHT)["council_tax.former_arrears"] is None


@pytest.mark.parametrize(
    ("paid_lately", "word"), [(0, "rising"), (14_000, "rising"), (15_000, "level"), (16_000, "falling")]
)
def test_the_trend_compares_arrears_with_those_of_three_months_ago(paid_lately: int, word: str) -> None:
    lately = payments("A1", paid_lately, *FIRSTS[-3:])
    postings = charges("A1", 15_000, *FIRSTS), payments("A1", 14_000, *FIRSTS[:-3]), lately
    assert facts_of(an_account(), postings)["council_tax.arrears_trend"] == word


def test_arrears_within_five_pounds_are_level() -> None:
    level, rising = (
        facts_of(an_account(), charges("A1", 1, date(2026, 1, 1)), charges("A1", pence, NIGHT))
        for pence in (499, 500)
    )
    assert level["council_tax.arrears_trend"] == "level"
    assert rising["council_tax.arrears_trend"] == "rising"


def test_a_trend_needs_a_ledger_that_reaches_back_or_an_account_that_did_not_exist() -> None:
    postings = charges("A1", 15_000, date(2026, 9, 1))
    assert facts_of(an_account(), postings)["council_tax.arrears_trend"] is None
    new = an_account(liability_start=date(2026, 8, 20))
    assert facts_of(new, postings)["council_tax.arrears_trend"] == "rising"


def test_an_instalment_short_of_less_than_a_pound_is_not_the_oldest_unpaid() -> None:
    postings = charges("A1", 10_000, *FIRSTS), payments("A1", 10_000, *FIRSTS[1:])
    for short, oldest in ((9_901, None), (9_900, FIRSTS[-1])):
        facts = facts_of(an_account(), postings, payments("A1", short, FIRSTS[0]))
        assert facts["council_tax.oldest_unpaid_on"] == oldest


def test_the_newest_entry_is_a_posting_or_a_stage_of_any_account() -> None:
    facts = facts_of(
        an_account("A1"),
        an_account("A2", liability_end=date(2026, 8, 1)),
        charges("A1", 100, date(2026, 7, 1)),
        a_stage("A2", "reminder_1", date(2026, 7, 15)),
        payments("A1", 100, NIGHT + DAY),
    )
    assert facts["council_tax.evidence_on"] == date(2026, 7, 15)


def test_without_the_ledger_nothing_is_said_about_what_is_owed() -> None:
    facts = facts_of(an_account(), absent=["council_tax_transactions"])
    assert facts["council_tax.liable"] is True
    names = ("arrears", "credit", "missed_instalments_3m", "oldest_unpaid_on", "arrears_trend")
    assert [facts[f"council_tax.{name}"] for name in names] == [None] * len(names)


def test_a_system_without_discounts_does_not_say_that_nobody_has_one() -> None:
    night = a_night(an_account())
    accounts = {"council_tax_accounts": night.extracts["council_tax_accounts"].drop("discount")}
    facts = derive_facts(replace(night, extracts=accounts), as_of=NIGHT)
    assert facts["council_tax__single_person_discount"].to_list() == [None]
    assert facts["council_tax__liable"].to_list() == [True]
