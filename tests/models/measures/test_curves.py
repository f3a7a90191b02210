import numpy as np
import pytest

from models.measures.curves import benefit_points, calibration_points, gain_points, net_benefit
from models.measures.metrics import expected_taken
from models.measures.usefulness import at_capacities

SCORES = np.array([3.0, 2.0, 2.0, 1.0, 0.0])
LABELS = np.array([1.0, 0.0, 1.0, 0.0, 0.0])


def test_those_taken_add_up_to_the_capacity_with_ties_by_expectation() -> None:
    assert expected_taken(SCORES, capacity=2).tolist() == [1.0, 0.5, 0.5, 0.0, 0.0]
    for capacity in range(1, 6):
        assert expected_taken(SCORES, capacity=capacity).sum() == pytest.approx(capacity)
    with pytest.raises(ValueError, match="capacity 6"):
        expected_taken(SCORES, capacity=6)


def test_the_gain_rises_from_none_to_all() -> None:
    points = gain_points(SCORES, LABELS, (0.4, 1.0))
    assert points == [[0.0, 0.0], [0.4, 0.75], [1.0, 1.0]]
    assert gain_points(SCORES, np.zeros(5)) == [[0.0, 0.0]]


def test_net_benefit_is_the_textbook_one() -> None:
    chances = np.array([0.9, 0.6, 0.6, 0.1, 0.0])
    (point,) = benefit_points(chances, LABELS, (0.5,))
    assert point == [0.5, 1000 * (2 - 1 * 1) / 5]
    nobody = np.zeros(5, dtype=np.bool_)
    assert net_benefit(nobody, LABELS, threshold=0.3) == 0


def test_calibrated_chances_lie_on_the_diagonal() -> None:
    generator = np.random.default_rng(2)
    chances = generator.random(40_000)
    came = (generator.random(40_000) < chances).astype(float)
    points = calibration_points(chances, came)
    assert len(points) >= 10
    assert all(abs(shown - observed) < 0.04 for shown, observed, _ in points)
    assert sum(count for _, _, count in points) == 40_000


def test_a_list_by_the_score_is_weighed_against_one_by_the_rules() -> None:
    rules = np.array([0.0, 5.0, 5.0, 5.0, 0.0])
    (found,) = at_capacities(SCORES, rules, LABELS, {"a team": 1, "too large": 9, "none": 0})
    assert (found.precision.value, found.recall.value) == (1.0, 0.5)
    assert found.rules_precision == pytest.approx(1 / 3)
    assert found.gain == pytest.approx(2 / 3)
