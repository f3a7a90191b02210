"""Any tables of people, matched from the command line."""

import polars as pl
import pytest

from tests.smart_record.table_linkage.people_tables import mapping, one_table, two_tables


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return two_tables(tmp_path_factory.mktemp("tables"), 120)


def test_two_tables_are_matched_and_measured(triage, tables, tmp_path):
    said, one, other = tables
    told = triage("links", "match", one, other, "--mapping", said, "--out", tmp_path / "found")
    assert "precision: 1.0000" in told.stdout
    rows = pl.read_csv(one).height + pl.read_csv(other).height
    assert pl.read_csv(tmp_path / "found" / "clusters.csv").columns == ["table", "id", "cluster_id"]
    assert pl.read_csv(tmp_path / "found" / "clusters.csv").height == rows
    assert f"{rows} rows are" in told.stdout
    assert pl.read_csv(tmp_path / "found" / "pairs.csv")["joined"].any()
    assert pl.read_csv(tmp_path / "found" / "levels.csv")["weight"].max() > 3


def test_labels_of_a_file_take_the_place_of_the_mapping_s(triage, tables, tmp_path):
    said, one, other = tables
    whose = pl.DataFrame({"table": ["one"], "id": ["one-0-0"], "person": ["somebody"]})
    whose.write_csv(tmp_path / "labels.csv")
    told = triage(
        "links",
        "match",
        one,
        other,
        "--mapping",
        said,
        "--out",
        tmp_path,
        "--labels",
        tmp_path / "labels.csv",
    )
    assert "true pairs: 0" in told.stdout
    whose.drop("table").write_csv(tmp_path / "short.csv")
    arguments = ("--mapping", said, "--out", tmp_path, "--labels", tmp_path / "short.csv")
    told = triage("links", "match", one, other, *arguments, exit_code=3)
    assert "lacks the columns table" in told.stderr


def test_a_wrong_mapping_is_told_with_its_place_and_nothing_is_written(triage, tables, tmp_path):
    wrong = mapping(tmp_path, "link", "one", "other")
    wrong.write_text(wrong.read_text().replace("surname: last", "surnam: last", 1))
    told = triage("links", "match", *tables[1:], "--mapping", wrong, "--out", tmp_path / "out", exit_code=3)
    assert "link.yaml line 8, column 7: 'surnam' is not a field. Did you mean surname?" in told.stderr
    assert not (tmp_path / "out").exists()


def test_a_table_is_cleared_of_doubles(triage, tmp_path):
    said, file = one_table(tmp_path, 100)
    told = triage("links", "match", file, "--mapping", said, "--out", tmp_path / "found")
    assert "pairs joined" in told.stdout
