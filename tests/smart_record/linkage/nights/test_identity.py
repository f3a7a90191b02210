"""Ids that stay, and what is told when they can't."""

import polars as pl

from smart_record.linkage.nights.identity import HOUSEHOLD, RESIDENT, changes, inherited_ids, registry_after


def members(**cluster_of):
    return pl.DataFrame({"key": list(cluster_of), "cluster": list(cluster_of.values())})


def earlier(**id_of):
    return pl.DataFrame(
        {"key": list(id_of), "old_id": list(id_of.values())}, {"key": pl.String, "old_id": pl.String}
    )


def ids(rows, before, kind=RESIDENT):
    known = rows.join(before, on="key", how="left", maintain_order="left")
    named = inherited_ids(known, before["old_id"], kind)
    return dict(rows.join(named, on="cluster").select("key", "id").iter_rows())


def test_a_new_id_comes_from_the_first_row_not_from_the_number_of_the_cluster():
    one, other = ids(members(a=0, b=0), earlier()), ids(members(_=0, a=7, b=7), earlier())
    assert one["a"] == one["b"] == other["a"] == other["b"] != other["_"]
    assert one["a"].startswith("R")
    assert ids(members(a=0), earlier(), HOUSEHOLD)["a"].startswith("H")


def test_a_cluster_inherits_the_id_of_most_of_its_rows():
    assert ids(members(a=0, b=0, c=0), earlier(a="R1", b="R2", c="R2"))["a"] == "R2"


def test_a_tie_goes_to_the_smallest_id():
    assert ids(members(a=0, b=0), earlier(a="R2", b="R1"))["a"] == "R1"


def test_of_two_parts_the_larger_keeps_the_id_and_the_other_gets_one_never_used():
    before = earlier(a="R1", b="R1", c="R1", d="R9")
    after = ids(members(a=0, b=0, c=1), before)
    assert after["a"] == after["b"] == "R1"
    assert after["c"] not in {"R1", "R9"}


def test_an_id_drawn_before_is_passed_over():
    first = ids(members(a=0), earlier())["a"]
    second = ids(members(a=0, b=1, c=1), earlier(b=first, c=first, a="R0"))
    third = ids(members(a=0), earlier(b=first))
    assert second["b"] == first
    assert third["a"] != first


def test_merges_and_splits_are_told():
    before = earlier(a="R1", b="R2", c="R3", d="R3")
    after = pl.DataFrame({"key": ["a", "b", "c", "d"], "id": ["R1", "R1", "R3", "R4"]})
    assert changes(after.join(before, on="key", how="left"), RESIDENT).rows() == [
        ("resident_merged", "R2", "R1", 1),
        ("resident_split", "R3", "R4", 1),
    ]


def test_a_row_that_is_gone_follows_its_resident_into_a_merge():
    columns = ["source", "record_ref", "role", "resident_id", "household_id"]
    before = pl.DataFrame(
        [("rent", "1", "tenant", "R2", "H2"), ("rent", "2", "tenant", "R2", "H2")], columns, orient="row"
    )
    today = pl.DataFrame([("rent", "1", "tenant", "R1", "H1")], columns, orient="row")
    changed = pl.DataFrame(
        {
            "kind": ["resident_merged", "household_merged"],
            "old_id": ["R2", "H2"],
            "new_id": ["R1", "H1"],
            "records": [1, 1],
        }
    )
    assert registry_after(today, before, changed).rows() == [
        ("rent", "1", "tenant", "R1", "H1"),
        ("rent", "2", "tenant", "R1", "H1"),
    ]
