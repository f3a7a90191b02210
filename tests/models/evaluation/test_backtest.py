from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from models.evaluation.backtest import evaluate
from models.evaluation.blocks import SCORECARD
from models.evaluation.lead_time import lead_time
from models.fitting.challengers import BASELINE, CHALLENGERS, UNCONSTRAINED
from models.fitting.fold import fit_fold
from models.histories.labels import window_end
from models.histories.panel import Panel
from models.histories.splits import rolling_origin
from tests.models.builders import DATES, a_panel, trained


def test_later_periods_are_measured_and_the_worst_is_told() -> None:
    evaluation = trained().evaluation
    assert [block.validate for block in evaluation.blocks][-1] == DATES[-1]
    for block in evaluation.blocks:
        assert window_end(window_end(block.trained_to)) <= block.validate
        assert 0 < block.outcomes < block.households
        low, high = block.intervals["auc"]
        assert low is not None
        assert high is not None
        assert low <= (block.measures[SCORECARD]["auc"] or 0) <= high
    aucs = [block.measures[SCORECARD]["auc"] for block in evaluation.blocks]
    assert evaluation.worst[SCORECARD]["auc"] == min(aucs)
    assert evaluation.medians[SCORECARD]["auc"] == pytest.approx(np.median(aucs), abs=1e-6)


def test_the_scorecard_beats_counting_missed_payments_and_says_honest_chances() -> None:
    medians = trained().evaluation.medians
    assert medians[SCORECARD]["auc"] > 0.75
    assert medians[SCORECARD]["auc"] > medians[BASELINE]["auc"]
    assert medians[SCORECARD]["calibration_error"] < 0.05
    assert medians[SCORECARD]["auc_rent_court"] > 0.8
    assert "top 5%" in trained().evaluation.verdict


def test_challengers_run_on_the_same_blocks_and_the_verdict_names_the_price() -> None:
    evaluation = evaluate(a_panel(households=400, dates=DATES[-14:]), challengers=True)
    assert evaluation.blocks
    assert all({SCORECARD, BASELINE, *CHALLENGERS} == set(block.measures) for block in evaluation.blocks)
    assert "A model without limits did" in evaluation.verdict
    assert evaluation.medians[UNCONSTRAINED]["auc"] > 0.6


def test_outcomes_drawn_by_lot_in_the_newest_period_do_not_move_what_is_learned_before_it() -> None:
    """A landmine: were anything of the last period to leak, its random labels would move the scores."""
    panel = a_panel()
    fold = rolling_origin(panel.dates, blocks=1)[0].fold
    lots = pl.Series("rent_court", np.random.default_rng(0).random(len(panel.rows)) < 0.5)
    is_later = pl.col("as_of") > fold.calibrate
    mined = replace(
        panel,
        rows=panel.rows.with_columns(
            pl.when(is_later).then(lots.alias(name)).otherwise(pl.col(name)).alias(name)
            for name in ("liability_order", "rent_court", "any")
        ),
    )
    assert not mined.rows.equals(panel.rows)
    assert fit_fold(mined, fold, seed=0) == fit_fold(panel, fold, seed=0)
    auc = evaluate(mined).blocks[-1].measures[SCORECARD]["auc"]
    assert auc == pytest.approx(0.5, abs=0.06)


def test_a_history_too_short_for_a_block_says_so() -> None:
    evaluation = evaluate(a_panel(households=300, dates=DATES[:9]))
    assert evaluation.blocks == ()
    assert "too short" in evaluation.verdict
    assert evaluation.record()["blocks"] == []


def test_lead_time_counts_from_the_first_flag_to_the_outcome() -> None:
    panel = a_panel(households=600)
    split = rolling_origin(panel.dates, blocks=1)[0]
    fit = fit_fold(panel, split.fold, seed=0)
    lead = lead_time(panel, split, fit, share=0.05)
    assert lead.outcomes == int(panel.on([split.validate]).labels("any").sum())
    assert 0 < lead.flagged <= lead.outcomes
    assert lead.median_days is not None
    assert 0 < lead.median_days <= (window_end(split.validate) - split.fold.calibrate).days


def test_nobody_flagged_gives_no_lead_time() -> None:
    panel = a_panel(households=600)
    split = rolling_origin(panel.dates, blocks=1)[0]
    fit = fit_fold(panel, split.fold, seed=0)
    lead = lead_time(panel, split, fit, share=0.0)
    assert (lead.flagged, lead.median_days) == (0, None)


def test_a_block_never_learns_from_its_own_future() -> None:
    panel = a_panel()
    fold = rolling_origin(panel.dates, blocks=1)[0].fold
    known_then = panel.on([*fold.train, fold.calibrate])
    assert fit_fold(known_then, fold, seed=0) == fit_fold(panel, fold, seed=0)


def _only_together(panel: Panel) -> Panel:
    """The same households, but an outcome comes where just one of two debts is large."""
    rows = panel.rows
    first, second = pl.col("council_tax.arrears") > 20_000, pl.col("rent.arrears") > 20_000
    lot = np.random.default_rng(8).random(rows.height)
    debts = (np.random.default_rng(9).random((2, rows.height)) < 0.3) * 40_000.0
    rows = rows.with_columns(
        pl.Series("council_tax.arrears", debts[0]), pl.Series("rent.arrears", debts[1]), lot=pl.Series(lot)
    )
    came = pl.when(first ^ second).then(pl.col("lot") < 0.5).otherwise(pl.col("lot") < 0.05)
    return replace(
        panel,
        rows=rows.with_columns(
            came.alias("liability_order"), came.alias("any"), rent_court=pl.lit(value=False)
        ).drop("lot"),
    )


def test_where_boosting_without_limits_wins_the_pair_that_it_uses_is_named() -> None:
    verdict = evaluate(_only_together(a_panel(households=500)), challengers=True).verdict
    assert "clearly better on the newest periods" in verdict
    assert "taken together: council_tax.arrears with rent.arrears" in verdict


def test_where_it_does_not_win_no_pair_is_named() -> None:
    found = evaluate(a_panel(households=500, dates=DATES), challengers=True)
    assert "costs next to nothing" in found.verdict
    assert all(len(block.pairs) == 5 for block in found.blocks)
