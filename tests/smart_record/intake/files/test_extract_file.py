"""Files as suppliers really send them: read to the last field with the right line, or refused with it."""

import codecs
import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.errors import ExtractMalformed
from smart_record.intake.files.extract_file import RawTable, open_file, read_table
from smart_record.intake.mapping_files.file import read_mapping
from smart_record.intake.mapping_files.mapping import SourceMapping
from tests.smart_record.intake.builders import changed_mapping

PIECE = 1 << 22
"""Files are looked at in pieces of so many bytes."""
HEADER = ["tenancy_ref", "stage", "date", "note"]


@pytest.fixture
def mapping(tmp_path: Path) -> SourceMapping:
    return history_mapping(tmp_path)


def history_mapping(folder: Path, line: str = "") -> SourceMapping:
    """The default mapping of the rent arrears history, a line added."""
    source = "rent_arrears_history"
    folder = changed_mapping(folder / "mappings", source, "encoding: utf-8\n", f"{line}\n")
    return read_mapping(folder / f"{source}.yaml")


def table_of(
    content: bytes, mapping: SourceMapping, folder: Path, columns: list[str] | None = None
) -> RawTable:
    path = folder / "history.csv"
    path.write_bytes(content)
    return read_table(open_file(path, mapping), columns or HEADER)


def rows_of(table: RawTable) -> list[tuple[str, ...]]:
    return [tuple(value or "" for value in row) for row in table.columns.rows()]


FIELDS = st.text(alphabet='ab,"\né£ 1', max_size=6).map(lambda text: text.replace("\n", "\r\n"))
TABLES = st.lists(st.lists(FIELDS, min_size=4, max_size=4).filter(any), max_size=8)


LAWFUL_FILE = (TABLES, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())


def check_read_as_written(
    folder: Path, rows: list[list[str]], line_end: str, *, quote_all: bool, cut_last_end: bool
) -> None:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(text, lineterminator=line_end, quoting=quoting)
    lines = []
    for row in [HEADER, *rows]:
        lines.append(text.getvalue().count("\n") + 1)
        writer.writerow(row)
    content = text.getvalue()
    if cut_last_end and rows:
        content = content.removesuffix(line_end)
    table = table_of(content.encode(), history_mapping(folder), folder)
    assert rows_of(table) == [tuple(row) for row in rows]
    assert table.lines.to_list() == lines[1:]
    assert table.ragged.is_empty()


@settings(derandomize=True, max_examples=80, deadline=None)
@given(*LAWFUL_FILE)
def test_every_lawful_file_is_read_as_its_writer_meant(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], line_end: str, quoted: bool, cut: bool
) -> None:
    check_read_as_written(tmp_path_factory.mktemp("csv"), rows, line_end, quote_all=quoted, cut_last_end=cut)


@pytest.mark.deep
@settings(max_examples=5000, deadline=None)
@given(*LAWFUL_FILE)
def test_every_lawful_file_is_read_as_its_writer_meant_in_depth(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], line_end: str, quoted: bool, cut: bool
) -> None:
    check_read_as_written(tmp_path_factory.mktemp("csv"), rows, line_end, quote_all=quoted, cut_last_end=cut)


def test_rows_with_other_numbers_of_fields_are_found_even_when_they_make_up_for_each_other(
    mapping: SourceMapping, tmp_path: Path
) -> None:
    content = b"tenancy_ref,stage,date,note\nT1,A,x,n\nT2,A,x,n,n\nT3,A,x\nT4,A,x,n\n"
    table = table_of(content, mapping, tmp_path)
    assert table.ragged.rows() == [(1, 5), (2, 3)]
    assert table.columns["tenancy_ref"].to_list() == ["T1", "T2", "T3", "T4"]


def test_a_last_line_cut_short_is_found(mapping: SourceMapping, tmp_path: Path) -> None:
    table = table_of(b"tenancy_ref,stage,date,note\nT1,A,x,n\nT2,A", mapping, tmp_path)
    assert table.ragged.rows() == [(1, 2)]


