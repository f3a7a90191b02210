"""Rare words a slip away from a common one."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from smart_record.standardise.addresses.misspellings import corrections, near_words

SCHEMA = {"word": pl.String, "uses": pl.UInt32, "trusted": pl.Boolean}
words = st.lists(st.text("ABCD", min_size=4, max_size=7), min_size=2, max_size=12, unique=True)


def corrected(*rows, slips=1):
    frame = pl.DataFrame(rows, SCHEMA, orient="row")
    return dict(corrections(frame, common_to_rare=8, slips=slips).iter_rows())


def test_a_rare_word_beside_a_common_one_is_corrected():
    assert corrected(("MARGARET", 50, False), ("MARGRAET", 1, False), ("MARGART", 2, False)) == {
        "MARGRAET": "MARGARET",
        "MARGART": "MARGARET",
    }


def test_a_word_in_its_own_right_is_not_corrected():
    assert corrected(("JOAN", 50, True), ("JOHN", 2, True)) == {}
    assert corrected(("HILLS", 10, False), ("HILL", 30, False)) == {}


@settings(derandomize=True, max_examples=40, deadline=None)
@given(words)
def test_every_word_one_slip_away_is_found(drawn):
    column = pl.Series(drawn)
    found = set(near_words(column, column, slips=1).select("word", "corrected").iter_rows())
    slips = {(a, b) for a in drawn for b in drawn if a != b and OSA.distance(a, b) == 1}
    assert found == slips


@pytest.mark.parametrize(
    ("typed", "apart"),
    [("BCDEFGHI", 2), ("ACDEFGHX", 2), ("ABXDEFGH", 1), ("ABXDEYGH", None), ("ABCDEFGHXY", None)],
)
def test_of_two_slips_a_letter_that_stands_elsewhere_is_one_word_and_two_wrong_ones_are_two(typed, apart):
    near = near_words(pl.Series([typed]), pl.Series(["ABCDEFGH"]), slips=2)
    assert near["apart"].to_list() == ([] if apart is None else [apart])
