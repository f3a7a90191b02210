"""Rent: tenancies, arrears in weeks, months in which they rose."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.smart_record.facts.builders import (
    NIGHT,
    a_tenancy,
    an_account,
    charges,
    facts_of,
    monthly,
    payments,
)

DAY = timedelta(days=1)
FIRSTS = monthly(date(2025, 4, 1), 19)
MONDAYS = [date(2025, 4, 7) + timedelta(weeks=week) for week in range(81)]


def test_no_tenancy_found_does_not_prove_that_there_is_none() -> None:
    assert facts_of(an_account(), a_tenancy("T2", "H2"))["rent.tenant"] is None


def test_a_household_whose_tenancy_ended_is_no_tenant() -> None:
    tenancy = a_tenancy(tenancy_end=date(2026, 9, 30))
    assert facts_of(tenancy)["rent.tenant"] is False
    before = facts_of(tenancy, as_of=date(2026, 9, 29))
    assert (before["rent.tenant"], before["rent.tenant_since"]) == (True, date(2015, 6, 1))


def test_the_tenancy_shows_its_columns_on_the_night_only() -> None:
    tenancy = a_tenancy(tenancy_type="other", balance_pence=321, payment_method="uc_direct")
    shown = {
        "rent.tenancy_type": "other",
        "rent.weekly_rent": 10_000,
        "rent.balance": 321,
        "rent.paid_to_landlord": True,
        "rent.direct_debit": False,
    }
    facts = facts_of(tenancy)
    assert {name: facts[name] for name in shown} == shown
    before = facts_of(tenancy, as_of=NIGHT - DAY, snapshot_on=NIGHT)
    assert {name: before[name] for name in shown} == dict.fromkeys(shown)


def weeks(*postings: Any, as_of: date = NIGHT, snapshot_on: date | None = None, **columns: Any) -> int | None:
    facts = facts_of(a_tenancy(**columns), *postings, as_of=as_of, snapshot_on=snapshot_on)
    found: int | None = facts["rent.weeks_in_arrears"]
    return found


@pytest.mark.parametrize(("owed", "expected"), [(0, 0), (9_999, 0), (10_000, 1), (39_999, 3), (40_000, 4)])
def test_weeks_in_arrears_are_whole_weeks_of_rent(owed: int, expected: int) -> None:
    kept_up = charges("T1", 10_000, *MONDAYS), payments("T1", 10_000, *MONDAYS)
    assert weeks(kept_up, payments("T1", -owed, NIGHT)) == expected


@pytest.mark.parametrize(
    ("pence", "days"),
    [
        (10_000, MONDAYS),
        (20_000, MONDAYS[::2]),
        (40_000, MONDAYS[::4]),
        (43_333, FIRSTS),
    ],
    ids=["weekly", "fortnightly", "four-weekly", "monthly"],
)
def test_the_rent_of_a_past_date_is_read_off_the_charges(pence: int, days: list[date]) -> None:
    as_of = date(2026, 6, 30)
    postings = charges("T1", pence, *days), payments("T1", pence, *days)
    for owed, expected in ((39_900, 3), (40_100, 4)):
        at_night = weeks(
            postings, payments("T1", -owed, as_of), as_of=as_of, snapshot_on=NIGHT, weekly_rent_pence=1
        )
        assert at_night == expected


def test_a_february_between_two_monthly_charges_is_no_four_weeks() -> None:
    new = {"tenancy_start": date(2026, 2, 1), "weekly_rent_pence": None}
    days = [date(2026, 2, 1), date(2026, 3, 1)]
    postings = charges("T1", 43_333, *days), payments("T1", 43_333 - 20_500, *days)
    assert weeks(postings, as_of=date(2026, 3, 2), **new) == 4
    days = [date(2026, 2, 2), date(2026, 3, 2)]
    postings = charges("T1", 40_000, *days), payments("T1", 40_000 - 20_500, *days)
    assert weeks(postings, as_of=date(2026, 3, 2), **new) == 4


def test_a_court_fee_does_not_change_the_weekly_rent() -> None:
    postings = charges("T1", 10_000, *MONDAYS), charges("T1", 35_500, date(2026, 10, 28))
    paid = payments("T1", 10_000, *MONDAYS)
    assert weeks(postings, paid) == 3


def test_where_charges_do_not_tell_the_rent_shown_serves_on_the_night_only() -> None:
    one = charges("T1", 50_000, date(2026, 10, 1))
    assert weeks(one) == 5
    assert weeks(one, as_of=NIGHT - DAY, snapshot_on=NIGHT) is None
    assert weeks(one, weekly_rent_pence=None) is None
    assert weeks(charges("T1", 0, FIRSTS[0]), weekly_rent_pence=None) == 0


def test_arrears_and_rents_of_several_tenancies_add_up() -> None:
    facts = facts_of(
        a_tenancy("T1"),
        a_tenancy("T2", weekly_rent_pence=5_000),
        [charges(ref, pence, *MONDAYS[-13:]) for ref, pence in (("T1", 10_000), ("T2", 5_000))],
        payments("T1", 70_000, NIGHT),
    )
    assert facts["rent.arrears"] == 60_000 + 65_000
    assert facts["rent.weeks_in_arrears"] == 8


def rising(*owed_at_month_ends: int, as_of: date = NIGHT) -> int | None:
    """Months rising of a tenancy that owed these amounts at the last month ends, oldest first."""
    ends = monthly(date(2026, 11 - len(owed_at_month_ends), 20), len(owed_at_month_ends))
    steps = zip((0, *owed_at_month_ends), owed_at_month_ends, ends, strict=False)
    moves = [payments("T1", before - after, day) for before, after, day in steps]
    opening = charges("T1", 0, date(2024, 1, 1))
    found: int | None = facts_of(a_tenancy(), opening, moves, as_of=as_of)["rent.months_rising"]
    return found


def test_months_rising_are_counted_back_from_the_last_month_end() -> None:
    assert rising(1000, 2000, 3000) == 3
    assert rising(3000, 2000, 3000) == 1
    assert rising(1000, 3000, 2000) == 0
    assert rising(1000, 1499, 1998) == 0
    assert rising(1000, 1500, 2000) == 3


def test_a_month_that_has_not_ended_is_not_compared() -> None:
    assert rising(1000, 2000, 3000, as_of=NIGHT - DAY) == 2


def test_more_than_a_year_of_rising_is_twelve() -> None:
    assert facts_of(a_tenancy(), charges("T1", 43_333, *FIRSTS))["rent.months_rising"] == 12


def test_months_rising_are_not_known_at_the_beginning_of_the_ledger() -> None:
    postings = charges("T1", 43_333, date(2026, 10, 5), date(2026, 10, 12))
    assert facts_of(a_tenancy(), postings)["rent.months_rising"] is None
    assert facts_of(a_tenancy(tenancy_start=date(2026, 10, 5)), postings)["rent.months_rising"] == 1


def test_flows_are_those_of_the_last_three_calendar_months() -> None:
    postings = (
        charges("T1", 43_333, *FIRSTS),
        payments("T1", 40_000, date(2026, 7, 31), date(2026, 8, 1), NIGHT),
    )
    facts = facts_of(a_tenancy(), postings)
    assert (facts["rent.charged_3m"], facts["rent.paid_3m"]) == (3 * 43_333, 80_000)
    short = facts_of(a_tenancy(), charges("T1", 43_333, date(2026, 9, 1)))
    assert (short["rent.charged_3m"], short["rent.paid_3m"]) == (None, None)


def test_credit_and_former_arrears_are_kept_apart_from_arrears() -> None:
    facts = facts_of(
        a_tenancy("T1"),
        a_tenancy("T2", tenancy_end=date(2026, 1, 1)),
        payments("T1", 3_000, FIRSTS[0]),
        charges("T2", 7_000, FIRSTS[0]),
    )
    names = ("arrears", "credit", "former_arrears", "former_credit")
    assert [facts[f"rent.{name}"] for name in names] == [0, 3_000, 7_000, 0]
