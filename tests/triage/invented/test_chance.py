import numpy as np
import pytest

from triage.invented.chance import draw, draw_by_row, quota, spread, stream, worsened


def test_a_topic_s_dice_are_its_own():
    one, again, other = stream(1, "names"), stream(1, "names"), stream(1, "homes")
    assert one.random(5).tolist() == again.random(5).tolist() != other.random(5).tolist()


def test_shares_are_kept():
    drawn = np.bincount(draw(stream(1, "x"), (1, 2, 1), 40_000)) / 40_000
    assert drawn == pytest.approx([0.25, 0.5, 0.25], abs=0.01)


def test_each_row_has_shares_of_its_own():
    shares = np.array([[1.0, 0.0], [0.0, 1.0]])
    rows = np.array([0, 1, 1, 0])
    assert draw_by_row(stream(1, "x"), shares, rows).tolist() == [0, 1, 1, 0]


def test_a_quota_is_exact():
    assert np.bincount(quota(stream(1, "x"), (0.556, 0.212, 0.232), 1000)).tolist() == [556, 212, 232]


def test_references_are_distinct_and_out_of_order():
    refs = spread(100, 500, 4, stream(1, "x"))
    assert len(np.unique(refs)) == 500
    assert refs.min() > 100
    assert (np.diff(refs) < 0).any()


def test_dirt_worsens_a_rate_in_odds():
    assert worsened(0.2, 1.0) == pytest.approx(0.2)
    assert worsened(0.2, 0.0) == 0.0
    assert 0.2 < worsened(0.2, 3.0) < worsened(0.6, 3.0) < 1.0
