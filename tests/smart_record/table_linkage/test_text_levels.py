"""Levels of likeness of texts, by examples and by laws."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from smart_record.table_linkage.text_levels import (
    ALIKE,
    DIFFER,
    EQUAL,
    NOT_KNOWN,
    SLIP,
    SOMEWHAT,
    Texts,
    by_digits,
    by_equality,
    by_initial,
    by_mailbox,
    by_parts_of_date,
    by_spelling,
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
        (by_mailbox, "a.example85@one.test", "a.example12@one.test", DIFFER),
        (by_mailbox, "a.example85@one.test", "a.example84@one.test", SLIP),
        (by_mailbox, "a.example85@one.test", "al.example85@other.org", SOMEWHAT),
        (by_initial, "ANN", "A", SLIP),
        (by_initial, "ANN", "ALICE", SOMEWHAT),
        (by_initial, "ANN", "JO", DIFFER),
        (by_spelling, "PLUMBER", "PLUMBR", SLIP),
        (by_spelling, "AB", "AC", DIFFER),
        (by_spelling, "PLUMBER", "SOLICITOR", DIFFER),
        (by_equality, "A", "B", DIFFER),
    ],
)
def test_a_pair_of_texts_is_as_like_as_a_clerk_would_say(measure, one, other, level):
    assert measure(pl.Series([one]), pl.Series([other]))[0] == level


@given(st.lists(st.none() | st.text("AB1", min_size=1, max_size=4), min_size=2, max_size=8), st.data())
@settings(derandomize=True, max_examples=40, deadline=None)
def test_levels_are_the_same_both_ways_and_equal_or_unknown_when_they_must_be(texts, data):
    rows = st.lists(st.integers(0, len(texts) - 1), min_size=6, max_size=6)
    left, right = (np.array(data.draw(rows)) for _ in range(2))
    column = pl.Series(texts, dtype=pl.String)
    levels = Texts.of(column).levels(left, right, by_spelling)
    assert (levels == Texts.of(column).levels(right, left, by_spelling)).all()
    for one, other, level in zip(left, right, levels, strict=True):
        known = texts[one] is not None and texts[other] is not None
        assert (level == NOT_KNOWN) == (not known)
        assert (level == EQUAL) == (known and texts[one] == texts[other])


@given(st.integers(0, 99_999_999), st.integers(0, 99_999_999), st.integers(0, 7), st.integers(0, 9))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_a_date_is_a_slip_off_exactly_where_its_letters_are(one, other, place, digit):
    dates = [f"{number:08}" for number in (one, other)]
    dates.append(dates[0][:place] + str(digit) + dates[0][place + 1 :])
    dates.append(dates[0][: place - 1] + dates[0][place : place + 1] + dates[0][place - 1 : place])
    dates[3] = (dates[3] + dates[0][place + 1 :]) if place else dates[0]
    for told in dates[1:]:
        if told == dates[0]:
            continue
        same_year = told[:4] == dates[0][:4] and told[4:6] == dates[0][6:] and told[6:] == dates[0][4:6]
        slip = OSA.distance(dates[0], told) <= 1 or same_year
        level = by_parts_of_date(pl.Series([dates[0]]), pl.Series([told]))[0]
        assert (level == SLIP) == slip
