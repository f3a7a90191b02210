"""What follows from a date alone is worked out once for each day."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.days import each_day

days = st.none() | st.dates(date(1899, 12, 1), date(2030, 1, 1))


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(days, max_size=8))
def test_each_date_is_given_what_it_would_be_given_alone(dates):
    column = pl.Series("day", dates, pl.Date)
    months = each_day(column, lambda day: day.dt.year() * 12 + day.dt.month())
    assert months.to_list() == [day and day.year * 12 + day.month for day in dates]


@pytest.mark.parametrize("dates", [[], [None, None]], ids=["no rows", "no dates"])
def test_where_no_date_is_known_nothing_follows(dates):
    assert each_day(pl.Series(dates, dtype=pl.Date), lambda day: day.dt.year()).to_list() == dates
