"""Intervals of shares: what redrawing the households says, and what it can't say without an error."""

import numpy as np
import polars as pl
import pytest

from smart_record.linkage.measuring.redrawing import Redrawing, interval


def test_totals_are_the_counts_and_the_redrawings_repeat_and_lie_around_them():
    counted = pl.DataFrame({"household_id": [f"H{n % 50}" for n in range(200)], "n": [1.0] * 200})
    homes = counted["household_id"]
    totals, redrawn, households = Redrawing(homes).sums(counted)
    assert (totals.tolist(), households.tolist()) == ([200.0], [50.0])
    assert np.array_equal(redrawn, Redrawing(homes.reverse()).sums(counted.reverse())[1])
    assert redrawn.mean() == pytest.approx(200, rel=0.05)
    assert redrawn.std() == pytest.approx(4 * 50**0.5, rel=0.2)  # four rows to each of 50 households


def test_no_error_seen_leaves_the_room_that_so_many_households_leave():
    low, high = interval(1.0, np.ones(200), 300)
    assert high == 1.0
    assert low == pytest.approx(1 - 3.69 / 300, abs=1e-4)  # the rule of three at 97.5%
    assert interval(0.0, np.zeros(200), 300)[1] == pytest.approx(3.69 / 300, abs=1e-4)


def test_what_is_not_defined_has_no_interval():
    assert interval(None, np.full(200, np.nan), 10) == (None, None)
    assert interval(1.0, np.ones(200), 0) == (None, None)
