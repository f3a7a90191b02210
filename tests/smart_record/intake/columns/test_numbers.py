"""Dates, counts and UPRNs: read where they are what they should be, told where they are not."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.intake.columns.numbers import read_counts, read_dates, read_uprns
from smart_record.intake.mapping_files.date_forms import DateForm, ambiguous_pair, parse_date_form


def form(shown: str) -> DateForm:
    parsed = parse_date_form(shown)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("dd/mm/yyyy", "05/04/1980"),
        ("d/m/yyyy", "5/4/1980"),
        ("dd/mm/yyyy", " 05/04/1980 "),
        ("yyyy-mm-dd", "1980-04-05"),
        ("yyyymmdd", "19800405"),
        ("dd-Mon-yyyy", "05-APR-1980"),
        ("dd Month yyyy", "05 April 1980"),
        ("mm/dd/yyyy", "04/05/1980"),
        ("yyyy-mm-dd hh:mi:ss", "1980-04-05 00:00:00"),
        ("dd/mm/yyyy hh:mm", "05/04/1980 23:59"),
        ("yyyy-mm-ddThh:mi:ss", "1980-04-05T10:00:00"),
    ],
)
def test_dates_are_read_by_their_form(shown: str, written: str) -> None:
    reading = read_dates(pl.Series([written, None, ""]), (form(shown),), ())
    assert reading.values.to_list() == [date(1980, 4, 5), None, None]
    assert reading.unreadable.is_empty()


@pytest.mark.parametrize(
    "written", ["31/02/2025", "29/02/2023", "£££", "1980-04-05", "05/04/1980 00:00", "45000"]
)
def test_dates_that_do_not_exist_or_are_written_otherwise_are_told(written: str) -> None:
    assert read_dates(pl.Series([written]), (form("dd/mm/yyyy"),), ()).unreadable.to_list() == [0]


def test_several_forms_are_tried_in_turn() -> None:
    forms = (form("dd/mm/yyyy"), form("yyyy-mm-dd"))
    reading = read_dates(pl.Series(["05/04/1980", "1980-04-05", "x"]), forms, ())
    assert reading.values.to_list() == [date(1980, 4, 5), date(1980, 4, 5), None]
    assert reading.unreadable.to_list() == [2]


def test_a_year_of_two_digits_is_not_taken_for_one_of_four() -> None:
    reading = read_dates(pl.Series(["05/04/80", "05/04/0080"]), (form("dd/mm/yyyy"),), ())
    assert reading.values.to_list() == [None, None]
    assert reading.unreadable.to_list() == [0, 1]


@pytest.mark.parametrize(
    "shown", ["dd/mm/yy", "mm/yyyy", "dd/mm/yyyy/mm", "%d/%m/%Y", "day/mm/yyyy", "", "dd/mm"]
)
def test_forms_that_are_not_dates_are_refused(shown: str) -> None:
    assert parse_date_form(shown) is None


def test_forms_that_read_one_text_as_two_dates_are_found() -> None:
    assert ambiguous_pair([form("dd/mm/yyyy"), form("yyyy-mm-dd")]) is None
    assert ambiguous_pair([form("dd/mm/yyyy"), form("d/m/yyyy")]) is None
    assert ambiguous_pair([form("dd/mm/yyyy"), form("mm/dd/yyyy")]) is not None


def test_typed_dates_of_parquet_are_taken_as_they_are() -> None:
    for typed in (pl.Series([date(1980, 4, 5), None]), pl.Series([datetime(1980, 4, 5, 13, 30), None])):  # noqa: DTZ001
        assert read_dates(typed, (form("dd/mm/yyyy"),), ()).values.to_list() == [date(1980, 4, 5), None]


FORMS = st.sampled_from(["dd/mm/yyyy", "yyyy-mm-dd", "dd-Mon-yyyy", "dd Month yyyy", "yyyymmdd"])
DAYS = st.integers(0, 60000).map(lambda days: date(1900, 1, 1) + timedelta(days))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(FORMS, st.lists(DAYS, min_size=1, max_size=10))
def test_a_date_written_in_a_form_is_read_back(shown: str, days: list[date]) -> None:
    written = [day.strftime(form(shown).pattern) for day in days]
    assert read_dates(pl.Series(written), (form(shown),), ()).values.to_list() == days


@pytest.mark.parametrize(
    ("written", "uprn"),
    [
        ("10011002499", 10011002499),
        ("10011002499.0", 10011002499),
        ("000100023336956", 100023336956),
        (" 12 ", 12),
        ("0", None),
        ("000000000000", None),
        ("", None),
    ],
)
def test_uprns_are_read_as_spreadsheets_leave_them(written: str, uprn: int | None) -> None:
    reading = read_uprns(pl.Series([written]), ())
    assert reading.values.item() == uprn
    assert reading.unreadable.is_empty()


@pytest.mark.parametrize("written", ["1234567890123", "1.00110025E+10", "12.5", "-12", "TBC", "12 13"])
def test_what_is_no_uprn_is_told(written: str) -> None:
    assert read_uprns(pl.Series([written]), ()).unreadable.to_list() == [0]


def test_counts_are_whole_and_not_below_nought() -> None:
    reading = read_counts(pl.Series(["2", "0", "1.0", " 3", "-1", "1.5", "two", ""]), ())
    assert reading.values.to_list() == [2, 0, 1, 3, None, None, None, None]
    assert reading.unreadable.to_list() == [4, 5, 6]
    assert read_counts(pl.Series([2.0, None, float("nan")]), ()).values.to_list() == [2, None, None]


def test_a_moment_of_a_time_zone_is_of_that_zone_s_day() -> None:
    """Midnight of a summer's day in London is the day before in Greenwich."""
    days = [date(2026, 6, 1), date(2026, 1, 1), None]
    raw = pl.Series(days).cast(pl.Datetime).dt.replace_time_zone("Europe/London")
    assert read_dates(raw, (), ()).values.to_list() == days
