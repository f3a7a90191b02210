import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import FeatureMismatch, ScorecardInvalid
from models.scorecards.reference import Histogram, histogram, parse_reference, stability_index
from models.scorecards.scorecard import digest
from models.scorecards.scorecard_file import from_json, to_json
from tests.models.builders import a_scorecard

VALUES = st.lists(st.floats(-5, 5) | st.just(float("nan")), min_size=1, max_size=60).map(np.array)
CUTS = (-1.0, 0.0, 2.0)


@given(before=VALUES, now=VALUES)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_the_distance_is_never_below_zero_and_zero_only_to_itself(before, now) -> None:
    first, second = histogram(before, CUTS), histogram(now, CUTS)
    assert stability_index(first, second) >= 0
    assert stability_index(first, first) == 0


def test_the_distance_is_the_textbook_one() -> None:
    before = Histogram(cuts=(0.0,), shares=(0.5, 0.5), missing=0.0)
    now = Histogram(cuts=(0.0,), shares=(0.8, 0.2), missing=0.0)
    expected = 0.3 * np.log(0.8 / 0.5) - 0.3 * np.log(0.2 / 0.5)
    assert stability_index(before, now) == pytest.approx(expected)


def test_not_known_is_counted_apart_and_a_cut_belongs_above() -> None:
    held = histogram(np.array([-1.0, -2.0, np.nan, 5.0]), CUTS)
    assert held.missing == 0.25
    assert held.shares == pytest.approx((1 / 3, 1 / 3, 0, 1 / 3))


def test_a_reference_comes_back_as_it_was_written() -> None:
    reference = a_scorecard().reference
    assert reference is not None
    assert parse_reference(json.loads(json.dumps(reference.record()))) == reference


@pytest.mark.parametrize(
    "damage",
    [
        lambda held: held["score"]["shares"].pop(),
        lambda held: held["score"]["cuts"].reverse(),
        lambda held: held["sources"].update(rent_accounts=1.5),
        lambda held: held.update(usual_score_psi=-1),
        lambda held: held["score"].update(missing=-0.1),
    ],
)
def test_a_damaged_reference_is_refused(damage) -> None:
    held = json.loads(json.dumps(a_scorecard().training["reference"]))
    damage(held)
    with pytest.raises(ScorecardInvalid):
        parse_reference(held)


def resealed(body: dict) -> str:
    return json.dumps({**body, "content_hash": digest(body)})


def body() -> dict:
    held = json.loads(to_json(a_scorecard()))
    del held["content_hash"]
    return held


def test_a_file_of_the_first_version_is_read_and_keeps_its_hash() -> None:
    old = body() | {"format_version": 1}
    del old["training"]["reference"]
    text = resealed(old)
    read = from_json(text)
    assert read.reference is None
    assert read.content_hash == json.loads(text)["content_hash"]
    assert json.loads(to_json(read)) == json.loads(text)


def test_a_file_of_this_version_without_its_reference_is_refused() -> None:
    held = body()
    del held["training"]["reference"]
    with pytest.raises(ScorecardInvalid, match="reference"):
        from_json(resealed(held))


def test_a_reference_cut_elsewhere_than_the_features_are_is_refused() -> None:
    held = body()
    histogram_of = held["training"]["reference"]["features"]["council_tax.arrears"]
    histogram_of["cuts"][0] += 0.5
    with pytest.raises(FeatureMismatch, match="other cuts"):
        from_json(resealed(held))
