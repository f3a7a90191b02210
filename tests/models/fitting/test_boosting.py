"""The step functions are the fitted model, exactly, and keep to their declared directions."""

from functools import cache

import numpy as np
import pytest

from models.fitting.boosting import (
    AdditiveFit,
    Trees,
    bin_features,
    boosted_trees,
    fit_additive,
    fit_trees,
    tree_scores,
)
from models.histories.feature_declarations import FEATURES
from models.histories.features import Direction
from models.measures.metrics import Floats
from models.scorecards.calibration import AS_IS
from models.scorecards.parts import Part
from tests.models.builders import a_panel


@cache
def fitted() -> tuple[AdditiveFit, Trees, Floats]:
    panel = a_panel()
    values = panel.values()
    codes = bin_features(values, panel.features)
    fit, trees = fit_additive(codes, panel.labels("any"), panel.features, seed=0)
    return fit, trees, values


def raw_of(fit: AdditiveFit, values: Floats) -> Floats:
    part = Part(outcome="any", baseline=fit.baseline, sigmoid=AS_IS, steps=fit.steps)
    return part.raw_scores(part.contributions(values))


def test_baseline_and_contributions_add_up_to_the_fitted_model() -> None:
    fit, trees, values = fitted()
    decided = tree_scores(trees, bin_features(values, FEATURES))
    assert np.abs(raw_of(fit, values) - decided).max() <= 1e-9


def test_they_do_so_for_values_never_seen_and_for_the_unknown() -> None:
    fit, trees, _ = fitted()
    generator = np.random.default_rng(5)
    values = np.column_stack([generator.uniform(-1, feature.cuts[-1] * 1.5, 3_000) for feature in FEATURES])
    values[generator.random(values.shape) < 0.2] = np.nan
    decided = tree_scores(trees, bin_features(values, FEATURES))
    assert np.abs(raw_of(fit, values) - decided).max() <= 1e-9


def test_one_feature_changed_changes_the_score_by_its_own_steps_alone() -> None:
    fit, trees, values = fitted()
    rows = values[:200]
    before = tree_scores(trees, bin_features(rows, FEATURES))
    for place, step in enumerate(fit.steps):
        changed = rows.copy()
        changed[:, place] = np.roll(changed[:, place], 7)
        moved = tree_scores(trees, bin_features(changed, FEATURES)) - before
        expected = step.heights(changed[:, place]) - step.heights(rows[:, place])
        assert moved == pytest.approx(expected, abs=1e-9)


def test_contributions_are_centred_on_the_training_rows() -> None:
    fit, _, values = fitted()
    for place, step in enumerate(fit.steps):
        assert step.heights(values[:, place]).mean() == pytest.approx(0, abs=1e-9)


def test_every_step_function_keeps_its_direction_and_joins_equal_neighbours() -> None:
    fit, _, _ = fitted()
    for step, feature in zip(fit.steps, FEATURES, strict=True):
        rises = np.diff(step.values)
        assert (rises != 0).all()
        assert set(step.cuts) <= set(feature.cuts)
        if feature.direction is Direction.RAISES:
            assert (rises > 0).all()
        if feature.direction is Direction.LOWERS:
            assert (rises < 0).all()


def test_the_fit_learns_what_made_the_outcomes() -> None:
    fit, _, _ = fitted()
    reach = {step.feature: max(step.values) - min(step.values) for step in fit.steps if step.values}
    assert sum(reach.values()) > 2


def test_a_direction_is_kept_even_against_the_data() -> None:
    """More arrears go with fewer outcomes here; the score may then not use them at all."""
    panel = a_panel()
    arrears = next(place for place, one in enumerate(FEATURES) if one.name == "council_tax.arrears")
    values = np.full_like(panel.values(), np.nan)
    values[:, arrears] = np.tile([0.0, 50_000.0], len(values))[: len(values)]
    labels = (values[:, arrears] == 0).astype(float)
    fit, _ = fit_additive(bin_features(values, FEATURES), labels, FEATURES, seed=0)
    assert fit.steps[arrears].values == (0.0,)


def test_a_feature_that_nobody_has_adds_nothing() -> None:
    panel = a_panel()
    values = panel.values()
    rent = [place for place, one in enumerate(FEATURES) if one.name.startswith("rent.")]
    values[:, rent] = np.nan
    fit, _ = fit_additive(bin_features(values, FEATURES), panel.labels("any"), FEATURES, seed=0)
    for place in rent:
        assert (fit.steps[place].cuts, fit.steps[place].values, fit.steps[place].missing) == ((), (0.0,), 0.0)


def test_the_same_rows_and_seed_give_the_same_fit() -> None:
    panel = a_panel()
    codes, labels = bin_features(panel.values(), panel.features), panel.labels("rent_court")
    fits = [fit_additive(codes, labels, panel.features, seed=3)[0] for _ in range(2)]
    assert fits[0] == fits[1]


def test_a_value_at_a_cut_lies_above_it() -> None:
    arrears = next(one for one in FEATURES if one.name == "council_tax.arrears")
    codes = bin_features(np.array([[0.0], [1.0], [2_499.0], [2_500.0], [np.nan], [1e12]]), [arrears])
    assert codes[:4, 0].tolist() == [0.0, 1.0, 1.0, 2.0]
    assert np.isnan(codes[4, 0])
    assert codes[5, 0] == len(arrears.cuts)


def test_the_trees_are_fitted_without_setting_random_rows_aside() -> None:
    panel = a_panel()
    trees = boosted_trees(panel.features, seed=0)
    fit_trees(trees, bin_features(panel.values(), panel.features), panel.labels("any"))
    assert vars(trees)["early_stopping"] is False
    assert not len(vars(trees).get("validation_score_", ()))


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(6))
def test_any_past_gives_an_exact_monotone_scorecard(seed: int) -> None:
    panel = a_panel(households=300 + 200 * seed, seed=seed)
    values = panel.values()
    values[np.random.default_rng(seed).random(values.shape) < seed / 30] = np.nan
    codes = bin_features(values, panel.features)
    for outcome in ("liability_order", "rent_court", "any"):
        fit, trees = fit_additive(codes, panel.labels(outcome), panel.features, seed=seed)
        assert np.abs(raw_of(fit, values) - tree_scores(trees, codes)).max() <= 1e-9
        for step in fit.steps:
            rises = np.diff(step.values)
            assert step.direction is Direction.FREE or (rises > 0).all() or (rises < 0).all()


def test_rows_that_look_alike_count_as_often_as_they_come() -> None:
    """Every row twice is the same past; one kind of row twice is another."""
    panel = a_panel()
    codes, labels = bin_features(panel.values(), panel.features), panel.labels("any")
    once, _ = fit_additive(codes, labels, panel.features, seed=0)
    shuffled = np.random.default_rng(1).permutation(len(codes))
    assert fit_additive(codes[shuffled], labels[shuffled], panel.features, seed=0)[0].steps == once.steps
    came = np.flatnonzero(labels)
    more = np.concatenate([np.arange(len(codes)), came, came])
    heavier, _ = fit_additive(codes[more], labels[more], panel.features, seed=0)
    assert heavier.baseline > once.baseline + 0.5
