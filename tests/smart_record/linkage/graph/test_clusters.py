"""Rows joined best link first, never against the evidence."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.graph.clusters import clusters, components, pairs_within

ROWS = 9
row = st.integers(0, ROWS - 1)
pair = st.tuples(row, row).filter(lambda ends: ends[0] < ends[1])
links = st.dictionaries(pair, st.integers(1, 5), max_size=14)


def frame(pairs, **columns):
    schema = {"left": pl.UInt32, "right": pl.UInt32} | dict.fromkeys(columns, pl.Float64)
    data = {"left": [one for one, _ in pairs], "right": [other for _, other in pairs], **columns}
    return pl.DataFrame(data, schema)


def joined(weights, records, conflicts=()):
    given_links = frame(list(weights), posterior=[float(weight) for weight in weights.values()])
    return clusters(given_links, pl.Series(records, dtype=pl.UInt32), frame(list(conflicts))).to_list()


def plainly(weights, records, conflicts):
    """The same, link by link over every row."""
    of = list(range(len(records)))
    against = {frozenset(ends) for ends in conflicts}
    for (one, other), _ in sorted(weights.items(), key=lambda link: (-link[1], link[0])):
        rows = [n for n, root in enumerate(of) if root in (of[one], of[other])]
        one_each = len({records[n] for n in rows}) == len(rows)
        peace = not any(frozenset((a, b)) in against for a in rows for b in rows)
        if of[one] == of[other] or (one_each and peace):
            for n in rows:
                of[n] = min(rows)
    return of


@settings(derandomize=True, max_examples=150, deadline=None)
@given(links, st.lists(st.integers(0, 6), min_size=ROWS, max_size=ROWS), st.sets(pair, max_size=4))
def test_best_first_is_what_a_plain_loop_makes(weights, records, conflicts):
    assert joined(weights, records, conflicts) == plainly(weights, records, conflicts)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(st.tuples(row, row), max_size=14))
def test_a_component_is_named_by_its_smallest_node(edges):
    of = list(range(ROWS))
    for one, other in edges:
        of = [min(of[one], of[other]) if node in (of[one], of[other]) else node for node in of]
    ends = ([end[side] for end in edges] for side in (0, 1))
    assert components(ROWS, *(pl.Series(end, dtype=pl.UInt32) for end in ends)).tolist() == of


def test_a_long_chain_is_one_component():
    rows = pl.arange(5_000, dtype=pl.UInt32, eager=True).sample(fraction=1, shuffle=True, seed=1)
    assert set(components(5_000, rows.head(4_999), rows.tail(4_999)).tolist()) == {0}


def test_the_better_of_two_links_wins_where_both_may_not_stand():
    assert joined({(0, 1): 2, (1, 2): 5}, [7, 8, 7]) == [0, 1, 1]


def test_contradicting_rows_are_not_joined_through_a_third():
    assert joined({(0, 1): 5, (1, 2): 4}, [1, 2, 3], [(0, 2)]) == [0, 0, 2]


def test_pairs_within_a_group_are_all_its_pairs():
    grouped = pl.DataFrame({"person": range(6), "group": [0, 0, 0, 3, 4, 4]})
    assert pairs_within(grouped).rows() == [(0, 1), (0, 2), (1, 2)]
