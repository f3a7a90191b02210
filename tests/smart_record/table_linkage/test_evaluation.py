"""Agreement of clusters with persons, counted again pair by pair."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.table_linkage.evaluation import evaluate_clusters

rows = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("123")), min_size=1, max_size=12
)


@given(rows, st.booleans())
@settings(derandomize=True, max_examples=60, deadline=None)
def test_counts_are_those_of_every_pair(drawn, across):
    numbered = [(table, str(number), cluster, who) for number, (table, cluster, who) in enumerate(drawn)]
    frame = pl.DataFrame(numbered, schema=["table", "id", "cluster_id", "person"], orient="row")
    pairs = [(a, b) for a, b in combinations(numbered, 2) if not across or a[0] != b[0]]
    found = evaluate_clusters(frame, across=across)
    assert found["true_pairs"] == sum(a[3] == b[3] for a, b in pairs)
    assert found["linked_pairs"] == sum(a[2] == b[2] for a, b in pairs)
    assert found["right_pairs"] == sum(a[2:] == b[2:] for a, b in pairs)
    shares = [
        sum(other[2:] == one[2:] for other in numbered) / sum(other[2] == one[2] for other in numbered)
        for one in numbered
    ]
    assert found["b_cubed_precision"] == pytest.approx(sum(shares) / len(shares))


def test_rows_of_nobody_known_are_left_out():
    frame = pl.DataFrame(
        {"table": ["a", "a"], "id": ["1", "2"], "cluster_id": ["c", "c"], "person": ["p", None]}
    )
    assert evaluate_clusters(frame, across=False)["linked_pairs"] == 0
    assert evaluate_clusters(frame.clear(), across=False)["f1"] is None
