"""Months back, month ends and financial years."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.facts.terms.months import financial_year_eve, month_ends, months_before

days = st.dates(date(2020, 1, 1), date(2032, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 10, 31), 3, date(2026, 7, 31)),
        (date(2026, 9, 30), 3, date(2026, 6, 30)),
        (date(2026, 6, 30), 3, date(2026, 3, 31)),
        (date(2026, 5, 30), 3, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_back(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@given(days, st.integers(0, 30))
@settings(derandomize=True, max_examples=50, deadline=None)
def test_a_later_day_is_never_put_back_to_an_earlier_one(day: date, months: int) -> None:
    assert months_before(day, months) <= months_before(day + timedelta(days=1), months)


@given(days, st.integers(1, 14))
@settings(derandomize=True, max_examples=50, deadline=None)
def test_month_ends_are_last_days_in_a_row_up_to_the_day(day: date, count: int) -> None:
    ends = month_ends(day, count)
    assert len(ends) == count
    assert all((end + timedelta(days=1)).day == 1 for end in ends)
    assert 0 <= (day - ends[0]).days < 31
    assert all(27 < (newer - older).days < 32 for newer, older in pairwise(ends))


def test_the_financial_year_begins_on_the_first_of_april() -> None:
    assert financial_year_eve(date(2026, 4, 1)) == date(2026, 3, 31)
    assert financial_year_eve(date(2026, 3, 31)) == date(2025, 3, 31)
