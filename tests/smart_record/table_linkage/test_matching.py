"""Tables matched by a mapping: who is who, whatever the order of rows and files' form."""

import polars as pl
import pytest

from smart_record.errors import ExtractMissing
from smart_record.table_linkage import match_tables, read_table_mapping
from smart_record.table_linkage.evaluation import evaluate_clusters
from smart_record.table_linkage.matching import STAGES
from tests.smart_record.table_linkage.people_tables import mapping, one_table, people, two_tables, write

PEOPLE = 300


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("linked")
    said, *files = two_tables(folder, PEOPLE)
    return said, files, match_tables(read_table_mapping(said), tuple(files))


def test_two_tables_are_linked_through_slips_and_blanks(linked):
    measured = evaluate_clusters(linked[2].clusters, across=True)
    assert measured["precision"] > 0.99
    assert measured["recall"] > 0.98


def test_nobody_is_in_a_table_twice_when_tables_are_linked(linked):
    clusters = linked[2].clusters
    assert clusters.select(pl.struct("table", "cluster_id").is_duplicated().any()).item() is False


def test_a_plain_double_in_a_linked_table_is_taken_in(linked, tmp_path):
    said, files, _ = linked
    rows = pl.read_csv(files[0], infer_schema=False)
    other = pl.read_csv(files[1], infer_schema=False)
    somebody = rows.join(other, on="whose", how="anti").head(1)
    double = somebody.with_columns(ref=pl.lit("again"))
    pl.concat([rows, double]).write_csv(tmp_path / "one.csv")
    same = somebody.with_columns(ref=pl.lit("other-same")).select(other.columns)
    pl.concat([other, same]).write_csv(tmp_path / "other.csv")
    files = (tmp_path / "one.csv", tmp_path / "other.csv")
    clusters = match_tables(read_table_mapping(said), files).clusters
    held = clusters.filter(pl.col("id").is_in([somebody["ref"][0], "again", "other-same"]))
    assert held["cluster_id"].n_unique() == 1


def test_one_table_is_cleared_of_doubles(tmp_path):
    said, file = one_table(tmp_path, PEOPLE)
    measured = evaluate_clusters(match_tables(read_table_mapping(said), (file,)).clusters, across=False)
    assert measured["precision"] > 0.98
    assert measured["recall"] > 0.96


def test_row_order_and_file_form_change_nothing(linked, tmp_path):
    said, files, before = linked
    turned = []
    for file in files:
        rows = pl.read_csv(file, infer_schema=False).reverse()
        turned.append(tmp_path / f"{file.stem}.parquet")
        rows.write_parquet(turned[-1])
    after = match_tables(read_table_mapping(said), tuple(turned))
    for name in ("pairs", "clusters", "levels"):
        assert getattr(after, name).equals(getattr(before, name))


def test_every_row_has_a_cluster_and_every_joined_pair_is_in_one(linked):
    matched = linked[2]
    rows = sum(pl.read_csv(file).height for file in linked[1])
    assert matched.clusters.height == rows
    assert matched.clusters.select("table", "id").is_unique().all()
    cluster = {(table, row): found for table, row, found, _ in matched.clusters.iter_rows()}
    for pair in matched.pairs.iter_rows(named=True):
        one, other = (cluster[pair[f"table_{side}"], pair[f"id_{side}"]] for side in "lr")
        assert pair["joined"] == (one == other)


def test_evidence_names_what_agrees_and_nobody(linked):
    told = " ".join(linked[2].pairs["evidence"].drop_nulls())
    assert "date of birth but for a slip" in told
    assert not any(name in told.upper() for name in ("ALICE", "ASHDOWN", "MILL LANE"))


def test_brothers_of_one_house_are_two_people(tmp_path):
    everybody = people(PEOPLE, 8)
    said = mapping(tmp_path, "link", "one", "other")
    one = write(tmp_path, "one", everybody)
    absent = [person for number, person in enumerate(everybody) if number % 3 != 2]
    housemates = [person for number, person in enumerate(everybody) if number % 3 == 2]
    other = write(tmp_path, "other", [person for person in everybody if person not in housemates])
    clusters = match_tables(read_table_mapping(said), (one, other)).clusters
    joined = clusters.filter(pl.len().over("cluster_id") > 1)
    alone = {person["whose"] for person in housemates}
    assert not set(joined["person"]) & alone
    assert joined["person"].n_unique() == len(absent)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_files_that_are_fewer_or_more_than_tables_are_refused(tmp_path, count):
    said, file, _ = two_tables(tmp_path, 5)
    with pytest.raises(ExtractMissing, match=r"2 tables \(one, other\) and"):
        match_tables(read_table_mapping(said), (file,) * count)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_tables_of_a_few_rows_are_matched_without_falling_over(tmp_path, count):
    everybody = people(count, 2)
    for said, names in (
        (mapping(tmp_path, "link", "one", "other"), ("one", "other")),
        (mapping(tmp_path, "dedupe", "one"), ("one",)),
    ):
        files = tuple(write(tmp_path, name, everybody) for name in names)
        matched = match_tables(read_table_mapping(said), files)
        assert matched.clusters.height == count * len(names)


