from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from models.errors import FeatureMismatch, FeatureRefused, LeakageFound
from models.histories.feature_declarations import FEATURES
from models.histories.features import REFUSED, Direction, Encoding, Feature, check_features, encode_features
from smart_record.facts.declarations import CATALOGUE, FACTS
from smart_record.facts.terms.catalogue import FactType
from tests.models.builders import AS_OF, some_facts


def a_feature(fact: str) -> Feature:
    return Feature(
        name=fact,
        fact=fact,
        encoding=Encoding.AMOUNT,
        unit="pence",
        window="on the day",
        direction=Direction.RAISES,
        cuts=(1.0, 2.0),
    )


def test_the_declared_features_pass_their_own_checks() -> None:
    check_features(FEATURES)
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)
    assert {feature.imputation for feature in FEATURES} == {"none"}
    assert all(feature.window and feature.unit and feature.sources for feature in FEATURES)


def is_refused(fact: str) -> bool:
    return fact in REFUSED or fact.partition(".")[0] in REFUSED


@pytest.mark.parametrize(
    "fact", [fact.name for fact in FACTS if not fact.dated and not is_refused(fact.name)]
)
def test_a_snapshot_fact_is_refused_as_leakage(fact: str) -> None:
    with pytest.raises(LeakageFound, match=fact.replace(".", r"\.")):
        check_features([a_feature(fact)])


@pytest.mark.parametrize("fact", [fact.name for fact in FACTS if is_refused(fact.name)])
def test_what_stands_for_a_person_or_for_asking_for_help_is_refused(fact: str) -> None:
    with pytest.raises(FeatureRefused, match="Take the feature out"):
        check_features([a_feature(fact)])


def test_every_refusal_is_of_a_fact_or_topic_of_the_catalogue() -> None:
    assert {name.split(".")[0] for name in CATALOGUE} | set(CATALOGUE) >= set(REFUSED)


def test_no_text_such_as_a_name_or_a_ward_can_be_a_feature() -> None:
    assert all(is_refused(fact.name) for fact in FACTS if fact.type is FactType.TEXT)


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(FeatureMismatch, match="language"):
        check_features([a_feature("household.language")])


def test_a_fact_collected_for_another_purpose_is_refused() -> None:
    feature = a_feature("council_tax.arrears")
    narrowed = {feature.fact: replace(CATALOGUE[feature.fact], purposes=frozenset())}
    with pytest.raises(FeatureRefused, match="welfare_support"):
        check_features([feature], narrowed)


@pytest.mark.parametrize("cuts", [(), (2.0, 1.0), (1.0, 1.0)])
def test_cuts_out_of_order_are_refused(cuts: tuple[float, ...]) -> None:
    with pytest.raises(FeatureMismatch, match="cuts"):
        check_features([replace(a_feature("council_tax.arrears"), cuts=cuts)])


def test_a_severity_must_give_a_level_to_every_stage() -> None:
    steps = next(one for one in FEATURES if one.name == "council_tax.steps_to_order")
    levels = {stage: level for stage, level in steps.levels.items() if stage != "summons"}
    with pytest.raises(FeatureMismatch, match="summons"):
        check_features([replace(steps, levels=levels)])


def test_dates_become_days_stages_become_steps_and_the_unknown_stays_unknown() -> None:
    facts = some_facts(households=2).with_columns(
        council_tax__last_payment_on=pl.Series([date(2026, 10, 1), None], dtype=pl.Date),
        council_tax__stage=pl.Series(["summons", "enforcement_agent"]),
        council_tax__arrears=pl.Series([12_345, None], dtype=pl.Int64),
    )
    encoded = encode_features(facts, as_of=AS_OF, features=FEATURES)
    assert encoded["council_tax.days_since_payment"].to_list() == [30.0, None]
    assert encoded["council_tax.steps_to_order"].to_list() == [4.0, 0.0]
    assert encoded["council_tax.after_order"].to_list() == [0.0, 2.0]
    assert encoded["council_tax.arrears"].to_list() == [12_345.0, None]
    assert encoded.columns == ["household_id", *(feature.name for feature in FEATURES)]
    assert set(encoded.drop("household_id").dtypes) == {pl.Float64}


def test_a_date_after_as_of_is_leakage() -> None:
    facts = some_facts(households=1).with_columns(council_tax__last_payment_on=pl.lit(date(2026, 11, 1)))
    with pytest.raises(LeakageFound, match="days_since_payment"):
        encode_features(facts, as_of=AS_OF, features=FEATURES)


def test_a_missing_fact_column_is_named() -> None:
    facts = some_facts().drop("rent__arrears")
    with pytest.raises(FeatureMismatch, match="rent__arrears"):
        encode_features(facts, as_of=AS_OF, features=FEATURES)


def test_getting_a_benefit_or_help_is_nowhere_among_the_features() -> None:
    reads = {feature.fact for feature in FEATURES}
    assert not {fact for fact in reads if fact.startswith(("benefits.", "holds."))}
    assert not {fact for fact in reads if "reduction" in fact or "discount" in fact or "landlord" in fact}
