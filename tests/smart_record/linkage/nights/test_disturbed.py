"""Pairs that a night's changes make or unmake, held to the candidates of both nights."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.nights.disturbed import Keyed
from smart_record.linkage.pairs.candidates import candidate_pairs, of_two_records
from smart_record.linkage.pairs.contradictions import without_contradictions
from smart_record.linkage.rows.comparable import Comparable
from tests.smart_record.linkage.builders import NIGHT, a_claim, extracts_of
from tests.smart_record.linkage.towns import a_town

_NAMESAKES = [a_claim(f"C{n}", "Xerxes", "Quill", at=f"{n} Far Row, Fernby") for n in range(14)]
ADULTS = Comparable.of(extracts_of(*a_town(3, families=12), *_NAMESAKES), as_of=NIGHT).adults


def rows_of(night):
    """The rows of a night by their numbers among all."""
    return np.flatnonzero(night)


def candidates(night):
    rows = rows_of(night)
    pairs = candidate_pairs(ADULTS.filter(pl.Series(night)))
    return {(rows[one], rows[other]) for one, other in pairs.iter_rows()}


def told(packed, tonight, *, whatever_else=False):
    """Pairs that may be compared, by their numbers among all."""
    rows, adults = rows_of(tonight), ADULTS.filter(pl.Series(tonight))
    pairs = of_two_records(packed, adults["record"])
    pairs = pairs if whatever_else else without_contradictions(pairs, adults)
    return {(rows[one], rows[other]) for one, other in pairs.iter_rows()}


def two_nights(seed):
    """Which rows two nights have in common with all: a few are gone on each."""
    draw = np.random.default_rng(seed)
    return draw.random((2, ADULTS.height)) > draw.choice([0.02, 0.1])


def keyed(before, tonight):
    went = ADULTS.filter(pl.Series(before & ~tonight))
    return Keyed.of(ADULTS.filter(pl.Series(tonight)), went, ~before[tonight])


@settings(derandomize=True, max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_a_pair_that_only_one_night_compares_is_of_who_came_or_of_a_key_told_otherwise(seed):
    before, tonight = two_nights(seed)
    now, then, found = candidates(tonight), candidates(before), keyed(before, tonight).disturbed_pairs()
    assert told(found.met, tonight) == {pair for pair in now if not before[list(pair)].all()}
    stayed = {pair for pair in now ^ then if (before & tonight)[list(pair)].all()}
    assert stayed <= told(found.told, tonight, whatever_else=True)


@settings(derandomize=True, max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_some_rows_are_compared_with_each_other_as_among_all(seed):
    before, tonight = two_nights(seed)
    some = np.random.default_rng(seed).random(ADULTS.height) < 0.5
    among = keyed(before, tonight).pairs_among(some[tonight])
    wanted = {pair for pair in candidates(tonight) if some[list(pair)].all()}
    assert told(among, tonight) == wanted


def test_a_thirteenth_namesake_unmakes_the_pairs_of_the_twelve():
    tonight = np.ones(ADULTS.height, dtype=np.bool_)
    namesakes = ADULTS.select(pl.col("surname") == "QUILL").to_series().arg_true()
    tonight[namesakes[12:].to_numpy()] = False
    before = tonight.copy()
    tonight[namesakes[12]] = True
    found = keyed(before, tonight).disturbed_pairs()
    twelve = set(namesakes[:12])
    assert sum(set(pair) <= twelve for pair in told(found.told, tonight, whatever_else=True)) == 66
