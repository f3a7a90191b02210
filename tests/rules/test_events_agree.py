"""All executors say the same of facts and events together: the reference's word."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import duckdb
import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.durable.engine import DurableEngine
from rules.executors.event_frames import pattern_column, pattern_truths
from rules.executors.expressions import patterns_of
from rules.executors.frames import truths
from rules.language.model import Rulebook
from rules.language.tree import Known
from rules.language.vocabulary import Outcome
from rules.meaning.patterns import truth_of_pattern
from rules.meaning.reference import judge
from smart_record.events import Events
from tests.rules.event_strategies import AS_OF_DATES, Histories, event_conditions, frames_of, histories
from tests.rules.strategies import fact_sheets, rulebooks

TRUTHS = {Outcome.MET: True, Outcome.NOT_MET: False, Outcome.NOT_KNOWN: None}
BOOKS = rulebooks(events=event_conditions())

Sheets = Mapping[str, Mapping[str, Known | None]]


@st.composite
def towns(draw: st.DrawFn, households: int = 25) -> tuple[pl.DataFrame, Mapping[str, Histories], date]:
    """Facts, histories by household, and the date they are about."""
    as_of = draw(AS_OF_DATES)
    facts = draw(fact_sheets(households=households))
    told = draw(histories(facts.height, as_of))
    return facts, dict(zip(facts["household_id"], told, strict=True)), as_of


def all_known(facts: pl.DataFrame, told: Mapping[str, Histories]) -> Sheets:
    rows = facts.sort("household_id").iter_rows(named=True)
    return {
        row["household_id"]: {
            **{name.replace("__", "."): value for name, value in row.items() if name != "household_id"},
            **told[row["household_id"]],
        }
        for row in rows
    }


def by_reference(rulebook: Rulebook, sheets: Sheets, as_of: date) -> dict[str, list[bool | None]]:
    return {
        rule.id: [
            TRUTHS[judge(rule, known, rulebook=rulebook, as_of=as_of).outcome] for known in sheets.values()
        ]
        for rule in rulebook.in_force(as_of)
    }


def check_frames(rulebook: Rulebook, town: tuple[pl.DataFrame, Mapping[str, Histories], date]) -> None:
    facts, told, as_of = town
    found = truths(rulebook, facts, as_of=as_of, events=frames_of(told))
    expected = by_reference(rulebook, all_known(facts, told), as_of)
    for rule in rulebook.in_force(as_of):
        assert found[rule.id].to_list() == expected[rule.id], rule.text


def check_durable(rulebook: Rulebook, town: tuple[pl.DataFrame, Mapping[str, Histories], date]) -> None:
    facts, told, as_of = town
    sheets = all_known(facts, told)
    expected = by_reference(rulebook, sheets, as_of)
    with DurableEngine(rulebook, as_of=as_of) as engine:
        for at, known in enumerate(sheets.values()):
            met = {rule_id for rule_id, truth in expected.items() if truth[at]}
            assert engine.met(known) == met, ([rule.text for rule in rulebook.rules], known)


@settings(derandomize=True, max_examples=80, deadline=None)
@given(rulebook=BOOKS, town=towns())
def test_frames_say_what_the_reference_says_of_events(
    rulebook: Rulebook, town: tuple[pl.DataFrame, Mapping[str, Histories], date]
) -> None:
    check_frames(rulebook, town)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(rulebook=BOOKS, town=towns())
def test_durable_rules_meets_what_the_reference_meets_of_events(
    rulebook: Rulebook, town: tuple[pl.DataFrame, Mapping[str, Histories], date]
) -> None:
    check_durable(rulebook, town)


def in_duckdb(events: Events) -> tuple[Any, Any]:
    connection = duckdb.connect()
    happened, reach = events.happened.to_arrow(), events.reach.to_arrow()
    return nw.from_native(connection.from_arrow(happened)), nw.from_native(connection.from_arrow(reach))


@settings(derandomize=True, max_examples=15, deadline=None)
@given(rulebook=BOOKS, town=towns())
def test_a_database_says_the_same_of_events(
    rulebook: Rulebook, town: tuple[pl.DataFrame, Mapping[str, Histories], date]
) -> None:
    facts, told, as_of = town
    patterns = patterns_of(rulebook, rulebook.in_force(as_of), as_of)
    if not patterns:
        return
    found = pattern_truths(patterns, *in_duckdb(frames_of(told)), as_of=as_of).sort("household_id")
    rows = cast("pl.DataFrame", found.collect("polars").to_native())
    for pattern in patterns:
        expected = [truth_of_pattern(pattern, told[each], as_of) for each in sorted(told)]
        assert rows[pattern_column(pattern)].to_list() == expected, pattern
    assert rows.height == facts.height


@pytest.mark.deep
@settings(max_examples=10_000, deadline=None)
@given(rulebook=rulebooks(rules=10, events=event_conditions()), town=towns(households=40))
def test_frames_say_what_the_reference_says_of_thousands_of_events(
    rulebook: Rulebook, town: tuple[pl.DataFrame, Mapping[str, Histories], date]
) -> None:
    check_frames(rulebook, town)


@pytest.mark.deep
@settings(max_examples=1_500, deadline=None)
@given(rulebook=rulebooks(rules=10, events=event_conditions()), town=towns(households=40))
def test_durable_rules_meets_what_the_reference_meets_of_thousands_of_events(
    rulebook: Rulebook, town: tuple[pl.DataFrame, Mapping[str, Histories], date]
) -> None:
    check_durable(rulebook, town)
