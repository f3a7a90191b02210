"""The council's day is the UK's, at the hours of the year at which it is not UTC's."""

from datetime import UTC, date, datetime

import pytest

from triage.days import day_of


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 7, 31, 22, 59, tzinfo=UTC), date(2026, 7, 31)),
        (datetime(2026, 7, 31, 23, 0, tzinfo=UTC), date(2026, 8, 1)),  # midnight in summer
        (datetime(2026, 1, 31, 23, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 2, 1, 0, 0, tzinfo=UTC), date(2026, 2, 1)),
        (
            datetime(2026, 3, 29, 23, 30, tzinfo=UTC),
            date(2026, 3, 30),
        ),  # the clocks went forward that morning
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),  # and back that one
    ],
)
def test_a_day_begins_at_midnight_in_the_uk(instant: datetime, day: date) -> None:
    assert day_of(instant) == day