def test_blank_lines_are_no_rows_and_leave_line_numbers_right(mapping: SourceMapping, tmp_path: Path) -> None:
    content = b"tenancy_ref,stage,date,note\r\n\r\nT1,A,x,n\r\n\r\nT2,A\r\nT3,A,x,n\r\n\r\n\r\n"
    table = table_of(content, mapping, tmp_path)
    assert table.columns["tenancy_ref"].to_list() == ["T1", "T2", "T3"]
    assert table.lines.to_list() == [3, 5, 6]
    assert table.ragged.rows() == [(1, 2)]
    assert open_file(tmp_path / "history.csv", mapping).rows == 3


def test_lines_are_right_after_a_break_within_a_field(mapping: SourceMapping, tmp_path: Path) -> None:
    content = b'tenancy_ref,stage,date,note\nT1,A,x,"one\ntwo\nthree"\nT2,A\nT3,A,x,"a ""b"""\n'
    table = table_of(content, mapping, tmp_path)
    assert table.lines.to_list() == [2, 5, 6]
    assert table.columns["note"].to_list() == ["one\ntwo\nthree", None, 'a "b"']
    assert table.ragged.rows() == [(1, 2)]


@pytest.mark.parametrize("offset", range(-3, 5))
def test_a_large_file_is_joined_rightly_wherever_its_pieces_part(
    offset: int, mapping: SourceMapping, tmp_path: Path
) -> None:
    start, end = 'tenancy_ref,stage,date,note\nT1,A,x,"', '"",""\nz"\nT2,B,x,n\n'
    padding = "n" * (PIECE - len(start) + offset)
    table = table_of(f"{start}{padding}{end}".encode(), mapping, tmp_path)
    assert rows_of(table) == [("T1", "A", "x", f'{padding}","\nz'), ("T2", "B", "x", "n")]
    assert table.lines.to_list() == [2, 4]
    assert table.ragged.is_empty()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'tenancy_ref,stage,date,note\nT1,A,x,n\nT2,"A,x,n\nT3,A,x,n\n', 3),
        (b'tenancy_ref,stage,date,note\nT1,A,x,n\nT2,"A,x,n\nT3,"A",x,n\n', 3),
        (b'tenancy_ref,stage,date,note\nT1,A,x,5" pipe\n', 2),
        (b'tenancy_ref,stage,date,note\nT1,"A"B,x,n\n', 2),
        (b'tenancy_ref,stage,date,note\nT1,A,x,"cut sho', 2),
    ],
)
def test_a_quotation_mark_out_of_place_is_told_with_its_line(
    content: bytes, line: int, mapping: SourceMapping, tmp_path: Path
) -> None:
    with pytest.raises(ExtractMalformed, match=f"history.csv line {line}: .*quotes: no"):
        table_of(content, mapping, tmp_path)


def test_a_supplier_without_quoting_may_write_inches(tmp_path: Path) -> None:
    mapping = history_mapping(tmp_path, "quotes: no")
    table = table_of(b'tenancy_ref,stage,date,note\nT1,A,x,5" pipe\nT2,"A,x,n\n', mapping, tmp_path)
    assert table.columns.rows() == [("T1", "A", "x", '5" pipe'), ("T2", '"A', "x", "n")]


@pytest.mark.parametrize(("separator", "byte"), [('";"', b";"), ('"|"', b"|"), ("tab", b"\t")])
def test_other_separators(separator: str, byte: bytes, tmp_path: Path) -> None:
    mapping = history_mapping(tmp_path, f"separator: {separator}")
    content = b"tenancy_ref,stage,date,note\nT1,A,x,n,n\n".replace(b",", byte, 5).replace(
        b"\nT1,", b"\nT1" + byte
    )
    table = table_of(content, mapping, tmp_path)
    assert table.columns.rows()[0][:2] == ("T1", "A")


