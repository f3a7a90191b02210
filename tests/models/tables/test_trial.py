from dataclasses import replace

import numpy as np
import pytest

from models.tables import TableInvalid, apply_mapping, try_table
from models.tables.explaining import score_rows
from models.tables.parting import part_rows
from models.tables.trial import ADDITIVE, OURS, UNLIMITED
from tests.models.tables.invented_tables import MAPPING, loans


@pytest.fixture(scope="module")
def alone():
    data = apply_mapping(loans(1500), MAPPING)
    return data, try_table(data, MAPPING)


@pytest.fixture(scope="module")
def together():
    data = apply_mapping(loans(1500, together=True), MAPPING)
    return data, try_table(data, MAPPING)


def test_where_columns_add_up_no_pair_is_taken(alone):
    _, trial = alone
    assert trial.scorecard.pairs == ()
    assert trial.measures[OURS] | trial.measures[ADDITIVE] == trial.measures[OURS]
    assert trial.measures[OURS]["auc"] > trial.measures[UNLIMITED]["auc"] - 0.01
    assert trial.measures[OURS]["auc"] > 0.7


def test_where_two_columns_decide_together_they_are_named_and_close_the_gap(together):
    _, trial = together
    assert trial.close_pairs[0] == ("first", "second")
    assert "first & second" in trial.verdict
    assert trial.measures[ADDITIVE]["auc"] < trial.measures[UNLIMITED]["auc"] - 0.1
    assert trial.measures[OURS]["auc"] > trial.measures[UNLIMITED]["auc"] - 0.01


def test_shown_chances_are_near_what_came(together):
    _, trial = together
    assert abs(trial.measures[OURS]["calibration_in_the_large"]) < 0.06


def test_every_score_is_the_sum_of_its_reasons(together):
    data, trial = together
    scores, parts = score_rows(trial.scorecard, data, MAPPING, trial.parting.measure)
    total = parts.select(sum=sum(parts.drop("key").get_columns()))["sum"]
    assert (total - scores["raw_score"]).abs().max() < 1e-9
    assert scores.height == len(trial.parting.measure)
    assert scores["raised_by"].str.contains("first yes, with second yes").any()


def test_the_audited_column_is_measured_and_never_read(alone):
    _, trial = alone
    assert {group.name for group in trial.fairness.groups} >= {"men", "women"}
    assert "sex" not in trial.scorecard.terms


def test_the_same_seed_gives_the_same_scorecard(alone):
    data, trial = alone
    assert try_table(data, MAPPING).scorecard == trial.scorecard


def test_with_an_order_the_newest_rows_measure_and_none_learns_from_the_future():
    table = loans(1200)
    data = apply_mapping(table, replace(MAPPING, order_by="month"))
    parting = part_rows(data, seed=0)
    months = table["month"].cast(int).to_numpy()
    assert months[parting.learn].max() < months[parting.measure].min()
    ((fit, held),) = parting.folds
    assert months[fit].max() < months[held].min()
    assert len(np.intersect1d(fit, held)) == 0


def test_by_lot_every_row_is_on_one_side_and_both_have_their_share_of_outcomes():
    data = apply_mapping(loans(1000), MAPPING)
    parting = part_rows(data, seed=5)
    assert sorted([*parting.learn, *parting.measure]) == list(range(1000))
    shares = [data.labels[rows].mean() for rows in (parting.learn, parting.measure)]
    assert abs(shares[0] - shares[1]) < 0.01
    held = np.concatenate([rows for _, rows in parting.folds])
    assert sorted(held) == sorted(parting.learn)


def test_an_order_with_two_times_is_refused():
    table = loans(400)
    table = table.with_columns(month=(table["month"].cast(int) > 6).cast(int).cast(str))
    with pytest.raises(TableInvalid, match="fewer than three times"):
        part_rows(apply_mapping(table, replace(MAPPING, order_by="month")), seed=0)
