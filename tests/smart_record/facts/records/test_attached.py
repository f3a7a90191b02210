"""A further file that came is whole: no row means none; a value that a row does not give is not known."""

import polars as pl

from smart_record.facts.records.attached import Attached

ROWS = pl.DataFrame(
    {"household": [1, 2], "system": ["rent", "rent"], "paid": [True, None]},
    schema_overrides={"household": pl.UInt32, "paid": pl.Boolean},
)
HOLDERS = pl.DataFrame(
    {"household": [1, 1, 2, 3, 4], "system": ["rent", "benefits", "rent", "rent", "benefits"]},
    schema_overrides={"household": pl.UInt32},
)
FILE = Attached(rows=ROWS, holders=HOLDERS)


def test_only_a_household_without_a_row_is_told_by_the_files_silence() -> None:
    told = FILE.told(pl.col("paid").first(), pl.col("paid").last().alias("lately"), without={"paid": False})
    assert told.rows() == [(1, True, True), (2, None, None), (3, False, None), (4, False, None)]


def test_of_one_system_only_holders_of_its_records_are_told_of() -> None:
    told = FILE.of("rent").told(pl.col("paid").first(), without={"paid": False})
    assert told["household"].to_list() == [1, 2, 3]
