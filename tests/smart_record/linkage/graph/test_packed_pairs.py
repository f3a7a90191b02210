"""Pairs held as one number each."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.graph.packed_pairs import among, numbered, once_each, packed, unpacked

_NUMBERS = st.integers(0, 2**32 - 1)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.tuples(_NUMBERS, _NUMBERS)))
def test_pairs_come_back_sorted_and_once_each(pairs):
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.uint32) for side in (0, 1))
    assert unpacked(once_each(packed(left, right))).rows() == sorted(set(pairs))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5))), st.lists(st.tuples(_NUMBERS, _NUMBERS)))
def test_pairs_are_found_among_others(pairs, others):
    others = others + pairs[::2]
    one, other = (
        pl.DataFrame(found, {"left": pl.UInt32, "right": pl.UInt32}, orient="row")
        for found in (pairs, others)
    )
    assert among(one, other).to_list() == [pair in others for pair in pairs]


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 9)))
def test_each_value_is_found_by_its_number(values):
    distinct, place = numbered(np.array(values, dtype=np.uint64))
    assert distinct.tolist() == sorted(set(values))
    assert distinct[place].tolist() == values
