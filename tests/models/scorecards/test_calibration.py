import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from models.errors import NotEnoughHistory
from models.measures.metrics import calibration_error
from models.scorecards.calibration import AS_IS, Sigmoid, fit_sigmoid


def outcomes(logits: np.ndarray, seed: int = 0) -> np.ndarray:
    chances = 1 / (1 + np.exp(-logits))
    return (np.random.default_rng(seed).random(len(logits)) < chances).astype(float)


def test_it_finds_the_slope_and_intercept_that_made_the_outcomes() -> None:
    raw = np.random.default_rng(1).normal(-2, 1.5, 200_000)
    sigmoid = fit_sigmoid(raw, outcomes(0.7 * raw - 0.4))
    assert sigmoid.slope == pytest.approx(0.7, abs=0.02)
    assert sigmoid.intercept == pytest.approx(-0.4, abs=0.04)
    assert calibration_error(sigmoid.probabilities(raw), outcomes(0.7 * raw - 0.4, seed=2)) < 0.005


def test_it_agrees_with_logistic_regression() -> None:
    raw = np.random.default_rng(2).normal(0, 2, 5_000)
    labels = outcomes(raw - 1)
    reference = LogisticRegression(C=np.inf, tol=1e-10).fit(raw[:, None], labels)
    ours = fit_sigmoid(raw, labels)
    assert ours.slope == pytest.approx(reference.coef_[0, 0], rel=0.01)
    assert ours.intercept == pytest.approx(reference.intercept_[0], rel=0.02)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.floats(0.001, 1_000), st.floats(-500, 500))
def test_any_scale_of_scores_gives_the_same_probabilities(scale: float, shift: float) -> None:
    raw = np.random.default_rng(3).normal(0, 1, 400)
    labels = outcomes(2 * raw)
    plain, moved = fit_sigmoid(raw, labels), fit_sigmoid(raw * scale + shift, labels)
    assert moved.probabilities(raw * scale + shift) == pytest.approx(plain.probabilities(raw), abs=2e-5)


def test_perfectly_parted_outcomes_still_give_finite_numbers() -> None:
    sigmoid = fit_sigmoid(np.arange(100.0), (np.arange(100) >= 90).astype(float))
    assert np.isfinite([sigmoid.slope, sigmoid.intercept]).all()
    assert sigmoid.slope > 0


def test_it_never_reorders_households_nor_overflows() -> None:
    raw = np.array([-1e6, -30.0, 0.0, 30.0, 1e6])
    chances = Sigmoid(slope=2.0, intercept=-1.0).probabilities(raw)
    assert (np.diff(chances) >= 0).all()
    assert chances[0] == 0
    assert chances[-1] == 1
    assert AS_IS.probabilities(np.zeros(1))[0] == 0.5


@pytest.mark.parametrize(
    ("raw", "labels"),
    [
        ([1.0, 2.0, 3.0], [0.0, 0.0, 0.0]),
        ([1.0, 2.0, 3.0], [1.0, 1.0, 1.0]),
        ([2.0, 2.0, 2.0], [0.0, 1.0, 0.0]),
        ([1.0, 2.0, 3.0, 4.0], [1.0, 1.0, 0.0, 0.0]),
    ],
    ids=["no outcome", "only outcomes", "equal scores", "scores that fall with the outcome"],
)
def test_a_period_that_teaches_nothing_is_refused(raw: list[float], labels: list[float]) -> None:
    with pytest.raises(NotEnoughHistory, match="Not enough history"):
        fit_sigmoid(np.array(raw), np.array(labels))
