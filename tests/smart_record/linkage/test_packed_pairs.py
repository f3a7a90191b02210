"""Pairs held as one number each."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.packed_pairs import once_each, packed, unpacked

_NUMBERS = st.integers(0, 2**32 - 1)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.tuples(_NUMBERS, _NUMBERS)))
def test_pairs_come_back_sorted_and_once_each(pairs):
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.uint32) for side in (0, 1))
    assert unpacked(once_each(packed(left, right))).rows() == sorted(set(pairs))
