from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from models.errors import NotEnoughHistory
from models.histories.splits import newest_fold
from models.scorecards.parts import join_parts
from models.scorecards.scorecard_file import to_json
from models.training import train_on_panel
from tests.models.builders import DATES, a_panel, a_scorecard, trained


def test_the_order_of_rows_does_not_change_a_byte_of_the_file() -> None:
    panel = a_panel()
    again = replace(
        panel, rows=panel.rows.sample(fraction=1, shuffle=True, seed=3).sort("household_id", "as_of")
    )
    assert to_json(train_on_panel(again).scorecard) == to_json(a_scorecard())


def test_another_seed_is_recorded_and_makes_another_model_id() -> None:
    small = a_panel(households=400, dates=DATES[:9])
    first, second = (train_on_panel(small, seed=seed).scorecard for seed in (0, 1))
    assert first.training["seed"] == 0
    assert first.model_id != second.model_id


def test_the_record_says_what_was_learned_from() -> None:
    record, fold = a_scorecard().training, newest_fold(DATES)
    assert record["learned_from"] == [day.isoformat() for day in fold.train]
    assert record["calibrated_on"] == fold.calibrate.isoformat()
    assert record["rows"] == 600 * len(fold.train)
    assert record["households"] == 600
    assert record["households_with_outcome"]["any"] >= record["households_with_outcome"]["rent_court"] > 0
    assert set(record["libraries"]) == {"numpy", "polars", "scikit-learn"}
    assert record["evaluation"] == trained().evaluation.record()


def test_other_data_has_another_fingerprint() -> None:
    small = a_panel(households=400, dates=DATES[:9])
    other = replace(
        small,
        rows=small.rows.with_columns(pl.col("council_tax.arrears") + pl.lit(1.0)),
    )
    prints = {train_on_panel(each).scorecard.training["data_sha256"] for each in (small, other)}
    assert len(prints) == 2


def test_bands_hold_no_more_than_their_share_of_those_scored_at_training() -> None:
    card, panel = a_scorecard(), a_panel()
    newest = panel.on([newest_fold(panel.dates).calibrate])
    raw = join_parts(card.parts, newest.values()).raw
    for band in card.bands:
        assert 0 < (raw >= band.at_least).mean() <= max(band.share, (raw == raw.max()).mean())


def test_too_few_outcomes_are_an_error_and_never_a_model() -> None:
    with pytest.raises(NotEnoughHistory, match="at least 50"):
        train_on_panel(a_panel(households=20))


def test_too_short_a_history_is_an_error() -> None:
    with pytest.raises(NotEnoughHistory, match="Bring longer histories"):
        train_on_panel(a_panel(dates=DATES[:5]))


def test_an_outcome_with_too_little_to_learn_from_is_left_out_and_said_so() -> None:
    panel = a_panel()
    rare = pl.col("household_id") < "HH000012"
    thin = replace(
        panel,
        rows=panel.rows.with_columns(rent_court=pl.col("rent_court") & rare).with_columns(
            any=pl.col("liability_order") | pl.col("rent_court")
        ),
    )
    card = train_on_panel(thin).scorecard
    assert [part.outcome for part in card.parts] == ["liability_order"]
    assert "at least 30" in card.training["outcomes_left_out"]["rent_court"]


def test_a_council_without_homes_of_its_own_learns_from_council_tax_alone() -> None:
    panel = a_panel()
    rent = [feature.name for feature in panel.features if feature.name.startswith("rent.")]
    without = replace(
        panel,
        outcomes=("liability_order",),
        rows=panel.rows.with_columns(
            *(pl.lit(None, pl.Float64).alias(name) for name in rent),
            pl.lit(None, pl.Boolean).alias("rent_court"),
            pl.col("liability_order").alias("any"),
        ),
    )
    card = train_on_panel(without).scorecard
    assert [part.outcome for part in card.parts] == ["liability_order"]
    for step in card.parts[0].steps:
        if step.feature in rent:
            assert step.values == (0.0,)


def test_labels_by_lot_teach_nothing_worth_showing() -> None:
    panel = a_panel(households=400, dates=DATES[:13])
    lots = np.random.default_rng(8).random((2, len(panel.rows))) < 0.1
    drawn = replace(
        panel,
        rows=panel.rows.with_columns(
            liability_order=pl.Series(lots[0]), rent_court=pl.Series(lots[1])
        ).with_columns(any=pl.col("liability_order") | pl.col("rent_court")),
    )
    try:
        card = train_on_panel(drawn).scorecard
    except NotEnoughHistory:
        return
    spread = [max(step.values) - min(step.values) for part in card.parts for step in part.steps]
    learned = [max(step.values) - min(step.values) for part in a_scorecard().parts for step in part.steps]
    assert max(spread) < max(learned) / 2
