"""Weights learned from a council's own rows."""

from datetime import date

import polars as pl
import pytest

from smart_record.intake import take_in
from smart_record.linkage import match
from smart_record.linkage.measuring.evaluation import evaluate
from smart_record.linkage.measuring.training import learn_weights
from smart_record.linkage.pairs.weight_table import Weights, shipped_weights
from tests.smart_record.linkage.builders import NIGHT, a_bill, extracts_of
from triage.invented import generate


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    home = tmp_path_factory.mktemp("trained")
    generate(home, households=500, seed=11)
    return home, take_in(home / "extracts")


@pytest.fixture(scope="module")
def learned(town):
    return learn_weights(town[1].extracts, as_of=town[1].as_of, start=shipped_weights())


def persons_f1(town, weights):
    home, intake = town
    links = match(intake.extracts, as_of=intake.as_of, weights=weights).links
    measured = evaluate(links, pl.read_csv(home / "truth" / "links.csv", infer_schema=False))
    row = measured.filter(
        (pl.col("unit") == "persons") & (pl.col("rows") == "accepted") & (pl.col("part") == "all")
    )
    return row["f1"].item()


def test_learned_weights_match_as_well_as_those_set_by_hand(town, learned):
    assert persons_f1(town, learned.weights) > persons_f1(town, shipped_weights()) - 0.002


def test_what_is_learned_speaks_for_one_person_and_the_rest_stays(learned):
    changed = set(learned.levels.select("comparison", "level").rows())
    for comparison, levels in shipped_weights().bits.items():
        for level, bits in levels.items():
            after = learned.weights.of(comparison)[level]
            assert after == bits or (comparison, level) in changed
    often = learned.levels.filter(pl.col("pairs") > 30)
    assert often.height >= 4
    assert often.filter(pl.col("after") < -0.5).is_empty()


def test_levels_tell_old_and_new_and_add_up_with_the_weights(learned):
    for row in learned.levels.iter_rows(named=True):
        assert row["before"] == shipped_weights().of(row["comparison"])[row["level"]]
        assert row["after"] == learned.weights.of(row["comparison"])[row["level"]]


def test_row_order_changes_nothing(town, learned):
    turned = {name: frame.reverse() for name, frame in town[1].extracts.items()}
    again = learn_weights(turned, as_of=town[1].as_of, start=shipped_weights())
    assert again.levels.equals(learned.levels)


def test_weights_far_off_are_led_back_by_the_rows(town):
    far = {comparison: dict(levels) for comparison, levels in shipped_weights().bits.items()}
    far["date_of_birth"]["equal"] = 3.0
    found = learn_weights(town[1].extracts, as_of=town[1].as_of, start=Weights("far", far))
    assert found.weights.of("date_of_birth")["equal"] > 8


def test_a_council_of_few_rows_keeps_what_is_shipped(tmp_path):
    generate(tmp_path, households=5, seed=3)
    intake = take_in(tmp_path / "extracts")
    found = learn_weights(intake.extracts, as_of=intake.as_of or date(2026, 10, 31), start=shipped_weights())
    for row in found.levels.iter_rows(named=True):
        assert abs(row["after"] - row["before"]) < 4


@pytest.mark.parametrize("names", [[], [None]])
def test_a_council_that_names_nobody_keeps_what_is_shipped(names):
    extracts = extracts_of(*(a_bill("1", name) for name in names))
    found = learn_weights(extracts, as_of=NIGHT, start=shipped_weights())
    assert found.weights.bits == shipped_weights().bits