def test_a_byte_order_mark_is_not_part_of_the_first_name(mapping: SourceMapping, tmp_path: Path) -> None:
    content = codecs.BOM_UTF8 + '"tenancy_ref",stage,date,note\nT1,É,x,n\n'.encode()
    assert table_of(content, mapping, tmp_path).columns.rows() == [("T1", "É", "x", "n")]


def test_only_wanted_columns_are_held(mapping: SourceMapping, tmp_path: Path) -> None:
    content = b"tenancy_ref,stage,date,note\nT1,A,x,n\n"
    assert table_of(content, mapping, tmp_path, ["date"]).columns.rows() == [("x",)]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "latin-1"])
def test_other_encodings_are_read_as_declared(encoding: str, tmp_path: Path) -> None:
    mapping = history_mapping(tmp_path, f"encoding: {encoding}")
    content = "tenancy_ref,stage,date,note\nT1,É,£5,n\n".encode(encoding)
    assert table_of(content, mapping, tmp_path).columns.rows() == [("T1", "É", "£5", "n")]


def test_the_wrong_encoding_is_told_with_its_line(mapping: SourceMapping, tmp_path: Path) -> None:
    content = "tenancy_ref,stage,date,note\nT1,A,x,n\nT2,É,x,n\n"
    with pytest.raises(ExtractMalformed, match=r"history.csv line 3: .*not utf-8.*encoding: cp1252"):
        table_of(content.encode("cp1252"), mapping, tmp_path)
    with pytest.raises(ExtractMalformed, match=r"line 1: .*encoding: utf-16"):
        table_of(content.encode("utf-16"), mapping, tmp_path)
    with pytest.raises(ExtractMalformed, match="declares encoding cp1252, but the file is UTF-8"):
        table_of(content.encode(), history_mapping(tmp_path / "w", "encoding: cp1252"), tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b",,,\nT1,A,x,n\n", "line 1: blank"),
        (b"tenancy_ref,stage,date,note\rT1,A,x,n\r", "carriage return alone"),
        (b"tenancy_ref,stage,date,stage\nT1,A,x,n\n", "more than one column is called stage"),
    ],
)
def test_what_is_no_table_is_refused(
    content: bytes, told: str, mapping: SourceMapping, tmp_path: Path
) -> None:
    with pytest.raises(ExtractMalformed, match=told):
        table_of(content, mapping, tmp_path)


def test_a_header_alone_is_a_table_without_rows(mapping: SourceMapping, tmp_path: Path) -> None:
    table = table_of(b"tenancy_ref,stage,date,note", mapping, tmp_path)
    assert table.columns.shape == (0, 4)


def test_parquet_is_read_with_its_types(mapping: SourceMapping, tmp_path: Path) -> None:
    frame = pl.DataFrame({"tenancy_ref": [1, 2], "stage": ["A", "B"], "date": [date(2026, 1, 1), None]})
    frame.write_parquet(tmp_path / "history.parquet")
    file = open_file(tmp_path / "history.parquet", mapping)
    assert (file.rows, file.header) == (2, ("tenancy_ref", "stage", "date"))
    table = read_table(file, ["date", "tenancy_ref"])
    assert table.columns.rows() == [(date(2026, 1, 1), 1), (None, 2)]
    assert table.lines.to_list() == [1, 2]


def test_a_parquet_file_that_is_none_is_refused(mapping: SourceMapping, tmp_path: Path) -> None:
    (tmp_path / "history.parquet").write_bytes(b"tenancy_ref,stage\n")
    with pytest.raises(ExtractMalformed, match="not a Parquet file"):
        open_file(tmp_path / "history.parquet", mapping)


def test_lists_in_a_parquet_column_are_refused(mapping: SourceMapping, tmp_path: Path) -> None:
    pl.DataFrame({"tenancy_ref": ["T1"], "stage": [["A", "B"]]}).write_parquet(tmp_path / "history.parquet")
    with pytest.raises(ExtractMalformed, match="stage holds lists"):
        open_file(tmp_path / "history.parquet", mapping)
