"""What makes a night's scores untrustworthy, on the population of the invented pasts."""

from dataclasses import replace
from types import MappingProxyType

import polars as pl
import pytest

from models.scorecards.parts import join_parts
from models.scorecards.scorecard import Scorecard
from models.scoring.drift import Drift, Verdict, check_drift
from models.scoring.score import score
from smart_record.facts.terms.catalogue import column_of
from smart_record.intake.declared.sources import SOURCES
from tests.models.builders import AS_OF, a_panel, a_scorecard, some_facts

ALL = frozenset(SOURCES)


def facts_like_training(card: Scorecard) -> pl.DataFrame:
    """Facts whose scores, missing values and debts are drawn from the model's own newest year."""
    panel = a_panel()
    newest = panel.on(panel.dates[-1:]).rows
    amounts = {
        name: newest[name].cast(pl.Int64)
        for name in newest.columns
        if name in {one.name for one in card.features} and one_amount(card, name)
    }
    facts = some_facts(households=newest.height).with_columns(
        *(series.alias(column_of(name)) for name, series in amounts.items()),
        household_id=newest["household_id"],
        council_tax__liable=pl.lit(value=True),
    )
    return facts.with_columns(*(_decoded(card, newest, name) for name in _others(card)))


def one_amount(card: Scorecard, name: str) -> bool:
    return next(one for one in card.features if one.name == name).encoding == "amount"


def _others(card: Scorecard) -> list[str]:
    return [
        one.name
        for one in card.features
        if one.encoding != "amount" and not one.name.endswith(("order", "court"))
    ]


def _decoded(card: Scorecard, rows: pl.DataFrame, name: str) -> pl.Expr:
    feature = next(one for one in card.features if one.name == name)
    values = rows[name]
    if feature.encoding == "days_before":
        return (pl.lit(AS_OF) - pl.duration(days=values.cast(pl.Int64))).alias(column_of(feature.fact))
    choice = {level: word for word, level in feature.levels.items()}
    return values.replace_strict(choice, default=None, return_dtype=pl.String).alias(column_of(feature.fact))


def stages(card: Scorecard, facts: pl.DataFrame) -> pl.DataFrame:
    """Stages from the panel's steps, where the two features of each fact agree on one."""
    panel = a_panel()
    newest = panel.on(panel.dates[-1:]).rows
    columns = []
    for name, fact in (
        ("council_tax.steps_to_order", "council_tax.stage"),
        ("rent.steps_to_court", "rent.stage"),
    ):
        feature = next(one for one in card.features if one.name == name)
        word = {level: word for word, level in reversed(feature.levels.items())}
        columns.append(
            newest[name].replace_strict(word, default=None, return_dtype=pl.String).alias(column_of(fact))
        )
    return facts.with_columns(columns)


def check(facts: pl.DataFrame, card: Scorecard | None = None, brought: frozenset[str] = ALL) -> Drift:
    used = card or a_scorecard()
    risk = score(used, facts, as_of=AS_OF, brought=brought)
    return check_drift(used, facts, risk, as_of=AS_OF, brought=brought)


@pytest.fixture(scope="module")
def facts() -> pl.DataFrame:
    return stages(a_scorecard(), facts_like_training(a_scorecard()))


def test_a_night_like_the_months_at_training_is_not_refused(facts: pl.DataFrame) -> None:
    drift = check(facts)
    assert drift.may_be_used, drift.reasons
    assert drift.score_psi is not None
    assert drift.score_psi < 0.25


@pytest.mark.parametrize("extract", ["rent_accounts", "council_tax_transactions"])
def test_a_source_that_was_not_brought_is_named_and_the_score_not_trusted(
    facts: pl.DataFrame, extract: str
) -> None:
    drift = check(facts, brought=ALL - {extract})
    assert drift.verdict is Verdict.NOT_TRUSTWORTHY
    assert any(extract.replace("_", " ") in reason for reason in drift.reasons)


def test_a_source_that_says_nothing_of_many_households_is_as_good_as_missing(facts: pl.DataFrame) -> None:
    names = [column_of(one.fact) for one in a_scorecard().features if one.fact.startswith("council_tax.")]
    half = pl.col("household_id").hash(seed=1) % 2 == 0
    drift = check(
        facts.with_columns(
            pl.when(half).then(None).otherwise(pl.col(name)).alias(name) for name in dict.fromkeys(names)
        )
    )
    assert drift.verdict is Verdict.NOT_TRUSTWORTHY
    assert any("says nothing of" in reason for reason in drift.reasons)


@pytest.mark.parametrize("debt", ["council_tax.arrears", "rent.arrears"])
def test_arrears_counted_twice_are_noticed_whatever_the_scores_say(facts: pl.DataFrame, debt: str) -> None:
    doubled = check(facts.with_columns(pl.col(column_of(debt)) * 2))
    assert doubled.verdict is Verdict.NOT_TRUSTWORTHY
    assert any("per household on average" in reason for reason in doubled.reasons)


def test_households_that_all_stand_before_court_are_another_population(facts: pl.DataFrame) -> None:
    drift = check(facts.with_columns(council_tax__stage=pl.lit("summons")))
    assert drift.verdict is Verdict.NOT_TRUSTWORTHY
    assert any("distance" in reason for reason in drift.reasons)
    assert any("mean chance" in reason for reason in drift.reasons)


def test_nobody_to_score_is_a_failed_check(facts: pl.DataFrame) -> None:
    drift = check(
        facts.with_columns(council_tax__liable=pl.lit(value=False), rent__tenant=pl.lit(value=False))
    )
    assert drift.verdict is Verdict.NOT_TRUSTWORTHY
    assert "nobody could be scored" in drift.reasons[0]


def test_a_model_of_an_earlier_version_is_to_be_watched(facts: pl.DataFrame) -> None:
    training = {key: held for key, held in a_scorecard().training.items() if key != "reference"}
    old = replace(a_scorecard(), training=MappingProxyType(training), format_version=1)
    drift = check(facts, old)
    assert drift.verdict is Verdict.WATCH
    assert "triage model train" in drift.reasons[0]


def test_the_record_is_plain_data_with_the_gravest_reason_first(facts: pl.DataFrame) -> None:
    drift = check(facts.with_columns(pl.col("rent__arrears") * 2), brought=ALL - {"rent_accounts"})
    record = drift.record()
    assert record["verdict"] == "not trustworthy"
    assert "was not brought" in record["reasons"][0]
    assert len(record["feature_psi"]) == 5
    assert list(record["feature_psi"].values()) == sorted(record["feature_psi"].values(), reverse=True)


def test_the_reference_is_that_of_the_months_learned_from() -> None:
    reference, panel = a_scorecard().reference, a_panel()
    assert reference is not None
    training = a_scorecard().training
    assert reference.last == training["calibrated_on"]
    dates = [day for day in panel.dates if reference.first <= day.isoformat() <= reference.last]
    learned = panel.on(
        [day for day in dates if day.isoformat() in (*training["learned_from"], reference.last)]
    )
    joined = join_parts(a_scorecard().parts, learned.values())
    assert reference.mean_probability == pytest.approx(joined.probabilities.mean())
    assert reference.outcome_share == pytest.approx(learned.labels("any").mean())
    assert sum(reference.score.shares) == pytest.approx(1)
