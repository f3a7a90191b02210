import json

import numpy as np
import pytest

from models.errors import ScorecardInvalid
from models.scorecards.scorecard import digest
from models.tables import apply_mapping
from models.tables.boosting import Design, fit_scorecard
from models.tables.scales import fit_scales
from models.tables.scorecard_file import from_json, to_json
from tests.models.tables.invented_tables import MAPPING, loans


@pytest.fixture(scope="module")
def card():
    data = apply_mapping(loans(600), MAPPING)
    scales = fit_scales(data, MAPPING, np.arange(600))
    codes = np.column_stack([scale.codes(data) for scale in scales])
    return fit_scorecard(Design(scales=scales, pairs=((0, 2),)), codes, data.labels, rounds=30, seed=0)[0]


def _with(card, change) -> str:
    payload = json.loads(to_json(card))
    change(payload)
    payload["content_hash"] = digest({k: v for k, v in payload.items() if k != "content_hash"})
    return json.dumps(payload)


def test_what_is_written_is_read_back(card):
    assert from_json(to_json(card)) == card


def test_an_altered_file_is_refused(card):
    with pytest.raises(ScorecardInvalid, match="altered"):
        from_json(to_json(card).replace('"baseline": -', '"baseline": ', 1))


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p["columns"][1]["cuts"].reverse(),
        lambda p: p["columns"][0]["values"].append(9.0),
        lambda p: p["columns"][0]["values"].reverse(),
        lambda p: p["pairs"][0]["values"].pop(),
        lambda p: p["pairs"][0]["starts"].__setitem__(0, [1, 2]),
        lambda p: p["pairs"][0].__setitem__("columns", ["late", "nowhere"]),
        lambda p: p["calibration"].__setitem__("slope", -1.0),
        lambda p: p.__setitem__("format", "pickle"),
        lambda p: p.pop("baseline"),
    ],
)
def test_what_cannot_be_is_refused_even_if_signed(card, change):
    with pytest.raises(ScorecardInvalid):
        from_json(_with(card, change))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": NaN}', "[" * 5000])
def test_what_is_no_scorecard_is_refused(text):
    with pytest.raises(ScorecardInvalid):
        from_json(text)
