"""Measures of agreement, counted again pair by pair."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.measuring.evaluation import evaluate

SOURCES = ["benefits", "benefits_dependants", "council_tax", "rent"]
row = st.tuples(
    st.sampled_from(SOURCES), st.integers(0, 3), st.integers(0, 3), st.sampled_from(["x", "y"]), st.booleans()
)
towns = st.lists(row, min_size=1, max_size=14)


def tables(rows):
    """Labels and links; of each row (source, person, resident, group, linked) a record of its own."""
    labels, links = [], []
    for number, (source, person, resident, group, linked) in enumerate(rows):
        key = (source, f"{number}/1" if source == "benefits_dependants" else str(number), "role")
        labels.append((*key, f"P{person}", f"H{person % 2}", group))
        if linked:
            links.append((*key, f"R{resident}", f"h{resident % 2}"))
    columns = ["source", "record_ref", "role"]
    text = dict.fromkeys([*columns, "person_id", "household_id", "group"], pl.String)
    found = dict.fromkeys([*columns, "resident_id", "household_id"], pl.String)
    return pl.DataFrame(labels, text, orient="row"), pl.DataFrame(links, found, orient="row")


def counted(rows, truth, found):
    """True, linked and right pairs of (truth, found) rows, each pair looked at."""
    both = list(combinations(rows, 2))
    true = sum(a[truth] == b[truth] for a, b in both)
    linked = sum(a[found] == b[found] for a, b in both)
    right = sum(a[truth] == b[truth] and a[found] == b[found] for a, b in both)
    return (true, linked, right)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(towns)
def test_pairs_and_b_cubed_are_what_counting_gives(rows):
    labels, links = tables(rows)
    table = evaluate(links, labels)
    people = [
        (f"P{p}", f"R{r}" if linked else f"alone {n}")
        for n, (s, p, r, _, linked) in enumerate(rows)
        if s != "benefits_dependants"
    ]
    told = table.filter(unit="persons", rows="labelled", part="all").row(0, named=True)
    assert (told["true_pairs"], told["linked_pairs"], told["right_pairs"]) == counted(people, 0, 1)
    children = [
        (f"P{p}", f"R{r}" if linked else f"alone {n}")
        for n, (s, p, r, _, linked) in enumerate(rows)
        if s == "benefits_dependants"
    ]
    told = table.filter(unit="children", rows="labelled", part="all").to_dicts()
    if any(counted(children, 0, 1)):
        told = told[0]
        assert (told["true_pairs"], told["linked_pairs"], told["right_pairs"]) == counted(children, 0, 1)
    else:
        assert told == []
    homes = [
        (f"H{p % 2}", f"h{r % 2}" if linked else f"alone {n}") for n, (_, p, r, _, linked) in enumerate(rows)
    ]
    told = table.filter(unit="households", rows="labelled", part="all").row(0, named=True)
    assert (told["true_pairs"], told["linked_pairs"], told["right_pairs"]) == counted(homes, 0, 1)
    shares = [sum(a == b for b in homes) / sum(a[1] == b[1] for b in homes) for a in homes]
    assert told["b_cubed_precision"] == pytest.approx(sum(shares) / len(shares))


def test_accepted_rows_are_those_with_a_link():
    labels, links = tables(
        [("rent", 1, 1, "x", True), ("council_tax", 1, 1, "x", True), ("benefits", 1, 1, "x", False)]
    )
    recall = evaluate(links, labels).filter(unit="persons", part="all").select("rows", "recall").rows()
    assert recall == [("labelled", pytest.approx(1 / 3)), ("accepted", 1.0)]


def test_parts_by_source_pair_and_by_group_sum_up():
    labels, links = tables(
        [("rent", n % 3, n % 3, "xy"[n % 2], True) for n in range(6)] + [("benefits", 1, 1, "x", True)]
    )
    table = evaluate(links, labels).filter(unit="persons", rows="labelled")
    total = table.filter(part="all")["true_pairs"].item()
    assert table.filter(pl.col("part").str.contains("-"))["true_pairs"].sum() == total
    assert table.filter(pl.col("part").str.starts_with("group"))["part"].to_list() == ["group x", "group y"]


def test_the_interval_holds_the_measure_and_repeats():
    labels, links = tables([("rent", n % 4, n % 4 if n % 5 else 3, "x", True) for n in range(40)])
    one, again = (
        evaluate(links, labels).filter(unit="persons", rows="labelled", part="all") for _ in range(2)
    )
    assert one.equals(again)
    assert one["f1_low"].item() <= one["f1"].item() <= one["f1_high"].item()
