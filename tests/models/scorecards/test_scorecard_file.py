import json
import math
from typing import Any

import pytest

from models.errors import FeatureMismatch, ModelError, ScorecardInvalid
from models.scorecards.scorecard import digest
from models.scorecards.scorecard_file import from_json, to_json
from tests.models.builders import a_scorecard


def content() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(to_json(a_scorecard()))
    return held


def resealed(payload: dict[str, Any]) -> str:
    """A forger's file: altered, with the hash put right."""
    body = {key: value for key, value in payload.items() if key != "content_hash"}
    return json.dumps({**body, "content_hash": digest(body)})


def test_a_scorecard_comes_back_as_it_was_written() -> None:
    text = to_json(a_scorecard())
    again = from_json(text)
    assert again == a_scorecard()
    assert to_json(again) == text
    assert again.model_id == f"risk-{content()['content_hash'][:8]}"


def test_the_file_names_version_features_units_counts_and_libraries() -> None:
    held = content()
    assert held["format_version"] == 2
    assert {"name", "fact", "unit", "direction", "cuts", "values", "missing"} == set(
        held["parts"][0]["features"][0]
    )
    assert {"seed", "libraries", "data_sha256", "learned_from", "calibrated_on", "evaluation"} <= set(
        held["training"]
    )


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "3", '"risk"', "{}", '{"format": 1}', "[" * 100_000],
    ids=["empty", "half", "null", "list", "number", "text", "bare", "foreign", "deep"],
)
def test_what_is_not_a_model_file_is_refused(text: str) -> None:
    with pytest.raises(ScorecardInvalid, match=r"risk\.json"):
        from_json(text, name="risk.json")


def test_another_format_version_is_refused_with_what_to_do() -> None:
    with pytest.raises(ScorecardInvalid, match="triage model train"):
        from_json(resealed(content() | {"format_version": 3}))


@pytest.mark.parametrize("key", ["parts", "bands", "training", "window_months", "content_hash"])
def test_a_file_that_lacks_something_is_refused(key: str) -> None:
    held = content()
    del held[key]
    with pytest.raises(ScorecardInvalid, match=key):
        from_json(json.dumps(held))


def test_an_altered_file_is_refused() -> None:
    held = content()
    held["parts"][0]["baseline"] += 0.001
    with pytest.raises(ScorecardInvalid, match="altered"):
        from_json(json.dumps(held))


def test_something_added_is_refused_even_with_the_hash_put_right() -> None:
    with pytest.raises(ScorecardInvalid, match="altered"):
        from_json(resealed(content() | {"note": "harmless"}))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    held = content()
    held["parts"][0]["baseline"] = number
    with pytest.raises(ScorecardInvalid, match="not a number"):
        from_json(json.dumps(held))


def stepped(held: dict[str, Any]) -> dict[str, Any]:
    """A feature with two or more cuts that may only raise."""
    found: dict[str, Any] = next(
        one
        for part in held["parts"]
        for one in part["features"]
        if len(one["cuts"]) > 1 and one["direction"] == "raises"
    )
    return found


def test_a_forged_file_with_unsorted_cuts_is_refused() -> None:
    held = content()
    stepped(held)["cuts"].reverse()
    with pytest.raises(ScorecardInvalid, match="out of order"):
        from_json(resealed(held))


def test_a_forged_file_with_steps_against_their_direction_is_refused() -> None:
    held = content()
    stepped(held)["values"].reverse()
    with pytest.raises(ScorecardInvalid, match="direction"):
        from_json(resealed(held))


def test_a_forged_file_with_a_value_too_few_is_refused() -> None:
    held = content()
    stepped(held)["values"].pop()
    with pytest.raises(ScorecardInvalid, match="can't be"):
        from_json(resealed(held))


def test_a_forged_file_with_a_falling_calibration_is_refused() -> None:
    held = content()
    held["parts"][0]["calibration"]["slope"] = -1.0
    with pytest.raises(ScorecardInvalid, match="can't be"):
        from_json(resealed(held))


def test_a_forged_file_with_bands_out_of_order_is_refused() -> None:
    held = content()
    held["bands"].reverse()
    with pytest.raises(ScorecardInvalid, match="out of order"):
        from_json(resealed(held))


def test_a_feature_that_this_version_does_not_declare_is_refused_by_name() -> None:
    held = content()
    for part in held["parts"]:
        part["features"][0]["name"] = "household.language"
    with pytest.raises(FeatureMismatch, match=r"household\.language"):
        from_json(resealed(held))


def test_a_feature_declared_in_another_unit_is_refused() -> None:
    held = content()
    for part in held["parts"]:
        part["features"][0]["unit"] = "pounds"
    with pytest.raises(FeatureMismatch, match="pounds"):
        from_json(resealed(held))


@pytest.mark.parametrize("change", ["twice", "unknown", "fewer features", "none"])
def test_parts_that_do_not_fit_together_are_refused(change: str) -> None:
    held = content()
    match change:
        case "twice":
            held["parts"].append(held["parts"][0])
        case "unknown":
            held["parts"][0]["outcome"] = "fraud"
        case "fewer features":
            held["parts"][0]["features"].pop()
        case _:
            held["parts"] = []
    with pytest.raises(ModelError, match="part"):
        from_json(resealed(held))
