"""Values in plain English, the same for one value and for a column."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.facts.declarations import CATALOGUE, FACTS
from smart_record.facts.terms.catalogue import DTYPES, Fact, FactType
from smart_record.facts.terms.wording import (
    SINGULAR,
    describe,
    state,
    statement_expression,
    wording_expression,
)


def values_of(fact: Fact) -> st.SearchStrategy[Any]:
    match fact.type:
        case FactType.MONEY:
            known = st.one_of(st.integers(-(10**14), 10**14), st.integers(-250, 250))
        case FactType.COUNT:
            known = st.one_of(st.integers(-(10**9), 10**9), st.integers(-2, 2))
        case FactType.DATE:
            known = st.dates(date(1900, 1, 1), date(2199, 12, 31))
        case FactType.YES_NO:
            known = st.booleans()
        case FactType.CHOICE:
            known = st.sampled_from(fact.choices)
        case FactType.TEXT:
            known = st.text("Aé’ -_,£{}", max_size=20)
    return st.one_of(st.none(), known)


ONE_OF_EACH = list({(fact.type, fact.unit, fact.choices): fact for fact in FACTS}.values())


@pytest.mark.parametrize("fact", ONE_OF_EACH, ids=lambda fact: fact.name)
@given(data=st.data())
@settings(derandomize=True, max_examples=15, deadline=None)
def test_a_column_is_worded_as_each_of_its_values(fact: Fact, data: st.DataObject) -> None:
    values = data.draw(st.lists(values_of(fact), max_size=8))
    frame = pl.DataFrame({fact.column: values}, schema={fact.column: DTYPES[fact.type]})
    assert frame.select(wording_expression(fact))[fact.column].to_list() == [
        describe(fact, each) for each in values
    ]
    assert frame.select(statement_expression(fact))[fact.column].to_list() == [
        state(fact, each) for each in values
    ]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("rent.arrears", 123_456, "£1,234.56"),
        ("rent.arrears", 30_000, "£300"),
        ("rent.arrears", 5, "£0.05"),
        ("rent.balance", -1_250, "-£12.50"),
        ("debts.total", 123_456_789_00, "£123,456,789"),
        ("rent.weeks_in_arrears", 1, "1 week"),
        ("rent.weeks_in_arrears", 0, "0 weeks"),
        ("household.adults", 2, "2 people"),
        ("council_tax.days_in_stage", 1_200, "1,200 days"),
        ("council_tax.stage_since", date(2026, 3, 12), "12 March 2026"),
        ("council_tax.liable", True, "yes"),
        ("council_tax.liable", False, "no"),
        ("council_tax.stage", "final_notice", "final notice"),
        ("council_tax.stage", "reminder_2", "second reminder"),
        ("benefits.passport", "esa_income_related", "income-related Employment and Support Allowance"),
        ("household.ward", "Park End", "Park End"),
        ("household.ward", None, "not known"),
    ],
)
def test_values_read_as_a_letter_would_say_them(name: str, value: Any, words: str) -> None:
    assert describe(CATALOGUE[name], value) == words


def test_a_statement_says_what_the_value_is_of() -> None:
    assert state(CATALOGUE["rent.arrears"], 123_456) == "rent fallen due and not paid: £1,234.56"


def test_every_unit_has_a_singular() -> None:
    assert {fact.unit for fact in FACTS if fact.type is FactType.COUNT} == set(SINGULAR)
