"""Births and numbers compared."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from smart_record.linkage.beside import Beside, levels
from smart_record.linkage.pairs.identifier_comparison import birth_level, identifier_columns, nino_levels
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
    rows = pl.DataFrame({"dob": [one, other]}, {"dob": pl.Date}).with_columns(
        pl.lit(None, pl.String).alias(name) for name in ("middle", "generation", "sex", "sex_likely")
    )
    columns = identifier_columns(rows.with_columns(dob_weak=is_weak_birth_date(pl.col("dob"))))
    for ends in ((0, 1), (1, 0)):
        pair = Beside(columns, *(np.array([end]) for end in ends))
        assert levels(birth_level(pair)).to_list() == [level]


def test_numbers():
    ninos = pl.Series(["QQ123456", "QQ123456", "QQ123457", "QQ124356", "QQ654321", None])
    first, others = np.zeros(5, dtype=np.int64), np.arange(1, 6)
    for left, right in ((first, others), (others, first)):
        assert levels(nino_levels(ninos, left, right)).to_list() == [2, 1, 1, 0, None]
