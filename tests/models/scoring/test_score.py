import subprocess
import sys
from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import FeatureMismatch, LeakageFound
from models.histories.cohort import scored_households
from models.histories.feature_declarations import FEATURES
from models.histories.features import Direction, Encoding, Feature
from models.scoring.score import contributions, score
from smart_record.facts.declarations import CATALOGUE, FACTS
from tests.models.builders import AS_OF, a_scorecard, some_facts

LAW = settings(derandomize=True, max_examples=25, deadline=None)
MONOTONE = [
    feature
    for feature in FEATURES
    if feature.direction is not Direction.FREE and feature.encoding is not Encoding.SEVERITY
]


def test_there_is_one_row_for_each_household_of_the_cohort() -> None:
    facts = some_facts()
    scores = score(a_scorecard(), facts, as_of=AS_OF)
    assert scores["household_id"].to_list() == scored_households(facts)["household_id"].to_list()
    assert 0 < len(scores) < len(facts)
    assert dict(scores.schema) == {
        "household_id": pl.String,
        "as_of": pl.Date,
        "model": pl.String,
        "raw_score": pl.Float64,
        "probability": pl.Float64,
        "band": pl.String,
        "reasons": pl.String,
    }
    assert not any(scores.null_count().row(0))
    assert set(scores["model"]) == {a_scorecard().model_id}


def test_no_household_gives_no_rows_of_the_same_shape() -> None:
    none = some_facts().clear()
    scores = score(a_scorecard(), none, as_of=AS_OF)
    assert scores.schema == score(a_scorecard(), some_facts(), as_of=AS_OF).schema
    assert scores.is_empty()
    assert contributions(a_scorecard(), none, as_of=AS_OF).is_empty()


