import polars as pl
import pytest

from models.tables import TableInvalid, draft_mapping, read_mapping, write_mapping
from models.tables.mapping import Kind, Use
from tests.models.tables.invented_tables import loans


def test_a_draft_says_what_each_column_is_and_gives_no_direction(tmp_path):
    table = loans().with_columns(loan_id=pl.arange(0, 900, eager=True).cast(pl.String))
    drafted = draft_mapping(table, title="Loans", target="bad")
    kinds = {column.name: (column.use, column.kind) for column in drafted.columns}
    assert drafted.positive == ("yes",)
    assert kinds["late"] == (Use.FEATURE, Kind.NUMBER)
    assert kinds["region"] == (Use.FEATURE, Kind.CATEGORY)
    assert kinds["first"] == (Use.FEATURE, Kind.YES_NO)
    assert kinds["sex"] == (Use.AUDIT, Kind.CATEGORY)
    assert kinds["loan_id"][0] is Use.NONE
    assert {column.direction.value for column in drafted.columns} == {"free"}
    file = tmp_path / "draft.yaml"
    file.write_text(write_mapping(drafted), encoding="utf-8")
    assert read_mapping(file) == drafted


def test_the_outcome_is_guessed_by_its_name_then_its_place():
    table = loans().rename({"bad": "default.next.month"})
    assert draft_mapping(table, title="").target == "default.next.month"
    assert draft_mapping(loans(), title="").target == "bad"


def test_without_a_column_of_two_values_the_outcome_must_be_named():
    with pytest.raises(TableInvalid, match="--target"):
        draft_mapping(loans().select("income", "late"), title="")
