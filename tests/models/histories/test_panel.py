"""From the council's own histories to a scorecard: nothing of the future, nothing of the rows' order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest

from models import train
from models.errors import LeakageFound, NotEnoughHistory
from models.histories.feature_declarations import FEATURES
from models.histories.labels import outcome_events, window_end
from models.histories.panel import MOST_DATES, Panel, build_panel, training_dates
from models.scorecards.scorecard_file import to_json
from smart_record.facts.declarations import CATALOGUE
from smart_record.records import Records
from tests.models.some_records import NIGHT, some_records

CUTOFF = date(2025, 12, 31)
DATED = {
    "council_tax_transactions": "posted_on",
    "rent_transactions": "posted_on",
    "council_tax_recovery_history": "stage_on",
    "rent_arrears_history": "stage_on",
}


@cache
def records() -> Records:
    return some_records()


@cache
def panel() -> Panel:
    return build_panel(records(), snapshot_on=NIGHT)


def with_extracts(of: Records, extracts: Mapping[str, pl.DataFrame]) -> Records:
    return replace(of, extracts={**of.extracts, **extracts})


def features_until(of: Panel, last: date) -> pl.DataFrame:
    names = [feature.name for feature in of.features]
    return of.rows.filter(pl.col("as_of") <= last).select("household_id", "as_of", *names)


def test_each_household_and_month_end_has_one_row_with_features_and_labels() -> None:
    rows = panel().rows
    assert rows.select("household_id", "as_of").is_unique().all()
    assert rows.columns == [
        "household_id",
        "as_of",
        *(feature.name for feature in FEATURES),
        "liability_order",
        "rent_court",
        "homelessness_approach",
        "any",
    ]
    assert rows.select("household_id", "as_of").equals(
        rows.select("household_id", "as_of").sort("household_id", "as_of")
    )
    assert rows.select("liability_order", "rent_court", "any").null_count().row(0) == (0, 0, 0)
    assert panel().dates == training_dates(records(), snapshot_on=NIGHT)


def test_labels_are_the_outcomes_that_came_after_the_date() -> None:
    events = outcome_events(records())
    for as_of in panel().dates[::6]:
        came = events.filter(pl.col("event_on") > as_of, pl.col("event_on") <= window_end(as_of))
        labelled = panel().on([as_of]).rows.filter("any")["household_id"]
        assert set(labelled) == set(came["household_id"])


def test_what_is_dated_after_a_date_changes_no_feature_of_it() -> None:
    """Features on a date are the same whether the future is known or not yet written."""
    known_then = with_extracts(
        records(),
        {name: records().extracts[name].filter(pl.col(column) <= CUTOFF) for name, column in DATED.items()},
    )
    early = build_panel(known_then, snapshot_on=NIGHT)
    assert features_until(early, CUTOFF).equals(features_until(panel(), CUTOFF))
    assert not early.rows.equals(panel().rows)


def test_a_wilder_future_changes_no_feature_of_the_past() -> None:
    wild = {}
    for name in ("council_tax_transactions", "rent_transactions"):
        frame = records().extracts[name]
        late = pl.col("posted_on") > CUTOFF
        wild[name] = frame.with_columns(
            amount_pence=pl.when(late).then(pl.col("amount_pence") * -3).otherwise("amount_pence")
        )
    after = build_panel(with_extracts(records(), wild), snapshot_on=NIGHT)
    assert features_until(after, CUTOFF).equals(features_until(panel(), CUTOFF))


def test_snapshot_columns_of_tonight_change_no_feature_of_the_past() -> None:
    accounts = (
        records()
        .extracts["council_tax_accounts"]
        .with_columns(
            balance_pence=pl.lit(999_999, pl.Int64),
            vulnerable=pl.lit(value=True),
            payment_method=pl.lit("direct_debit"),
            ctr_weekly_pence=pl.lit(2_000, pl.Int64),
            ward=pl.lit("Elsewhere"),
        )
    )
    changed = build_panel(with_extracts(records(), {"council_tax_accounts": accounts}), snapshot_on=NIGHT)
    assert changed.rows.equals(panel().rows)


def test_the_order_of_rows_in_the_extracts_does_not_change_a_byte_of_the_model() -> None:
    shuffled = Records(
        extracts={
            name: frame.sample(fraction=1, shuffle=True, seed=4) for name, frame in records().extracts.items()
        },
        links=records().links.reverse(),
        households=records().households.sample(fraction=1, shuffle=True, seed=5),
    )
    texts = {to_json(train(each, snapshot_on=NIGHT).scorecard) for each in (records(), shuffled)}
    assert len(texts) == 1


def test_a_trained_model_finds_who_is_climbing_the_ladder() -> None:
    said: list[str] = []
    trained = train(records(), snapshot_on=NIGHT, progress=said.append)
    assert trained.evaluation.medians["scorecard"]["auc"] > 0.75
    assert {part.outcome for part in trained.scorecard.parts} == {"liability_order", "rent_court"}
    assert any("Looking back" in line for line in said)
    assert any("Learning" in line for line in said)


def test_dates_begin_half_a_year_into_the_payments_and_end_six_months_ago() -> None:
    dates = training_dates(records(), snapshot_on=NIGHT)
    assert dates[-1] == date(2026, 4, 30)
    assert dates[0] - date(2024, 5, 1) >= timedelta(days=180)
    assert len(dates) <= MOST_DATES


def test_one_stray_old_row_does_not_stretch_the_history() -> None:
    frame = records().extracts["council_tax_transactions"]
    stray = frame.head(1).with_columns(posted_on=pl.lit(date(1996, 4, 1)))
    stretched = with_extracts(records(), {"council_tax_transactions": pl.concat([stray, frame])})
    assert training_dates(stretched, snapshot_on=NIGHT) == training_dates(records(), snapshot_on=NIGHT)


@pytest.mark.parametrize("night", [date(2024, 12, 31), date(2025, 4, 29)])
def test_too_short_a_history_says_what_is_needed(night: date) -> None:
    with pytest.raises(NotEnoughHistory, match="half a year of payments"):
        training_dates(records(), snapshot_on=night)


def test_a_council_that_brought_no_histories_gets_a_plain_answer() -> None:
    bare = replace(
        records(), extracts={name: frame for name, frame in records().extracts.items() if name not in DATED}
    )
    with pytest.raises(NotEnoughHistory, match="rent_arrears_history"):
        train(bare, snapshot_on=NIGHT)


def test_a_snapshot_fact_cannot_become_a_feature_of_the_past() -> None:
    snapshot = CATALOGUE["council_tax.balance"]
    leaking = replace(FEATURES[0], name=snapshot.name, fact=snapshot.name)
    with pytest.raises(LeakageFound, match=r"council_tax\.balance"):
        build_panel(records(), snapshot_on=NIGHT, features=[leaking])
