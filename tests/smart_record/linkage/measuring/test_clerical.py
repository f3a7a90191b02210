"""A judged sample tells the truth: exactly when all is judged, within its interval when a part is."""

import polars as pl
import pytest

from smart_record.linkage.measuring.clerical import (
    DIFFERENT,
    SAME,
    clerical_estimate,
    draw_sample,
    expected_errors,
)

REFS = ["source", "record_ref", "role", "other_source", "other_record_ref", "other_role"]
ODDS = {"joined": 0.98, "near": 0.1, "contradicted": 0.02}


def pairs(n: int = 3_000) -> pl.DataFrame:
    """Joined pairs, near-misses and contradicted ones, each with its truth, and pairs far from joined."""
    rows = []
    for at in range(n):
        kind = ("joined", "joined", "near", "contradicted", "far")[at % 5]
        posterior = {"joined": 2.0 + at % 20, "near": -4.0 + at % 5, "contradicted": 0.0, "far": -9.0}[kind]
        true = (at // 5) % 50 < 50 * ODDS.get(kind, 0)
        refs = ("council_tax", str(at), "liable_1", "rent", str(at), "tenant")
        rows.append((*refs, posterior, kind == "contradicted", False, kind == "joined", true))
    columns = [*REFS, "posterior", "conflict", "officer", "joined", "true"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def judged(sample: pl.DataFrame, everything: pl.DataFrame) -> pl.DataFrame:
    told = everything.select(*REFS, judged=pl.when("true").then(pl.lit(SAME)).otherwise(pl.lit(DIFFERENT)))
    return sample.join(told, on=REFS, how="left", maintain_order="left")


def truth(everything: pl.DataFrame) -> tuple[float, float]:
    near = everything.filter(pl.col("posterior") > -5)
    joined, right = near.filter("joined"), near.filter("joined", "true").height
    return right / joined.height, right / near.filter("true").height


def test_when_all_is_judged_nothing_is_in_doubt() -> None:
    everything = pairs()
    found = clerical_estimate(judged(draw_sample(everything, size=10_000, seed=1), everything))
    precision, recall = truth(everything)
    assert found.drawn == found.judged == everything.filter(pl.col("posterior") > -5).height
    for figure, value in ((found.precision, precision), (found.recall, recall)):
        assert figure is not None
        assert figure.value == figure.low == figure.high == pytest.approx(value)


def test_the_intervals_of_samples_hold_the_truth_as_often_as_they_say() -> None:
    everything = pairs()
    precision, recall = truth(everything)
    held = 0
    for seed in range(40):
        found = clerical_estimate(judged(draw_sample(everything, size=300, seed=seed), everything))
        assert found.precision is not None
        assert found.recall is not None
        held += found.precision.low <= precision <= found.precision.high
        held += found.recall.low <= recall <= found.recall.high
    assert held >= 72  # nine in ten of 80; 95% are promised


def test_a_sample_is_the_same_for_its_seed_whatever_the_order_and_leaves_out_what_officers_settled() -> None:
    everything = pairs(500)
    one = draw_sample(everything, size=60, seed=3)
    assert one.equals(draw_sample(everything.reverse(), size=60, seed=3))
    assert not one.equals(draw_sample(everything, size=60, seed=4))
    assert one.height == one.select(REFS).n_unique() == 60
    settled = everything.with_columns(officer=pl.lit(value=True))
    assert draw_sample(settled, size=60, seed=3).is_empty()


def test_nothing_is_told_while_a_kind_of_pair_is_not_judged() -> None:
    everything = pairs()
    sample = draw_sample(everything, size=200, seed=1)
    half = judged(sample, everything).with_columns(judged=pl.when("joined").then("judged"))
    found = clerical_estimate(half)
    assert (found.precision, found.recall) == (None, None)
    assert 0 < found.judged < found.drawn == 200
    no_error = half.with_columns(judged=pl.when("joined").then(pl.lit(SAME)).otherwise(pl.lit(DIFFERENT)))
    precision = clerical_estimate(no_error).precision
    assert precision is not None
    assert precision.low < precision.value == 1.0  # a sample without an error is no proof of none


def test_expected_errors_are_the_doubt_that_the_weights_leave() -> None:
    rows = [
        ("a", "1", "x", "b", "1", "x", 2.0, False, False, True),  # one in five
        ("a", "1", "x", "c", "1", "x", 4.0, False, False, True),  # one in seventeen
        ("b", "1", "x", "c", "1", "x", -3.0, False, False, True),  # held by the other two: one in five
        ("a", "2", "x", "b", "2", "x", 0.0, False, False, False),  # one in two missed
        ("a", "3", "x", "b", "3", "x", 0.0, True, False, False),  # contradicted
        ("a", "4", "x", "b", "4", "x", float("inf"), False, True, True),  # an officer's
    ]
    found = expected_errors(
        pl.DataFrame(rows, schema=[*REFS, "posterior", "conflict", "officer", "joined"], orient="row")
    )
    assert found.links == 3
    assert found.false_links == pytest.approx(1 / 5 + 1 / 17 + 1 / 5)
    assert found.missed_links == pytest.approx(1 / 2)
