"""Pairs joined again where a few are seen otherwise come out as if all had been joined at once."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.graph.joining import Joined, joined

ROWS = 10
row = st.integers(0, ROWS - 1)
ends = st.tuples(row, row).filter(lambda pair: pair[0] < pair[1])
pair = st.tuples(st.integers(-3, 6), st.booleans(), st.sampled_from([False, False, False, True]))
pairs = st.dictionaries(ends, pair, max_size=14)
records = st.lists(st.integers(0, 6), min_size=ROWS, max_size=ROWS)


def weighed(of):
    columns = {
        "left": [one for one, _ in of],
        "right": [other for _, other in of],
        "posterior": [float(bits) for bits, _, _ in of.values()],
        "conflict": [against for _, against, _ in of.values()],
        "officer": [officer for _, _, officer in of.values()],
    }
    schema = {"left": pl.UInt32, "right": pl.UInt32, "posterior": pl.Float64}
    return pl.DataFrame(columns, schema | {"conflict": pl.Boolean, "officer": pl.Boolean})


@settings(derandomize=True, max_examples=200, deadline=None)
@given(pairs, pairs, records)
def test_joined_again_is_joined_at_once(first, more, of_records):
    of = pl.Series(of_records, dtype=pl.UInt32)
    new = {pair: seen for pair, seen in more.items() if pair not in first}
    before, everything = weighed(first), weighed(first | new)
    grown, changed = Joined.grouped(before, of).joined(before).grouped_again(weighed(new))
    assert grown.joined(everything, changed).resident.equals(joined(everything, of))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(pairs, pairs, records)
def test_groups_grown_are_groups_made_at_once(first, more, of_records):
    of = pl.Series(of_records, dtype=pl.UInt32)
    new = {pair: seen for pair, seen in more.items() if pair not in first}
    grown, _ = Joined.grouped(weighed(first), of).grouped_again(weighed(new))
    assert grown.members().equals(Joined.grouped(weighed(first | new), of).members())
