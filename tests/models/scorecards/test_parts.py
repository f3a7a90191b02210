from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.histories.features import Direction
from models.scorecards.calibration import Sigmoid
from models.scorecards.parts import Joined, Part, StepFunction, contributions_of, join_parts

LAW = settings(derandomize=True, max_examples=60, deadline=None)
LOGITS = st.lists(st.floats(-40, 40), min_size=1, max_size=12)


def a_part(values: tuple[float, ...], *, outcome: str = "liability_order", baseline: float = 0.0) -> Part:
    step = StepFunction(
        feature="council_tax.arrears",
        fact="council_tax.arrears",
        unit="pence",
        direction=Direction.RAISES,
        cuts=tuple(float(cut) for cut in range(1, len(values))),
        values=values,
        missing=0.5,
    )
    sigmoid = Sigmoid(slope=1.0, intercept=0.0)
    return Part(outcome=outcome, baseline=baseline, sigmoid=sigmoid, steps=(step,))


def joined(*logits: list[float]) -> Joined:
    """Parts that say exactly these log-odds of the households, one list per part."""
    places = np.arange(len(logits[0]), dtype=np.float64)[:, None]
    return join_parts([a_part(tuple(each)) for each in logits], places)


@LAW
@given(LOGITS)
def test_one_part_alone_keeps_its_own_score(logits: list[float]) -> None:
    alone = joined(logits)
    assert alone.raw == pytest.approx(np.array(logits), abs=1e-9)
    assert alone.probabilities == pytest.approx(alone.alone[:, 0], abs=1e-12)


@LAW
@given(LOGITS, st.data())
def test_the_chance_of_any_is_that_of_not_escaping_each(logits: list[float], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.floats(-40, 40), min_size=len(logits), max_size=len(logits)))
    both = joined(logits, other)
    escaped = (1 - both.alone[:, 0]) * (1 - both.alone[:, 1])
    assert both.probabilities == pytest.approx(1 - escaped, abs=1e-12)
    assert both.shares.sum(axis=1) == pytest.approx(np.ones(len(logits)))
    assert (both.probabilities + 1e-12 >= both.alone.max(axis=1)).all()


@LAW
@given(LOGITS)
def test_the_raw_score_orders_as_the_probability_does(logits: list[float]) -> None:
    both = joined(logits, logits[::-1])
    order = np.argsort(both.raw, kind="stable")
    assert (np.diff(both.probabilities[order]) >= -1e-12).all()


def test_scores_stay_finite_at_the_ends() -> None:
    both = joined([-700.0, 700.0], [-700.0, 700.0])
    assert np.isfinite(both.raw).all()
    assert both.probabilities.tolist() == [0.0, 1.0] or both.probabilities[0] < 1e-300


def test_the_unknown_has_its_own_point_and_a_value_at_a_cut_lies_above() -> None:
    step = a_part((0.0, 1.0, 2.0)).steps[0]
    assert step.heights(np.array([0.0, 0.99, 1.0, 2.0, 99.0, np.nan])).tolist() == [0, 0, 1, 2, 2, 0.5]


def test_a_household_scores_the_same_whoever_else_is_scored() -> None:
    part = replace(a_part((0.1, 0.7, 1.3)), baseline=-3.3)
    many = np.random.default_rng(0).integers(0, 4, (1_000, 1)).astype(float)
    together = join_parts([part, part], many).raw
    for place in (0, 1, 777):
        assert join_parts([part, part], many[[place]]).raw[0] == together[place]


@LAW
@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1, max_size=12))
def test_looking_up_all_outcomes_at_once_gives_what_each_step_function_gives(numbers: list[float]) -> None:
    parts = [a_part((0.1, 0.7, 1.3)), a_part((-2.0,)), a_part((0.0, 0.2, 0.4, 0.9))]
    column = np.array(numbers)
    for part, added in zip(parts, contributions_of(parts, column[:, None]), strict=True):
        assert added[:, 0].tolist() == part.steps[0].heights(column).tolist()
