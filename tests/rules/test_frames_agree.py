"""The night's executor, on polars and DuckDB, says of every household exactly what the reference says."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.executors.frames import met_of, truths
from rules.language.model import Rulebook
from rules.language.vocabulary import Outcome
from rules.meaning.reference import judge
from tests.rules.engines import on_duckdb
from tests.rules.strategies import DATES_AS_OF, fact_sheets, rulebooks

TRUTHS = {Outcome.MET: True, Outcome.NOT_MET: False, Outcome.NOT_KNOWN: None}


def reference_truths(rulebook: Rulebook, facts: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row per household, sorted; a Boolean column per rule, as the reference says."""
    rows = []
    for row in facts.sort("household_id").iter_rows(named=True):
        known = {name.replace("__", "."): value for name, value in row.items()}
        judged = [judge(rule, known, rulebook=rulebook, as_of=as_of) for rule in rulebook.in_force(as_of)]
        rows.append((row["household_id"], *(TRUTHS[each.outcome] for each in judged)))
    rules = {rule.id: pl.Boolean for rule in rulebook.in_force(as_of)}
    return pl.DataFrame(rows, schema={"household_id": pl.String, **rules}, orient="row")


def check_agreement(rulebook: Rulebook, facts: pl.DataFrame, as_of: date) -> pl.DataFrame:
    expected = reference_truths(rulebook, facts, as_of)
    found = truths(rulebook, facts, as_of=as_of)
    for rule in rulebook.in_force(as_of):
        assert found[rule.id].to_list() == expected[rule.id].to_list(), rule.text
    assert met_of(found).rows() == met_of(expected).rows()
    return expected


@settings(derandomize=True, max_examples=60, deadline=None)
@given(rulebook=rulebooks(), facts=fact_sheets(), as_of=st.sampled_from(DATES_AS_OF))
def test_frames_say_what_the_reference_says(rulebook: Rulebook, facts: pl.DataFrame, as_of: date) -> None:
    check_agreement(rulebook, facts, as_of)


@pytest.mark.deep
@pytest.mark.parametrize("thousand", range(10))
@settings(max_examples=1_000, deadline=None)
@given(rulebook=rulebooks(), facts=fact_sheets(), as_of=st.sampled_from(DATES_AS_OF))
def test_polars_and_duckdb_say_what_the_reference_says_of_ten_thousand(
    thousand: int, rulebook: Rulebook, facts: pl.DataFrame, as_of: date
) -> None:
    expected = check_agreement(rulebook, facts, as_of)
    assert on_duckdb(rulebook, facts, as_of).rows() == expected.rows()
