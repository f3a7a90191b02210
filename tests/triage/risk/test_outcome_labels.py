from pathlib import Path

import polars as pl
import pytest

from smart_record.errors import ColumnMissing, ExtractMissing
from triage.risk.outcome_labels import read_outcome_labels

LINKS = pl.DataFrame(
    [
        ("council_tax", "1", "liable_1", "OURS1"),
        ("rent", "2", "tenant", "OURS1"),
        ("benefits", "3", "claimant", "OURS1"),
        ("council_tax", "4", "liable_1", "OURS2"),
    ],
    schema=["source", "record_ref", "role", "household_id"],
    orient="row",
)


def labels(folder: Path) -> Path:
    file = folder / "outcomes.csv"
    file.write_text(
        "household_id,group,tenure,kind,ward,liability_order_6m,rent_court_6m,homeless_6m\n"
        "T1,x,owner,single,North,1,0,0\nT2,x,social,family,South,0,1,0\n"
    )
    return file


def links_labels(folder: Path, *rows: str) -> Path:
    file = folder / "links.csv"
    file.write_text("\n".join(["source,record_ref,role,household_id", *rows]) + "\n")
    return file


def test_the_truth_of_most_records_is_taken(tmp_path: Path) -> None:
    truth = links_labels(tmp_path, "council_tax,1,liable_1,T1", "rent,2,tenant,T2", "benefits,3,claimant,T2")
    found = read_outcome_labels(labels(tmp_path), truth, LINKS).row(0, named=True)
    assert found["household_id"] == "OURS1"
    assert (found["tenure"], found["records"]) == ("social", 2)
    assert (found["liability_order_6m"], found["rent_court_6m"]) == (False, True)


def test_households_that_the_labels_do_not_know_are_left_out(tmp_path: Path) -> None:
    truth = links_labels(tmp_path, "council_tax,4,liable_1,T1")
    assert read_outcome_labels(labels(tmp_path), truth, LINKS)["household_id"].to_list() == ["OURS2"]


def test_without_labelled_links_the_ids_are_ours(tmp_path: Path) -> None:
    assert read_outcome_labels(labels(tmp_path), None, LINKS)["household_id"].to_list() == ["T1", "T2"]


def test_a_file_that_is_not_there_or_lacks_a_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExtractMissing, match=r"none\.csv"):
        read_outcome_labels(tmp_path / "none.csv", None, LINKS)
    (tmp_path / "bare.csv").write_text("household_id\nT1\n")
    with pytest.raises(ColumnMissing, match="liability_order_6m"):
        read_outcome_labels(tmp_path / "bare.csv", None, LINKS)
