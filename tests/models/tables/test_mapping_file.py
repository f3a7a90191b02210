from pathlib import Path

import pytest

from models.tables import TableMappingInvalid, read_mapping, write_mapping
from tests.models.tables.invented_tables import MAPPING

PLAIN = """\
title: Loans
target: {column: bad, positive: yes}
columns:
  late: {use: feature, type: number}
"""


def _read(tmp_path: Path, text: str):
    file = tmp_path / "loans.yaml"
    file.write_text(text, encoding="utf-8")
    return read_mapping(file)


def test_what_is_written_is_read_back(tmp_path):
    assert _read(tmp_path, write_mapping(MAPPING)) == MAPPING


def test_codes_stay_text(tmp_path):
    read = _read(tmp_path, PLAIN.replace("positive: yes", "positive: [no, 1]"))
    assert read.positive == ("no", "1")


@pytest.mark.parametrize("name", ["sex", "Gender", "ethnic_group", "MARRIAGE", "first_name", "ward"])
def test_a_protected_column_is_refused_as_a_feature(tmp_path, name):
    with pytest.raises(TableMappingInvalid, match=r"loans.yaml line 4, column 3: .* may not be a feature"):
        _read(tmp_path, PLAIN.replace("late", name))


@pytest.mark.parametrize("use", ["audit", "none"])
def test_a_protected_column_may_be_audited_by(tmp_path, use):
    read = _read(tmp_path, PLAIN + f"  sex: {{use: {use}, type: category}}\n")
    assert [column.name for column in read.features] == ["late"]


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("type: number", "type: numbre", "Did you mean number"),
        ("use: feature", "uses: feature", "Did you mean use"),
        ("column: bad, ", "", "`column` is missing"),
        ("type: number", "type: category, direction: raises", "no larger or smaller"),
        ("  late: {use: feature, type: number}", "  - late", "must name the columns"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, was, becomes, told):
    with pytest.raises(TableMappingInvalid, match=r"loans.yaml line \d") as caught:
        _read(tmp_path, PLAIN.replace(was, becomes))
    assert told in str(caught.value)


def test_a_mapping_that_is_not_there_tells_how_to_draft_one(tmp_path):
    with pytest.raises(TableMappingInvalid, match="triage model draft"):
        read_mapping(tmp_path / "none.yaml")
