import polars as pl

from models.scoring.reasons import NOTHING_RAISES, RAISING
from models.scoring.score import contributions, score
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import column_of
from smart_record.facts.terms.wording import statement_expression
from tests.models.builders import AS_OF, a_scorecard, some_facts


def worded(facts: pl.DataFrame, fact: str) -> str | None:
    return facts.select(statement_expression(CATALOGUE[fact])).item()


def named(reasons: str) -> tuple[list[str], list[str]]:
    """What the text names as raising and as lowering."""
    up, _, down = reasons.removesuffix(".").partition(" Lowered by ")
    raised = (
        [] if up.startswith(NOTHING_RAISES.removesuffix(".")) else up.removeprefix("Raised by ").split("; ")
    )
    return [each.removesuffix(".") for each in raised], down.split("; ") if down else []


def test_every_reason_is_a_known_fact_of_the_household_in_its_own_words() -> None:
    facts = some_facts()
    scores = score(a_scorecard(), facts, as_of=AS_OF)
    read = {feature.fact for feature in a_scorecard().features}
    for row in scores.select("household_id", "reasons").iter_rows():
        own = facts.filter(pl.col("household_id") == row[0])
        true = {worded(own, fact) for fact in read if own[column_of(fact)].item() is not None}
        raised, lowered = named(row[1])
        assert {*raised, *lowered} <= true
        assert len(raised) <= RAISING
        assert len(lowered) <= 1


def test_the_strongest_fact_comes_first() -> None:
    facts = some_facts(households=60)
    card = a_scorecard()
    for row in score(card, facts, as_of=AS_OF).select("household_id", "reasons").iter_rows():
        own = facts.filter(pl.col("household_id") == row[0])
        parts = contributions(card, own, as_of=AS_OF)
        raised, _ = named(row[1])
        strongest = parts.filter(pl.col("value").is_not_null()).sort("contribution", descending=True)
        if raised:
            assert raised[0] in strongest.filter(pl.col("contribution") > 0)["wording"].to_list()


def test_one_fact_is_named_once_though_two_features_read_it() -> None:
    facts = some_facts(households=400, seed=5).with_columns(council_tax__stage=pl.lit("summons"))
    stage = worded(facts[[0]], "council_tax.stage")
    assert stage
    texts = score(a_scorecard(), facts, as_of=AS_OF)["reasons"]
    assert texts.str.count_matches(stage, literal=True).max() == 1
    assert texts.str.contains(stage, literal=True).mean() > 0.5


def test_a_household_of_which_nothing_is_known_gets_an_honest_sentence() -> None:
    known = ["household_id", "council_tax__liable", "rent__tenant"]
    facts = some_facts(households=20)
    empty = facts.with_columns(pl.lit(None).alias(name) for name in facts.columns if name not in known)
    empty = empty.cast({name: facts.schema[name] for name in facts.columns if name not in known})
    assert set(score(a_scorecard(), empty, as_of=AS_OF)["reasons"]) == {NOTHING_RAISES}
