"""Births and numbers compared."""

from datetime import date

import polars as pl
import pytest

from smart_record.linkage.identifier_comparison import birth_level, nino_levels
from smart_record.standardise.identifiers import is_weak_birth_date


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (date(1970, 3, 4), date(1970, 3, 4), 3),
        (date(1970, 3, 4), date(1970, 4, 3), 2),
        (date(1970, 3, 4), date(1970, 3, 14), 2),
        (date(1970, 3, 4), date(1980, 3, 4), 2),
        (date(1967, 3, 4), date(1976, 3, 4), 2),
        (date(1970, 3, 4), date(1998, 3, 4), 0),
        (date(1970, 3, 4), date(1971, 5, 4), 0),
        (date(1970, 1, 1), date(1970, 3, 4), 1),
        (date(1970, 1, 1), date(1971, 3, 4), -1),
        (None, date(1970, 3, 4), None),
    ],
)
def test_births(one, other, level):
    pair = pl.DataFrame({"dob_l": [one], "dob_r": [other]}, {"dob_l": pl.Date, "dob_r": pl.Date})
    pair = pair.with_columns(
        is_weak_birth_date(pl.col(f"dob_{side}")).alias(f"dob_weak_{side}") for side in "lr"
    )
    assert pair.select(birth_level()).item() == level


def test_numbers():
    left = pl.Series(["QQ123456", "QQ123456", "QQ123456", "QQ123456", None])
    right = pl.Series(["QQ123456", "QQ123457", "QQ124356", "QQ654321", "QQ123456"])
    assert nino_levels(left, right).to_list() == [2, 1, 1, 0, None]
