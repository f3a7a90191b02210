"""The night's frames: their columns and order, what they refuse."""

from datetime import date

import polars as pl
import pytest

from rules.errors import FactsMalformed, ParameterNotInForce
from rules.executors.expressions import rule_expressions
from rules.executors.frames import MET_SCHEMA, evaluate, truths
from tests.rules.builders import AS_OF, a_rulebook

BOOK = a_rulebook({"R02": "rent.arrears > small_debt", "R01": "rent.tenant or rent.arrears > £500"})
FACTS = pl.DataFrame(
    {
        "household_id": ["H3", "H1", "H2", "H4"],
        "rent__arrears": [5001, 60000, None, 5000],
        "rent__tenant": [True, None, None, False],
    }
)


def test_met_rules_are_one_row_each_sorted_by_household_and_rule() -> None:
    found = evaluate(BOOK, FACTS, as_of=AS_OF)
    assert found.schema == MET_SCHEMA
    assert found.rows() == [("H1", "R01"), ("H1", "R02"), ("H3", "R01"), ("H3", "R02")]


def test_truths_are_one_column_per_rule_null_where_not_known() -> None:
    found = truths(BOOK, FACTS, as_of=AS_OF)
    assert found["household_id"].to_list() == ["H1", "H2", "H3", "H4"]
    assert found["R01"].to_list() == [True, None, True, False]
    assert found["R02"].to_list() == [True, None, True, False]


def test_only_rules_in_force_are_evaluated() -> None:
    before = date(2026, 3, 31)
    assert evaluate(BOOK, FACTS, as_of=before).schema == MET_SCHEMA
    assert evaluate(BOOK, FACTS, as_of=before).height == 0


def test_a_council_without_households_has_no_met_rules() -> None:
    none = FACTS.clear()
    assert evaluate(BOOK, none, as_of=AS_OF).schema == MET_SCHEMA


def test_a_fact_that_the_frame_lacks_is_named() -> None:
    with pytest.raises(FactsMalformed) as refused:
        evaluate(BOOK, FACTS.drop("rent__arrears"), as_of=AS_OF)
    assert str(refused.value) == (
        "Column rent__arrears of the facts is missing. Derive the facts again with the same catalogue."
    )


def test_a_fact_of_another_type_is_named() -> None:
    with pytest.raises(FactsMalformed, match="Column rent__arrears of the facts is Float64, not Int64"):
        evaluate(BOOK, FACTS.with_columns(pl.col("rent__arrears").cast(pl.Float64)), as_of=AS_OF)


def test_a_parameter_out_of_force_stops_the_night() -> None:
    early = a_rulebook({"R01": "rent.arrears > small_debt"})
    with pytest.raises(ParameterNotInForce):
        rule_expressions(early, early.rules, date(2026, 3, 31))
