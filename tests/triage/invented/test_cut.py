"""Nothing that happened after the day of the extracts is in them."""

from datetime import timedelta

import polars as pl
import pytest

FORMS = {"council_tax": "%d/%m/%Y", "benefit": "%Y-%m-%d", "rent": "%d-%b-%Y"}
PLANNED = {"breathing_space_end", "dhp_end_date"}  # known beforehand, so they may lie ahead


def dates_of(frame, name):
    form = next(form for system, form in FORMS.items() if name.startswith(system))
    for column in frame.columns:
        found = frame[column].str.to_date(form, strict=False).drop_nulls()
        if len(found) > 0:
            yield column, found


@pytest.mark.parametrize("which", ["council", "mid_month"])
def test_no_date_lies_after_the_day_of_the_extracts(request, extract, which):
    made = request.getfixturevalue(which)
    for file in made.rows:
        name = file.removesuffix(".csv")
        for column, found in dates_of(extract(made, name), name):
            if column not in PLANNED:
                assert found.max() <= made.as_of, f"{name}.{column}"


def test_planned_ends_lie_near_the_day_of_the_extracts(council, extract):
    ends = dict(dates_of(extract(council, "council_tax_accounts"), "council_tax"))["breathing_space_end"]
    assert ends.min() >= council.as_of - timedelta(days=14)
    assert ends.max() <= council.as_of + timedelta(days=90)


@pytest.mark.parametrize("which", ["council", "mid_month"])
def test_the_history_reaches_thirty_months_back(request, extract, which):
    made = request.getfixturevalue(which)
    first = dict(dates_of(extract(made, "rent_transactions"), "rent"))["date"].min()
    months = (made.as_of.year - first.year) * 12 + made.as_of.month - first.month
    assert (months, first.day) == (29, 1)


def test_a_payment_of_the_last_month_is_in_only_if_it_came_by_the_day(mid_month, extract):
    rents = extract(mid_month, "rent_transactions").with_columns(
        on=pl.col("date").str.to_date("%d-%b-%Y"), amount=pl.col("amount").cast(pl.Float64)
    )
    last = rents.filter(pl.col("on") >= mid_month.as_of.replace(day=1))
    share = last.filter(type="PAY").height / last.filter(type="RENT").height
    assert 0.3 < share < 0.9


def test_claims_that_end_later_are_live(mid_month, extract):
    claims = extract(mid_month, "benefit_claims")
    ended = claims.filter(status="ENDED")
    assert ended.height > 0
    assert ended["end_date"].null_count() == 0
    assert claims.filter(status="LIVE")["end_date"].null_count() == claims.filter(status="LIVE").height
