"""A condition bound to a date keeps its meaning and loses its parameters, clocks and stages."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.language.model import Rulebook
from rules.language.tree import Comparison, Elapsed, Literal, ParameterValue, Reached, walk
from rules.meaning.binding import bind
from rules.meaning.reference import Household, trace
from smart_record.facts.terms.catalogue import FactType
from tests.rules.builders import AS_OF, a_condition, a_rulebook
from tests.rules.strategies import DATES_AS_OF, fact_sheets, rulebooks

BOOK = a_rulebook({"R01": "rent.tenant"})


@settings(derandomize=True, max_examples=25, deadline=None)
@given(rulebook=rulebooks(), facts=fact_sheets(households=8), as_of=st.sampled_from(DATES_AS_OF))
def test_binding_keeps_the_meaning(rulebook: Rulebook, facts: pl.DataFrame, as_of: date) -> None:
    for rule in rulebook.rules:
        bound = bind(rule.when, rulebook, as_of)
        assert not any(isinstance(node, ParameterValue | Elapsed | Reached) for node in walk(bound))
        for row in facts.iter_rows(named=True):
            known = {name.replace("__", "."): value for name, value in row.items()}
            household = Household(facts=known, rulebook=rulebook, as_of=as_of)
            assert trace(bound, household).truth is trace(rule.when, household).truth, rule.text


@pytest.mark.parametrize("operator", ["=", "!=", "<", "<=", ">", ">="])
@pytest.mark.parametrize("clock", ["days since", "days until", "weeks since", "weeks until"])
@pytest.mark.parametrize("number", ["0", "1", "2", "50% of 1", "0 - 1"])
def test_elapsed_time_becomes_dates_without_loss(clock: str, operator: str, number: str) -> None:
    condition = a_condition(f"{clock} rent.stage_since {operator} {number}")
    bound = bind(condition, BOOK, AS_OF)
    for days in range(-24, 25):
        facts = {"rent.stage_since": AS_OF + timedelta(days=days)}
        household = Household(facts=facts, rulebook=BOOK, as_of=AS_OF)
        assert trace(bound, household).truth is trace(condition, household).truth, days


def test_fixed_arithmetic_is_done_once() -> None:
    bound = bind(a_condition("rent.arrears > small_debt * 2 + £1"), BOOK, AS_OF)
    assert isinstance(bound, Comparison)
    assert bound.right == Literal(FactType.MONEY, 10100)