def test_a_table_whose_column_is_blank_throughout_is_matched_by_the_others(tmp_path):
    everybody = [person | {"street": "", "no": ""} for person in people(PEOPLE, 4)]
    said = mapping(tmp_path, "link", "one", "other")
    files = (write(tmp_path, "one", everybody), write(tmp_path, "other", everybody[:200]))
    measured = evaluate_clusters(match_tables(read_table_mapping(said), files).clusters, across=True)
    assert measured["f1"] > 0.98


def test_a_table_that_names_nobody_is_matched_by_the_rest(tmp_path):
    nobody = [person | {"first": "", "last": ""} for person in people(PEOPLE, 4)]
    said = mapping(tmp_path, "link", "one", "other")
    files = (write(tmp_path, "one", nobody), write(tmp_path, "other", nobody[:200]))
    assert match_tables(read_table_mapping(said), files).clusters.height == PEOPLE + 200


def test_numbers_beyond_counting_are_text_like_any_other(tmp_path):
    said, file = one_table(tmp_path, PEOPLE)
    rows = pl.read_csv(file, infer_schema=False)
    odd = pl.Series([float("inf"), 1e300, float("nan")]).extend_constant(12.0, rows.height - 3)
    number = next(name for name in rows.columns if name not in {"ref", "whose"})
    other = file.with_suffix(".parquet")
    rows.with_columns(odd.alias(number)).write_parquet(other)
    assert match_tables(read_table_mapping(said), (other,)).clusters.height == rows.height


def test_names_of_neighbours_in_one_street_do_not_join_them(tmp_path):
    """Somebody of the same forename a door away is not who moved there: the street says the postcode."""
    everybody = people(PEOPLE, 6)
    neighbours = [
        person
        | {
            "ref": f"next-{number}",
            "whose": f"next-{number}",
            "last": other["last"],
            "no": "99",
            "born": "",
        }
        for number, (person, other) in enumerate(zip(everybody, everybody[7:], strict=False))
        if person["last"] != other["last"]
    ]
    said = mapping(tmp_path, "dedupe", "one")
    file = write(tmp_path, "one", [*everybody, *neighbours])
    clusters = match_tables(read_table_mapping(said), (file,)).clusters
    assert evaluate_clusters(clusters, across=False)["linked_pairs"] == 0


def test_progress_tells_each_stage_and_how_many_pairs_there_are(tmp_path):
    said, file = one_table(tmp_path, PEOPLE)
    told: list[str] = []
    match_tables(read_table_mapping(said), (file,), progress=told.append)
    assert len({stage.split(":")[0] for stage in told}) == STAGES
    assert any(stage.endswith("million pairs") for stage in told)


def test_names_and_addresses_are_compared_whether_whole_or_in_columns_of_their_own(tmp_path):
    everybody = people(PEOPLE, 7)
    whole = [
        {
            "ref": f"w{number}",
            "who": f"{each['last']}, {each['first']}",
            "at": f"{each['no']} {each['street']}",
        }
        | {"whose": each["whose"]}
        for number, each in enumerate(everybody[:200])
    ]
    pl.DataFrame(whole).write_csv(tmp_path / "whole.csv")
    said = tmp_path / "m.yaml"
    said.write_text(
        "task: link\ntables:\n"
        "  - {name: w, id: ref, person: whose, fields: {full_name: who, address: at}}\n"
        "  - {name: o, id: ref, person: whose,"
        " fields: {forename: first, surname: last, number: no, street: street}}\n"
    )
    files = (tmp_path / "whole.csv", write(tmp_path, "o", everybody))
    measured = evaluate_clusters(match_tables(read_table_mapping(said), files).clusters, across=True)
    assert measured["precision"] > 0.98
    assert measured["recall"] > 0.98


def test_of_three_tables_two_are_compared_by_what_they_alone_have(tmp_path):
    """Nothing but the telephone tells that these are one; the third table has none."""
    fields = "forename: first, surname: last"
    said = tmp_path / "m.yaml"
    said.write_text(
        "task: link\ntables:\n"
        f"  - {{name: a, id: ref, fields: {{{fields}, telephone: phone}}}}\n"
        f"  - {{name: b, id: ref, fields: {{{fields}}}}}\n"
        f"  - {{name: c, id: ref, fields: {{{fields}, telephone: phone}}}}\n"
    )
    names = [(each["first"], each["last"]) for each in people(60, 8)]
    rows = [(str(n), *name, f"0770090{n:04}") for n, name in enumerate(names)]
    frame = pl.DataFrame(rows, ["ref", "first", "last", "phone"], orient="row")
    files = tuple(tmp_path / f"{name}.csv" for name in "abc")
    for file in files:
        frame.write_csv(file)
    pairs = match_tables(read_table_mapping(said), files).pairs
    told = pairs.filter(pl.col("evidence").str.contains("telephone"))
    assert set(told.select("table_l", "table_r").unique().rows()) == {("a", "c")}
    assert told.filter(pl.col("joined") & (pl.col("id_l") == pl.col("id_r"))).height == len(rows)
