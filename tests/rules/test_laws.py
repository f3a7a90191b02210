"""Laws that hold for every rulebook: what learning more, or another row order, may and may not change."""

import random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.executors.frames import evaluate, truths
from rules.language.model import Rulebook
from rules.language.vocabulary import Outcome
from rules.meaning.reference import judge
from tests.rules.builders import AS_OF
from tests.rules.strategies import SPOKEN_OF, fact_sheets, rulebooks


def without_reading(rulebook: Rulebook) -> bool:
    """Whether no rule asks whether a fact is known: asking that is the one way to profit from ignorance."""
    texts = [rule.text for rule in rulebook.rules] + [signal.text for signal in rulebook.signals.values()]
    return not any(" is known" in text or " is missing" in text for text in texts)


@settings(derandomize=True, max_examples=30, deadline=None)
@given(
    rulebook=rulebooks().filter(without_reading), facts=fact_sheets(households=30), seed=st.integers(0, 999)
)
def test_learning_a_missing_fact_never_turns_met_into_not_met(
    rulebook: Rulebook, facts: pl.DataFrame, seed: int
) -> None:
    """Only what is not known may move; and it is settled only by facts that were asked for."""
    deal = random.Random(seed)
    learned = facts.with_columns(
        pl.col(column).fill_null(deal.choice(known))
        for column in facts.columns[1:]
        if (known := facts[column].drop_nulls().to_list()) and deal.random() < 0.5
    )
    before, after = (truths(rulebook, each, as_of=AS_OF) for each in (facts, learned))
    for rule in rulebook.rules:
        pairs = set(zip(before[rule.id].to_list(), after[rule.id].to_list(), strict=True))
        assert not pairs & {(True, False), (False, True), (True, None), (False, None)}, rule.text


@settings(derandomize=True, max_examples=20, deadline=None)
@given(rulebook=rulebooks().filter(without_reading), facts=fact_sheets(households=10))
def test_only_facts_that_are_asked_for_can_settle_a_rule(rulebook: Rulebook, facts: pl.DataFrame) -> None:
    pools = {name: facts[name.replace(".", "__")].drop_nulls().to_list() for name in SPOKEN_OF}
    for row in facts.iter_rows(named=True):
        known = {name.replace("__", "."): value for name, value in row.items()}
        for rule in rulebook.rules:
            found = judge(rule, known, rulebook=rulebook, as_of=AS_OF)
            if found.outcome is not Outcome.NOT_KNOWN:
                assert found.missing == ()
                continue
            assert found.missing
            unasked = {
                name: pools[name][0]
                for name in SPOKEN_OF
                if known[name] is None and name not in found.missing and pools[name]
            }
            again = judge(rule, {**known, **unasked}, rulebook=rulebook, as_of=AS_OF)
            assert again.outcome is Outcome.NOT_KNOWN, rule.text


@settings(derandomize=True, max_examples=15, deadline=None)
@given(rulebook=rulebooks(), facts=fact_sheets(households=30))
def test_a_fact_that_no_rule_reads_changes_nothing(rulebook: Rulebook, facts: pl.DataFrame) -> None:
    read = frozenset[str]().union(*(rulebook.facts_behind(rule.when) for rule in rulebook.rules))
    unread = [name.replace(".", "__") for name in SPOKEN_OF if name not in read]
    noise = facts.with_columns(pl.col(column).reverse() for column in unread)
    assert evaluate(rulebook, noise, as_of=AS_OF).equals(evaluate(rulebook, facts, as_of=AS_OF))
    extra = facts.with_columns(debts__total=pl.lit(5, pl.Int64))
    assert evaluate(rulebook, extra, as_of=AS_OF).equals(evaluate(rulebook, facts, as_of=AS_OF))


@settings(derandomize=True, max_examples=15, deadline=None)
@given(rulebook=rulebooks(), facts=fact_sheets(households=30), seed=st.integers(0, 999))
def test_the_order_of_rows_and_columns_changes_nothing(
    rulebook: Rulebook, facts: pl.DataFrame, seed: int
) -> None:
    shuffled = facts.sample(fraction=1, shuffle=True, seed=seed).select(reversed(facts.columns))
    assert evaluate(rulebook, shuffled, as_of=AS_OF).equals(evaluate(rulebook, facts, as_of=AS_OF))