@LAW
@given(st.permutations(range(200)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    facts = some_facts()
    assert score(a_scorecard(), facts[order], as_of=AS_OF).equals(score(a_scorecard(), facts, as_of=AS_OF))


@LAW
@given(st.integers(0, 199))
def test_a_household_scores_alone_as_it_does_among_all(place: int) -> None:
    facts = some_facts()
    alone = score(a_scorecard(), facts[[place]], as_of=AS_OF)
    among = score(a_scorecard(), facts, as_of=AS_OF)
    assert alone.equals(among.filter(pl.col("household_id") == facts["household_id"][place]))


@pytest.mark.parametrize("feature", MONOTONE, ids=lambda feature: feature.name)
def test_no_household_is_scored_against_a_declared_direction(feature: Feature) -> None:
    facts = some_facts()
    column = CATALOGUE[feature.fact].column
    before = score(a_scorecard(), facts, as_of=AS_OF)["raw_score"]
    for by in (1, 7, 40, 10_000):
        step = pl.lit(-timedelta(days=by)) if feature.encoding is Encoding.DAYS_BEFORE else pl.lit(by)
        worse = facts.with_columns(pl.col(column) + step)
        after = score(a_scorecard(), worse, as_of=AS_OF)["raw_score"]
        if feature.direction is Direction.RAISES:
            assert (after - before).min() >= 0
        else:
            assert (after - before).max() <= 0


@pytest.mark.parametrize(
    ("column", "stages"),
    [
        ("council_tax__stage", ("bill", "reminder_1", "reminder_2", "final_notice", "summons")),
        ("rent__stage", ("none", "letter_1", "letter_2", "notice_seeking_possession")),
    ],
)
def test_a_step_nearer_to_court_never_lowers_the_score(column: str, stages: tuple[str, ...]) -> None:
    facts = some_facts()
    raw = [
        score(a_scorecard(), facts.with_columns(pl.lit(stage).alias(column)), as_of=AS_OF)["raw_score"]
        for stage in stages
    ]
    for nearer, further in zip(raw[1:], raw, strict=False):
        assert (nearer - further).min() >= 0
    assert (raw[-1] - raw[0]).max() > 0.5


@LAW
@given(st.data())
def test_facts_that_are_no_feature_change_nothing(data: st.DataObject) -> None:
    facts = some_facts()
    claimed = facts.with_columns(
        benefits__claim_live=pl.lit(data.draw(st.sampled_from([True, False, None])), pl.Boolean),
        benefits__stopped_days_ago=pl.lit(data.draw(st.integers(0, 900))),
        household__ward=pl.lit(data.draw(st.sampled_from(["East", "West"]))),
        holds__vulnerable=pl.lit(data.draw(st.booleans())),
    )
    assert score(a_scorecard(), claimed, as_of=AS_OF).equals(score(a_scorecard(), facts, as_of=AS_OF))


def test_contributions_and_baseline_add_up_to_the_score_of_each_outcome() -> None:
    card, facts = a_scorecard(), some_facts()
    scores = score(card, facts, as_of=AS_OF)
    parts = contributions(card, facts, as_of=AS_OF)
    assert len(parts) == len(scores) * len(card.features) * len(card.parts)
    escaped = np.ones(len(scores))
    for part in card.parts:
        sums = (
            parts.filter(pl.col("outcome") == part.outcome)
            .group_by("household_id", maintain_order=True)
            .agg(pl.col("contribution").sum(), pl.col("probability").first())
        )
        raw = sums["contribution"].to_numpy() + part.baseline
        assert np.abs(part.sigmoid.probabilities(raw) - sums["probability"].to_numpy()).max() <= 1e-9
        escaped *= 1 - sums["probability"].to_numpy()
    probability, raw_score = scores["probability"].to_numpy(), scores["raw_score"].to_numpy()
    assert probability == pytest.approx(1 - escaped, abs=1e-9)
    assert probability == pytest.approx(1 / (1 + np.exp(-raw_score)), abs=1e-12)


def test_contributions_name_the_value_in_its_unit_strongest_first() -> None:
    parts = contributions(a_scorecard(), some_facts()[[0]], as_of=AS_OF)
    strengths = parts["contribution"].abs().to_list()
    assert strengths == sorted(strengths, reverse=True)
    known = parts.filter(pl.col("value").is_not_null())
    assert known["wording"].null_count() == 0
    assert set(parts["unit"]) <= {feature.unit for feature in FEATURES}


def test_bands_follow_the_raw_score_from_the_cuts_of_the_file() -> None:
    card = a_scorecard()
    scores = score(card, some_facts(households=2_000, seed=9), as_of=AS_OF)
    rank = {"low": 0, "medium": 1, "high": 2, "very_high": 3}
    order = scores.sort("raw_score")["band"].replace_strict(rank).to_list()
    assert order == sorted(order)
    assert set(scores["band"]) == set(rank)
    for band in card.bands:
        reached = scores.filter(pl.col("raw_score") >= band.at_least)["band"].replace_strict(rank)
        assert reached.min() >= rank[band.name]


def test_a_missing_fact_and_a_fact_from_the_future_are_refused() -> None:
    with pytest.raises(FeatureMismatch, match="council_tax__stage"):
        score(a_scorecard(), some_facts().drop("council_tax__stage"), as_of=AS_OF)
    with pytest.raises(LeakageFound):
        score(a_scorecard(), some_facts(), as_of=AS_OF - timedelta(days=800))


def test_a_night_that_scores_never_loads_scikit_learn() -> None:
    code = "import sys, models; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_file_that_was_not_brought_moves_nobody_up_or_down() -> None:
    """Not known because the feed failed is no news of the household; not known to the council may be."""
    card = a_scorecard()
    ledger = "council_tax_transactions"
    fed = {fact.column for fact in FACTS if ledger in fact.sources}
    facts = some_facts()
    unfed = facts.with_columns(
        pl.lit(None, facts.schema[name]).alias(name) for name in fed & set(facts.columns)
    )
    brought = {source for fact in FACTS for source in fact.sources} - {ledger}
    parts = contributions(card, unfed, as_of=AS_OF, brought=brought)
    silent = parts.filter(pl.col("fact").is_in([fact.name for fact in FACTS if ledger in fact.sources]))
    assert not silent.is_empty()
    assert set(silent["contribution"]) == {0.0}
    with_all = score(card, facts, as_of=AS_OF, brought=brought | {ledger})
    assert with_all.equals(score(card, facts, as_of=AS_OF))
    assert not score(card, unfed, as_of=AS_OF, brought=brought).equals(score(card, unfed, as_of=AS_OF))
