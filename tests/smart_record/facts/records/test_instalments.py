"""Which instalments are missed, by the lives behind the ledgers."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.smart_record.facts.builders import (
    NIGHT,
    Part,
    a_tenancy,
    an_account,
    charges,
    facts_of,
    monthly,
    payments,
)

FIRSTS = monthly(date(2025, 4, 1), 19)
"""The first of each month from April 2025 to October 2026."""

MONDAYS = [date(2025, 4, 7) + timedelta(weeks=week) for week in range(81)]


def missed(*postings: list[Part], as_of: date = NIGHT) -> list[Any]:
    facts = facts_of(an_account("A1"), *postings, as_of=as_of)
    return [facts[f"council_tax.missed_instalments_{span}"] for span in ("3m", "6m", "12m")]


def rent_missed(*postings: list[Part]) -> list[Any]:
    facts = facts_of(a_tenancy("T1"), *postings)
    return [facts[f"rent.missed_payments_{span}"] for span in ("3m", "6m", "12m")]


def later(days: list[date], by: int) -> list[date]:
    return [day + timedelta(days=by) for day in days]


@pytest.mark.parametrize("late_by", [0, 1, 14, 26, 27])
def test_who_pays_each_instalment_within_four_weeks_misses_none(late_by: int) -> None:
    assert missed(charges("A1", 15_000, *FIRSTS), payments("A1", 15_000, *later(FIRSTS, late_by))) == [
        0,
        0,
        0,
    ]


def test_who_pays_ahead_misses_none() -> None:
    ahead = payments("A1", 15_000, *later(FIRSTS, -20))
    assert missed(charges("A1", 15_000, *FIRSTS), ahead) == [0, 0, 0]


def test_who_stopped_paying_misses_each_instalment_since() -> None:
    assert missed(charges("A1", 15_000, *FIRSTS), payments("A1", 15_000, *FIRSTS[:14])) == [3, 5, 5]


def test_who_pays_half_misses_each_instalment() -> None:
    assert missed(charges("A1", 15_000, *FIRSTS), payments("A1", 7_500, *FIRSTS)) == [3, 6, 12]


def test_who_is_one_month_behind_and_keeps_up_missed_one_only() -> None:
    on_time = FIRSTS[:14] + FIRSTS[15:]
    assert missed(charges("A1", 15_000, *FIRSTS), payments("A1", 15_000, *on_time)) == [0, 1, 1]


def test_a_penny_lost_in_rounding_is_not_missed() -> None:
    assert missed(charges("A1", 15_001, *FIRSTS), payments("A1", 15_000, *FIRSTS)) == [0, 0, 0]


def test_who_pays_off_old_arrears_misses_none_of_the_new_instalments() -> None:
    old = charges("A1", 90_000, date(2025, 3, 1))
    assert missed(old, charges("A1", 15_000, *FIRSTS), payments("A1", 20_000, *FIRSTS)) == [0, 0, 0]


def test_an_instalment_is_judged_when_it_has_been_due_for_four_weeks() -> None:
    postings = charges("A1", 15_000, *FIRSTS), payments("A1", 15_000, *FIRSTS[:-1])
    assert missed(*postings, as_of=date(2026, 10, 27))[0] == 0
    assert missed(*postings, as_of=date(2026, 10, 28))[0] == 1


def test_two_charges_on_one_day_are_one_instalment() -> None:
    assert missed(charges("A1", 7_500, *FIRSTS), charges("A1", 7_500, *FIRSTS)) == [3, 6, 12]


def test_weekly_rent_paid_by_the_month_in_advance_or_arrears_is_not_missed() -> None:
    weekly = charges("T1", 10_000, *MONDAYS)
    for days_later in (0, 3, 10, 17, 24, 31, 38, 45, 52):
        paid = payments("T1", 43_333, *later(FIRSTS, days_later))
        assert rent_missed(weekly, paid) == [0, 0, 0], days_later


def test_a_universal_credit_payment_that_did_not_come_is_the_weeks_it_was_for() -> None:
    missing = date(2026, 8, 28)
    paid = payments("T1", 43_333, *[day for day in later(FIRSTS, 27) if day != missing])
    assert rent_missed(charges("T1", 10_000, *MONDAYS), paid) == [4, 4, 4]


def test_one_week_without_paying_is_one_missed_payment() -> None:
    paid = payments("T1", 10_000, *[day for day in MONDAYS if day != date(2026, 8, 31)])
    assert rent_missed(charges("T1", 10_000, *MONDAYS), paid) == [1, 1, 1]


def test_a_count_is_not_known_where_the_ledger_does_not_reach_back() -> None:
    from_may = FIRSTS[13:]
    assert missed(charges("A1", 15_000, *from_may)) == [3, 6, None]


def test_a_ledger_that_begins_on_the_first_day_of_the_time_reaches_back() -> None:
    for first, known in ((date(2026, 8, 1), True), (date(2026, 8, 2), False)):
        count = missed(charges("A1", 15_000, first, date(2026, 9, 1)))[0]
        assert (count is not None) is known


def test_a_count_is_known_of_an_account_that_began_within_the_time() -> None:
    facts = facts_of(an_account("A1", liability_start=date(2026, 4, 20)), charges("A1", 15_000, *FIRSTS[13:]))
    assert facts["council_tax.missed_instalments_12m"] == 6


def test_instalments_of_several_current_accounts_add_up() -> None:
    both = [charges(ref, 15_000, *FIRSTS) for ref in ("A1", "A2")]
    facts = facts_of(an_account("A1"), an_account("A2"), both)
    assert facts["council_tax.missed_instalments_3m"] == 6
    assert facts["council_tax.instalments_due_12m"] == 24


def test_this_year_begins_on_the_first_of_april() -> None:
    postings = charges("A1", 15_000, *FIRSTS), payments("A1", 15_000, *FIRSTS[:10])
    facts = facts_of(an_account("A1"), *postings)
    assert facts["council_tax.missed_instalments_this_year"] == 7
    in_march = facts_of(an_account("A1"), *postings, as_of=date(2026, 3, 31))
    assert in_march["council_tax.missed_instalments_this_year"] == 2
