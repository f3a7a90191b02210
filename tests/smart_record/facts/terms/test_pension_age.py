"""State Pension age at the boundaries of the law's timetable."""

from datetime import date

import polars as pl
import pytest

from smart_record.facts.terms.pension_age import pension_date

TIMETABLE = [
    (date(1954, 10, 6), date(2020, 10, 6)),
    (date(1960, 4, 5), date(2026, 4, 5)),
    (date(1960, 4, 6), date(2026, 5, 6)),
    (date(1960, 5, 5), date(2026, 6, 5)),
    (date(1960, 5, 6), date(2026, 7, 6)),
    (date(1960, 7, 31), date(2026, 11, 30)),
    (date(1960, 12, 31), date(2027, 9, 30)),
    (date(1961, 2, 5), date(2027, 12, 5)),
    (date(1961, 2, 6), date(2028, 1, 6)),
    (date(1961, 3, 5), date(2028, 2, 5)),
    (date(1961, 3, 6), date(2028, 3, 6)),
    (date(1977, 4, 5), date(2044, 4, 5)),
    (date(1977, 4, 6), date(2044, 5, 6)),
    (date(1977, 5, 5), date(2044, 5, 6)),
    (date(1977, 5, 6), date(2044, 7, 6)),
    (date(1978, 3, 29), date(2046, 3, 6)),
    (date(1978, 4, 5), date(2046, 3, 6)),
    (date(1978, 4, 6), date(2046, 4, 6)),
    (date(2000, 2, 29), date(2068, 2, 29)),
]


@pytest.mark.parametrize(("born", "reached"), TIMETABLE, ids=str)
def test_the_date_of_reaching_it_is_that_of_the_timetable(born: date, reached: date) -> None:
    assert pl.select(pension_date(pl.lit(born))).item() == reached


def test_an_unknown_birth_has_no_pension_date() -> None:
    assert pl.select(pension_date(pl.lit(None, dtype=pl.Date))).item() is None
