"""A household's score taken apart adds up, and the changes said to lower its band do lower it."""

from functools import cache

import polars as pl
import pytest

from models.scoring.explanation import Explanation, explain
from models.scoring.score import score
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import DTYPES
from tests.models.builders import AS_OF, a_scorecard, some_facts

FACTS = some_facts(households=120)
BANDS = ("very_high", "high", "medium", "low")


@cache
def explained() -> dict[str, Explanation]:
    found = [explain(a_scorecard(), FACTS[row], as_of=AS_OF) for row in range(FACTS.height)]
    return {one.household_id: one for one in found if one is not None}


def test_baseline_and_contributions_add_up_to_each_raw_score() -> None:
    for one in explained().values():
        for outcome in one.outcomes:
            added = outcome.baseline + sum(each.added for each in outcome.contributions)
            assert added == pytest.approx(outcome.raw_score, abs=1e-9)


def test_one_household_is_explained_with_the_score_that_the_night_gives_it() -> None:
    night = score(a_scorecard(), FACTS, as_of=AS_OF)
    assert set(explained()) == set(night["household_id"])
    for row in night.iter_rows(named=True):
        one = explained()[row["household_id"]]
        assert (one.raw_score, one.probability, one.band) == (
            row["raw_score"],
            row["probability"],
            row["band"],
        )


def test_each_change_lowers_the_band_when_the_fact_is_changed_so() -> None:
    tried = 0
    for one in explained().values():
        row = FACTS.filter(pl.col("household_id") == one.household_id)
        for change in one.changes:
            fact = CATALOGUE[change.fact]
            changed = row.with_columns(pl.lit(change.value, DTYPES[fact.type]).alias(fact.column))
            after = score(a_scorecard(), changed, as_of=AS_OF).row(0, named=True)
            assert after["band"] == change.band
            assert after["probability"] == pytest.approx(change.probability)
            assert BANDS.index(change.band) > BANDS.index(one.band)
            tried += 1
    assert tried > 20


def test_the_change_is_the_nearest_one_that_does() -> None:
    """One pound more of arrears, or one payment more missed, would keep the band."""
    for one in explained().values():
        row = FACTS.filter(pl.col("household_id") == one.household_id)
        for change in one.changes:
            fact = CATALOGUE[change.fact]
            if not isinstance(change.value, int) or fact.name.endswith("credit"):
                continue
            nearly = row.with_columns(pl.lit(change.value + 1, DTYPES[fact.type]).alias(fact.column))
            assert score(a_scorecard(), nearly, as_of=AS_OF)["band"].item() == one.band


def test_changes_come_nearest_first_and_say_both_figures() -> None:
    some = [one.changes for one in explained().values() if len(one.changes) > 1]
    assert some
    for changes in some:
        assert [change.steps for change in changes] == sorted(change.steps for change in changes)
        assert all(" were " in change.wording and ", not " in change.wording for change in changes)


def test_a_fact_that_is_not_known_is_never_said_to_change() -> None:
    for one in explained().values():
        row = FACTS.filter(pl.col("household_id") == one.household_id)
        for change in one.changes:
            assert row[CATALOGUE[change.fact].column].item() is not None


def test_a_household_without_an_account_has_nothing_to_explain() -> None:
    row = FACTS[0].with_columns(council_tax__liable=pl.lit(value=False), rent__tenant=pl.lit(value=None))
    assert explain(a_scorecard(), row, as_of=AS_OF) is None
