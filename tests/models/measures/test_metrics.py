import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from models.measures import metrics

ROWS = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=60).filter(
    lambda rows: len({label for _, label in rows}) == 2
)
LAW = settings(derandomize=True, max_examples=80, deadline=None)


def arrays(rows: list[tuple[int, bool]]) -> tuple[metrics.Floats, metrics.Floats]:
    return np.array([score / 5 for score, _ in rows]), np.array([float(label) for _, label in rows])


@LAW
@given(ROWS)
def test_ordering_measures_agree_with_scikit_learn_on_ties(rows: list[tuple[int, bool]]) -> None:
    scores, labels = arrays(rows)
    assert metrics.auc(scores, labels) == pytest.approx(roc_auc_score(labels, scores))
    assert metrics.average_precision(scores, labels) == pytest.approx(average_precision_score(labels, scores))
    assert metrics.brier(scores, labels) == pytest.approx(brier_score_loss(labels, scores))


@LAW
@given(ROWS, st.data())
def test_no_measure_depends_on_the_order_of_rows(rows: list[tuple[int, bool]], data: st.DataObject) -> None:
    scores, labels = arrays(rows)
    again, labels_again = arrays(data.draw(st.permutations(rows)))
    capacity = data.draw(st.integers(1, len(rows)))
    for measure in (metrics.auc, metrics.average_precision, metrics.calibration_error):
        assert measure(scores, labels) == pytest.approx(measure(again, labels_again))
    for at in (metrics.precision_at_capacity, metrics.recall_at_capacity):
        assert at(scores, labels, capacity=capacity) == pytest.approx(
            at(again, labels_again, capacity=capacity)
        )


@LAW
@given(ROWS, st.integers(1, 60))
def test_precision_at_capacity_is_the_mean_over_random_tie_breaks(
    rows: list[tuple[int, bool]], capacity: int
) -> None:
    scores, labels = arrays(rows)
    capacity = min(capacity, len(rows))
    generator = np.random.default_rng(0)
    found = [labels[np.lexsort((generator.random(len(rows)), -scores))[:capacity]].mean() for _ in range(400)]
    assert metrics.precision_at_capacity(scores, labels, capacity=capacity) == pytest.approx(
        np.mean(found), abs=0.12
    )


def test_precision_and_recall_at_capacity_are_exact_without_ties() -> None:
    scores, labels = np.array([0.9, 0.8, 0.7, 0.1]), np.array([1.0, 0.0, 1.0, 1.0])
    assert metrics.precision_at_capacity(scores, labels, capacity=2) == 0.5
    assert metrics.recall_at_capacity(scores, labels, capacity=2) == pytest.approx(1 / 3)


@pytest.mark.parametrize("capacity", [0, 3])
def test_a_capacity_out_of_range_is_refused(capacity: int) -> None:
    with pytest.raises(ValueError, match="capacity"):
        metrics.precision_at_capacity(np.array([0.1, 0.2]), np.array([0.0, 1.0]), capacity=capacity)


def test_measures_of_order_are_undefined_without_both_kinds() -> None:
    scores, none = np.array([0.1, 0.2]), np.zeros(2)
    assert np.isnan(metrics.auc(scores, none))
    assert np.isnan(metrics.average_precision(scores, none))
    assert np.isnan(metrics.recall_at_capacity(scores, none, capacity=1))
    assert np.isnan(metrics.bootstrap_interval(metrics.auc, scores, none, seed=0)).all()


def test_calibration_error_is_the_gap_within_groups_even_where_the_gaps_cancel() -> None:
    probabilities = np.repeat([0.2, 0.8], 50)
    labels = np.concatenate([np.arange(50) < 20, np.arange(50) < 30]).astype(float)
    assert metrics.calibration_in_the_large(probabilities, labels) == pytest.approx(0)
    assert metrics.calibration_error(probabilities, labels) == pytest.approx(0.2)


def test_honest_probabilities_have_next_to_no_calibration_error() -> None:
    generator = np.random.default_rng(3)
    probabilities = generator.random(20_000)
    labels = (generator.random(20_000) < probabilities).astype(float)
    assert metrics.calibration_error(probabilities, labels) < 0.02
    assert metrics.calibration_error(np.clip(probabilities + 0.1, 0, 1), labels) > 0.08


def test_the_interval_holds_the_measure_and_narrows_with_more_households() -> None:
    generator = np.random.default_rng(4)
    widths = []
    for households in (200, 5_000):
        scores = generator.random(households)
        labels = (generator.random(households) < scores).astype(float)
        low, high = metrics.bootstrap_interval(metrics.auc, scores, labels, seed=1)
        assert low < metrics.auc(scores, labels) < high
        widths.append(high - low)
    assert widths[1] < widths[0] / 2
