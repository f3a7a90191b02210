"""The file of link weights: read back as written, and refused by name where it can't be used."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.pairs.weight_table import (
    Weights,
    WeightsInvalid,
    shipped_weights,
    weights_from_json,
    weights_to_json,
)

NAME = "a.json"


def changed(change):
    content = json.loads(weights_to_json(shipped_weights()))
    change(content)
    return json.dumps(content)


@given(st.data())
@settings(derandomize=True, max_examples=20, deadline=None)
def test_what_is_written_reads_back_whatever_the_bits(data):
    bits = {
        comparison: {level: data.draw(st.floats(-40, 40)) for level in levels}
        for comparison, levels in shipped_weights().bits.items()
    }
    written = Weights("drawn", bits)
    assert weights_from_json(weights_to_json(written), name=NAME) == written


def test_each_level_stands_on_a_line_of_its_own():
    lines = weights_to_json(shipped_weights()).splitlines()
    levels = sum(len(levels) for levels in shipped_weights().bits.values())
    assert sum(line.startswith("      ") for line in lines) == levels


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda content: content["bits"]["forename"].pop("slip"), r"lacks forename\.slip"),
        (lambda content: content["bits"]["forename"].update(slipp=1.0), r"has forename\.slipp"),
        (lambda content: content["bits"].pop("sex"), r"lacks sex\.forename_and_title, sex\.titles"),
        (lambda content: content["bits"]["sex"].update(titles=4e9), r"sex\.titles 4e\+09 bits"),
        (lambda content: content["bits"]["sex"].update(titles=float("nan")), r"sex\.titles no number"),
        (lambda content: content["bits"]["sex"].update(titles="many"), r"sex\.titles no number"),
        (lambda content: content["bits"]["sex"].update(titles=None), r"sex\.titles no number"),
        (lambda content: content["bits"]["sex"].update(titles=True), r"sex\.titles no number"),
        (lambda content: content["bits"].update(sex=3.0), "not a file of link weights"),
        (lambda content: content.update(version=2), "not of version 1"),
        (lambda content: content.update(format="other"), "not of version 1"),
        (lambda content: content.pop("origin"), "not a file of link weights"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_used_is_refused_by_what_is_wrong(change, told):
    with pytest.raises(WeightsInvalid, match=rf"{told}.*triage links train"):
        weights_from_json(changed(change), name=NAME)


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json", '{"bits": 1}'])
def test_what_is_no_file_of_weights_is_refused(text):
    with pytest.raises(WeightsInvalid, match=r"a\.json is not a file of link weights"):
        weights_from_json(text, name=NAME)
