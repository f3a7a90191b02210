from datetime import date

import numpy as np
import pytest

from triage.invented.timeline import HISTORY_MONTHS, MONTHS_AHEAD, timeline


def day(value):
    return (value - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2026, 10, 31), date(2027, 4, 30)),
        (date(2026, 3, 15), date(2026, 9, 15)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2023, 8, 30), date(2024, 2, 29)),
    ],
)
def test_six_months_on_is_the_same_day_or_the_month_s_last(as_of, last):
    assert timeline(as_of).last_outcome_day == day(last)


def test_the_months_run_from_the_history_into_what_is_to_come():
    times = timeline(date(2026, 10, 31))
    assert times.months == HISTORY_MONTHS + MONTHS_AHEAD
    assert times.starts[0] == day(date(2024, 5, 1))
    assert times.starts[HISTORY_MONTHS - 1] == day(date(2026, 10, 1))
    assert times.length(HISTORY_MONTHS - 1) == 31


def test_a_day_falls_in_its_month():
    times = timeline(date(2026, 10, 31))
    days = np.array([day(date(2024, 4, 30)), day(date(2024, 5, 1)), day(date(2026, 10, 31))])
    assert times.month_of(days).tolist() == [-1, 0, HISTORY_MONTHS - 1]


def test_charges_rise_each_april():
    times = timeline(date(2026, 10, 31))
    rises = dict(
        zip(zip(times.years.tolist(), times.calendar.tolist(), strict=True), times.april_rises(), strict=True)
    )
    assert rises[2026, 10] == rises[2027, 3] == 0
    assert rises[2026, 3] == rises[2025, 4] == 1
    assert rises[2027, 4] == -1


def test_no_instalment_falls_due_in_february_and_march():
    times = timeline(date(2026, 10, 31))
    assert set(times.calendar[~times.instalment_months()]) == {2, 3}
