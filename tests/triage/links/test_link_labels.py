"""Labels that can't be right, or are another night's, are refused before they pass for missed links."""

from pathlib import Path

import polars as pl
import pytest

from smart_record.errors import ColumnMissing, ExtractMalformed, ExtractMissing
from triage.links.link_labels import read_labels

HEADER = "source,record_ref,role,person_id,household_id,group"
ROWS = [f"council_tax,A{number},liable_1,P{number},H{number},british" for number in range(6)]
LINKS = pl.DataFrame(
    {
        "source": ["council_tax"] * 8,
        "record_ref": [f"A{number}" for number in range(8)],
        "role": ["liable_1"] * 8,
    }
)


def written(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    file = folder / "labels.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
    return file


def test_rows_that_intake_could_not_read_stay_and_are_counted(tmp_path: Path) -> None:
    unread = "council_tax,A99,liable_1,P99,H99,british"
    read = read_labels(written(tmp_path, *ROWS, unread, encoding="utf-8-sig"), LINKS)
    assert (read.rows.height, read.known, read.of) == (7, 6, 8)
    assert read.rows.columns == HEADER.split(",")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "has no rows"),
        ([*ROWS, ROWS[0]], "names the row council_tax/A0/liable_1 more than once"),
        ([*ROWS, "council_tax,A7,liable_1, ,H7,british"], "1 of 7 rows have no person_id"),
        (
            [row.replace("council_tax", "ctax") for row in ROWS],
            "has the source ctax; the night has council_tax",
        ),
        ([row.replace("liable_1", "payer") for row in ROWS], "has the role payer; the night has liable_1"),
        ([row.replace(",A", ",X") for row in ROWS], "no link for 6 of its 6 rows, council_tax/X0/liable_1"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, rows: list[str], told: str) -> None:
    with pytest.raises(ExtractMalformed) as refused:
        read_labels(written(tmp_path, *rows), LINKS)
    assert told in str(refused.value)
    assert "Nothing was measured" in str(refused.value)


@pytest.mark.parametrize(("column", "name"), [(3, "person_id"), (4, "household_id")])
def test_a_word_for_not_known_is_not_taken_for_one_person_or_household(
    tmp_path: Path, column: int, name: str
) -> None:
    rows = [f"council_tax,A{number},liable_1,P{number},H{number},british".split(",") for number in range(501)]
    every = [",".join(row) for row in rows]
    unknown = [",".join([*row[:column], "not known", *row[column + 1 :]]) for row in rows]
    links = pl.DataFrame([row[:3] for row in rows], schema=["source", "record_ref", "role"], orient="row")
    assert read_labels(written(tmp_path, *every), links).known == 501
    assert read_labels(written(tmp_path, *unknown[1:], every[0]), links).known == 501
    with pytest.raises(ExtractMalformed, match=f"the {name} of the row council_tax/A0/liable_1 stands"):
        read_labels(written(tmp_path, *unknown), links)


@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8"), ("\t", "utf-8"), (",", "utf-16")])
def test_another_kind_of_file_is_told_as_such(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [row.replace(",", separator) for row in ROWS]
    file = written(tmp_path, *rows, header=HEADER.replace(",", separator), encoding=encoding)
    with pytest.raises(ExtractMalformed, match="UTF-8"):
        read_labels(file, LINKS)


def test_a_file_without_a_column_or_without_anything_is_told(tmp_path: Path) -> None:
    with pytest.raises(ColumnMissing, match="lacks the columns household_id"):
        read_labels(written(tmp_path, header="source,record_ref,role,person_id"), LINKS)
    (tmp_path / "labels.csv").write_text("")
    with pytest.raises(ExtractMalformed, match="empty"):
        read_labels(tmp_path / "labels.csv", LINKS)
    with pytest.raises(ExtractMissing):
        read_labels(tmp_path / "none.csv", LINKS)
