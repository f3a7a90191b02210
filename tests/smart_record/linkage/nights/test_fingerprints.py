"""Digits for ids: the same on every machine and with every version, far apart for near texts."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.nights.fingerprints import fingerprints

_MASK = (1 << 64) - 1


def _mixed(number):
    """The finaliser of SplitMix64, as published."""
    number = (number + 0x9E3779B97F4A7C15) & _MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & _MASK
    return number ^ (number >> 31)


def _by_hand(text):
    data = text.encode()
    mixed = _mixed(len(data))
    for begin in range(0, len(data), 8):
        mixed = _mixed(mixed ^ int.from_bytes(data[begin : begin + 8], "little"))
    return f"{mixed >> 16:012X}"


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=20))
def test_each_text_is_mixed_by_itself_whatever_stands_beside_it(texts):
    assert fingerprints(pl.Series(texts, dtype=pl.String)).to_list() == [_by_hand(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "digits"),
    [("", "E220A8397B1D"), ("rent|T1|tenant", "F9FC1B52B003"), ("council_tax|1|liable_1", "0B38DF01ED15")],
)
def test_digits_never_change_because_ids_rest_on_them(text, digits):
    assert fingerprints(pl.Series([text])).to_list() == [digits]


def test_of_many_near_texts_no_two_share_their_digits():
    texts = pl.Series([f"council_tax|{number:07d}|liable_1" for number in range(50_000)])
    assert fingerprints(texts).n_unique() == len(texts)
