"""A mapping of tables: read as written, every fault told with its place."""

from pathlib import Path

import polars as pl
import pytest

from smart_record.errors import ColumnMissing, ExtractMalformed, ExtractMissing, MappingInvalid
from smart_record.table_linkage import match_tables, read_table_mapping
from smart_record.table_linkage.standard_rows import standard_rows

WHOLE = """task: link
tables:
  - name: a
    id: ref
    fields:
      full_name: who
      date_of_birth: {column: born, dates: dd/mm/yyyy}
      address: [line1, line2]
    other:
      work: job
  - name: b
    id: ref
    fields:
      full_name: who
      date_of_birth: {year: y, month: m, day: d}
    other:
      work: {column: job, compare: text}
"""


@pytest.fixture
def said(tmp_path):
    def write(text):
        path = tmp_path / "m.yaml"
        path.write_text(text)
        return path

    return write


def test_a_mapping_is_read_as_written(said):
    mapping = read_table_mapping(said(WHOLE))
    first, second = mapping.tables
    assert (mapping.task, first.name, second.id_column) == ("link", "a", "ref")
    fields = {field.name: field for field in first.fields}
    assert fields["address"].columns == ("line1", "line2")
    assert fields["date_of_birth"].dates == "dd/mm/yyyy"
    assert fields["work"].compare == "text"
    assert {field.name: field for field in second.fields}["date_of_birth"].columns == ("y", "m", "d")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("task: link", "task: lnk", r"m\.yaml line 1, column 7: 'lnk' is not a task.*Did you mean link"),
        ("task: link", "task: dedupe", r"line 1, column 7: `task: dedupe` with 2 tables"),
        ("task: link\n", "", r"m\.yaml: `task:` is missing"),
        ("full_name: who", "fulname: who", r"line 6, column 7: 'fulname' is not a field.*full_name"),
        ("full_name: who", "occupation: who", r"line 6.*any other column goes under `other:`"),
        ("full_name: who", "full_name: [a, b]", r"line 6, column 7: `full_name:` takes one column"),
        ("dates: dd/mm/yyyy", "dates: dd/mm/yy", r"line 7, column 44: 'dd/mm/yy' is not a way to write"),
        ("day: d}", "}", r"line 15, column 22: `date_of_birth:` takes"),
        ("day: d}", "day: d, dates: dd/mm/yyyy}", r"line 15, column 57: `dates:` says how one column"),
        ("compare: text", "compare: sound", r"line 17, column 36: `compare:` is text or category"),
        ("compare: text", "compare: category", r"line 17.*as category here and as text on line 10"),
        ("work: job", "email: job", r"line 10, column 7: 'email' is a field: put it under `fields:`"),
        ("id: ref\n    fields:\n      full_name: who\n      date_of_birth: {y",
         "fields:\n      date_of_birth: {y",
         r"line 11, column 5: this table has no `id:`"),
        ("name: b", "name: a", r"line 11, column 5: two tables are named 'a'"),
        ("name: b", "nme: b", r"line 11, column 5: 'nme' is not known here\. Did you mean name"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(said, old, new, told):
    assert old in WHOLE
    with pytest.raises(MappingInvalid, match=told):
        read_table_mapping(said(WHOLE.replace(old, new, 1)))


@pytest.mark.parametrize("text", ["tables: {}", "task: link\ntables: []", "- a", "task: link\ntables: [a]"])
def test_what_is_no_mapping_is_refused(said, text):
    with pytest.raises(MappingInvalid, match=r"m\.yaml"):
        read_table_mapping(said(text))


def test_tables_without_a_field_in_common_are_refused(said):
    text = WHOLE.replace("      full_name: who\n", "", 1).replace("date_of_birth: {column", "#", 1)
    with pytest.raises(MappingInvalid, match="no field is in two tables"):
        read_table_mapping(said(text.replace("    other:\n      work: job\n", "", 1)))


ONE = """task: dedupe
tables:
  - name: a
    id: ref
    fields:
      surname: last
      date_of_birth: {column: born, dates: dd/mm/yyyy}
"""


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        ("ref,last,born,last\n1,X,01/02/1990,Y\n", ExtractMalformed, "'last' heads two columns"),
        ("ref,lst,born\n1,X,01/02/1990\n", ColumnMissing, r"line 6, column 7: f\.csv has no column 'last'"),
        ("no,last,born\n1,X,01/02/1990\n", ColumnMissing, r"line 3, column 5: f\.csv has no column 'ref'"),
        ("ref,last,born\n1,X,\n1,Y,\n", ExtractMalformed, r"'ref' is blank in 0 rows and repeats in 1"),
        ("ref,last,born\n1,X,1990-02-01\n", ExtractMalformed, r"line 7.*of 1 dates.*0 read as dd/mm/yyyy"),
        ("ref,last,born\n", ExtractMalformed, "no rows"),
        ("", ExtractMalformed, "can't be read as a table"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_the_mapping_says_is_refused(said, tmp_path, content, error, told):
    file = tmp_path / "f.csv"
    file.write_text(content)
    with pytest.raises(error, match=told):
        match_tables(read_table_mapping(said(ONE)), (file,))


def test_a_table_without_a_heading_line_is_refused_without_showing_whose_row_is_first(said, tmp_path):
    file = tmp_path / "f.csv"
    file.write_text("1,Parrott,01/02/1990\n2,Mudge,03/04/1991\n")
    with pytest.raises(ColumnMissing, match=r"none of the 3 columns of table 'a'") as refused:
        match_tables(read_table_mapping(said(ONE)), (file,))
    assert "parrott" not in str(refused.value).lower()
    assert "1990" not in str(refused.value)


def test_a_file_that_is_not_there_is_asked_for(said, tmp_path):
    with pytest.raises(ExtractMissing, match=r"none\.csv is not there"):
        match_tables(read_table_mapping(said(ONE)), (tmp_path / "none.csv",))


def one_table_of(columns, folder):
    file = folder / "one.parquet"
    pl.DataFrame(columns).write_parquet(file)
    said = folder / "one.yaml"
    said.write_text("task: dedupe\ntables:\n  - {name: one, id: ref, fields: {surname: who, number: no}}\n")
    return match_tables(read_table_mapping(said), (file,))


def test_whole_numbers_saved_with_a_point_are_what_was_meant(tmp_path):
    found = one_table_of({"ref": [1.0, 2.0], "who": ["Example", "Other"], "no": [3.0, None]}, tmp_path)
    assert found.clusters["id"].to_list() == ["1", "2"]


def test_a_column_of_lists_is_refused(tmp_path):
    with pytest.raises(ExtractMalformed, match=r"one\.parquet: who holds lists or records"):
        one_table_of({"ref": ["1"], "who": [["Example"]], "no": ["3"]}, tmp_path)
    with pytest.raises(ExtractMalformed, match="or bytes"):
        one_table_of({"ref": ["1"], "who": [b"Example"], "no": ["3"]}, tmp_path)


def test_two_headings_alike_but_for_spaces_are_refused(tmp_path):
    with pytest.raises(ExtractMalformed, match="'who' heads two columns"):
        one_table_of({"ref": ["1"], "who": ["Example"], "who ": ["Other"], "no": ["3"]}, tmp_path)


def test_what_a_column_of_its_own_leaves_blank_is_taken_from_the_whole_name(said, tmp_path):
    whole = "task: dedupe\ntables:\n  - {name: a, id: ref, fields: {full_name: who, forename: first}}\n"
    file = tmp_path / "f.csv"
    file.write_text("ref,who,first\n1,Ivor Ann Parrott,Ivor\n2,Joan Mudge,Joan Mary\n3,Selma Beth Mudge,\n")
    rows = standard_rows(read_table_mapping(said(whole)), (file,))
    assert rows["forename"].to_list() == ["IVOR", "JOAN", "SELMA"]
    assert rows["middle"].to_list() == ["ANN", "MARY", "BETH"]


MAPPINGS = sorted((Path(__file__).parents[3] / "bench" / "mappings").glob("*.yaml"))


@pytest.mark.parametrize("file", MAPPINGS, ids=lambda file: file.stem)
def test_mappings_of_public_sets_read_without_a_fault(file):
    assert read_table_mapping(file).tables
