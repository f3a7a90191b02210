from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from models.tables import TableInvalid, apply_mapping, read_table
from models.tables.mapping import Kind, TableColumn, Use
from tests.models.tables.invented_tables import MAPPING, loans


def test_csv_and_parquet_say_the_same(tmp_path):
    table = loans().with_columns(pl.col("late").cast(pl.Float64), pl.col("first").cast(pl.Int64))
    table.write_csv(tmp_path / "loans.csv")
    table.write_parquet(tmp_path / "loans.parquet")
    table.write_csv(tmp_path / "semi.csv", separator=";")
    first, second, third = (
        apply_mapping(read_table(tmp_path / name), MAPPING)
        for name in ("loans.csv", "loans.parquet", "semi.csv")
    )
    for one, other in ((first, second), (first, third)):
        assert np.array_equal(one.numbers["late"], other.numbers["late"])
        assert one.texts["region"].equals(other.texts["region"])
        assert np.array_equal(one.labels, other.labels)


def test_an_empty_cell_or_a_named_code_is_not_known():
    table = loans().with_columns(late=pl.when(pl.col("late") == "3").then(pl.lit("-9")).otherwise("late"))
    columns = (TableColumn(name="late", missing=("-9",)), *MAPPING.columns[1:])
    data = apply_mapping(table, replace(MAPPING, columns=columns))
    assert np.isnan(data.numbers["late"]).sum() == (table["late"] == "-9").sum() > 0
    assert np.isnan(data.numbers["income"]).sum() == (table["income"] == "").sum() > 0


def test_money_with_signs_is_a_number():
    table = loans().with_columns(income=pl.lit("£1,234.50"))
    assert set(apply_mapping(table, MAPPING).numbers["income"]) == {1234.5}


def test_rows_without_an_outcome_are_left_out_not_taken_as_no():
    table = loans().with_columns(bad=pl.when(pl.col("month") == "1").then(pl.lit("?")).otherwise("bad"))
    data = apply_mapping(table, MAPPING)
    assert data.left_out == (table["month"] == "1").sum()
    assert len(data.labels) + data.left_out == len(table)


def test_a_cell_of_another_kind_is_told_by_column_and_row_without_its_value():
    late = ["1"] * 40 + ["Jane Doe"] + ["2"] * 859
    with pytest.raises(TableInvalid, match=r"late is not all number: 1 cells .* row 41") as caught:
        apply_mapping(loans().with_columns(late=pl.Series(late)), MAPPING)
    assert "Jane" not in str(caught.value)


def test_a_wrong_positive_is_told():
    with pytest.raises(TableInvalid, match="0 of 900 rows have bad 1"):
        apply_mapping(loans(), replace(MAPPING, positive=("1",)))


def test_a_column_that_is_not_there_is_told_with_the_nearest():
    columns = (TableColumn(name="incme"), *MAPPING.columns[2:])
    with pytest.raises(TableInvalid, match=r"no column incme. Did you mean income\?"):
        apply_mapping(loans(), replace(MAPPING, columns=columns))


def test_numbers_are_audited_by_quarters_and_codes_by_their_words():
    columns = (*MAPPING.columns[1:], TableColumn(name="late", use=Use.AUDIT, kind=Kind.NUMBER))
    groups = apply_mapping(loans(), replace(MAPPING, columns=columns)).groups
    assert set(groups["sex"]) == {"men", "women"}
    assert 1 < groups["late"].n_unique() <= 4


def test_an_order_that_is_no_number_or_date_is_refused():
    with pytest.raises(TableInvalid, match="can't be ordered by region"):
        apply_mapping(loans(), replace(MAPPING, order_by="region"))
