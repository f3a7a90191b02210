"""Levels of likeness of texts, by examples and by laws."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.table_linkage.text_levels import (
    ALIKE,
    DIFFER,
    EQUAL,
    NOT_KNOWN,
    SLIP,
    SOMEWHAT,
    by_digits,
    by_equality,
    by_mailbox,
    by_parts_of_date,
    by_spelling,
    levels_of,
)


@pytest.mark.parametrize(
    ("measure", "one", "other", "level"),
    [
        (by_parts_of_date, "19800405", "19800406", SLIP),
        (by_parts_of_date, "19800405", "19800504", SLIP),
        (by_parts_of_date, "19800405", "19801205", ALIKE),
        (by_parts_of_date, "19800405", "19630405", ALIKE),
        (by_parts_of_date, "19800405", "19801117", SOMEWHAT),
        (by_parts_of_date, "19800405", "19631117", DIFFER),
        (by_digits, "QQ123456", "QQ123465", SLIP),
        (by_digits, "QQ123456", "QQ987654", DIFFER),
        (by_mailbox, "a.example@one.test", "a.exmple@one.test", SLIP),
        (by_mailbox, "a.example@one.test", "a.example@other.org", ALIKE),
        (by_mailbox, "a.example@one.test", "zzz@other.org", DIFFER),
        (by_spelling, "PLUMBER", "PLUMBR", SLIP),
        (by_spelling, "AB", "AC", DIFFER),
        (by_spelling, "PLUMBER", "SOLICITOR", DIFFER),
        (by_equality, "A", "B", DIFFER),
    ],
)
def test_a_pair_of_texts_is_as_like_as_a_clerk_would_say(measure, one, other, level):
    assert measure([one], [other])[0] == level


@given(st.lists(st.none() | st.text("AB1", min_size=1, max_size=4), min_size=2, max_size=8), st.data())
@settings(derandomize=True, max_examples=40, deadline=None)
def test_levels_are_the_same_both_ways_and_equal_or_unknown_when_they_must_be(texts, data):
    rows = st.lists(st.integers(0, len(texts) - 1), min_size=6, max_size=6)
    left, right = (np.array(data.draw(rows)) for _ in range(2))
    column = pl.Series(texts, dtype=pl.String)
    levels = levels_of(column, left, right, by_spelling)
    assert (levels == levels_of(column, right, left, by_spelling)).all()
    for one, other, level in zip(left, right, levels, strict=True):
        known = texts[one] is not None and texts[other] is not None
        assert (level == NOT_KNOWN) == (not known)
        assert (level == EQUAL) == (known and texts[one] == texts[other])
