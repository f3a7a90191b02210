import numpy as np
import pytest

from models.fitting.boosting import tree_scores
from models.tables import apply_mapping
from models.tables.boosting import Design, fit_scorecard
from models.tables.scales import fit_scales
from tests.models.tables.invented_tables import MAPPING, loans

PAIRS = ((0, 1), (3, 4), (1, 2))


@pytest.fixture(scope="module")
def fitted():
    data = apply_mapping(loans(2000, together=True), MAPPING)
    scales = fit_scales(data, MAPPING, np.arange(2000))
    codes = np.column_stack([scale.codes(data) for scale in scales])
    plan = Design(scales=scales, pairs=PAIRS)
    card, trees = fit_scorecard(plan, codes, data.labels, rounds=150, seed=0)
    return card, trees, codes


def test_the_tables_are_the_fitted_model(fitted):
    card, trees, codes = fitted
    ours = card.raw_scores(card.contributions(codes))
    assert np.abs(ours - tree_scores(trees, codes)).max() < 1e-9


def test_each_column_adds_nothing_to_the_average_row(fitted):
    card, _, codes = fitted
    added = card.contributions(codes)
    assert np.abs(added[:, : len(card.steps)].mean(axis=0)).max() < 1e-9


def test_a_grid_says_nothing_that_one_of_its_columns_says_alone(fitted):
    card, _, codes = fitted
    pair = card.pairs[1]
    grid = np.array(pair.values)[:2, :2]
    shares = [np.bincount(codes[:, at].astype(int), minlength=2) / len(codes) for at in (3, 4)]
    assert np.abs(grid @ shares[1]).max() < 1e-9
    assert np.abs(shares[0] @ grid).max() < 1e-9


def test_a_declared_direction_holds_whatever_the_other_columns_say(fitted):
    card, _, codes = fitted
    for at, sign in ((0, 1), (1, -1)):
        rows = codes[:300].copy()
        known = ~np.isnan(rows[:, at])
        before = card.raw_scores(card.contributions(rows))
        rows[:, at] = np.minimum(rows[:, at] + 1, card.scales[at].steps - 1)
        after = card.raw_scores(card.contributions(rows))
        assert (sign * (after - before)[known] >= -1e-9).all()


def test_a_pair_that_decides_together_has_its_grid(fitted):
    card, _, _ = fitted
    grid = np.array(card.pairs[1].values)[:2, :2]
    assert grid[0, 0] + grid[1, 1] - grid[0, 1] - grid[1, 0] > 2
