"""The money behaves as the premise says: one hidden strain, two bills, and a future to be foreseen."""

from datetime import date

import numpy as np
import pytest

from triage.invented.ladders import COUNCIL_TAX, RENT
from triage.invented.life import live
from triage.invented.timeline import HISTORY_MONTHS
from triage.invented.town import Tenure


@pytest.fixture(scope="module")
def life():
    return live(8000, seed=11, as_of=date(2026, 10, 31), say=lambda _: None)


def stage_now(ledgers, times, size):
    past = ledgers.step_on <= times.today
    stage = np.zeros(size, dtype=np.int64)
    stage[ledgers.step_household[past]] = ledgers.step_stage[past]
    return stage


def reaches(ledgers, times, size, wanted):
    when = (ledgers.step_on > times.today) & (ledgers.step_on <= times.last_outcome_day)
    reached = np.zeros(size, dtype=np.bool_)
    reached[ledgers.step_household[when & (ledgers.step_stage == wanted)]] = True
    return reached


def auc(score, outcome):
    """Chance that a household with the outcome scores above one without it."""
    ranks = np.empty(len(score))
    ranks[np.argsort(score, kind="stable")] = np.arange(1, len(score) + 1)
    hits = outcome.sum()
    return (ranks[outcome].sum() - hits * (hits + 1) / 2) / (hits * (len(score) - hits))


def test_who_can_t_pay_one_bill_is_rarely_paying_the_other(life):
    social = life.households.tenure == Tenure.SOCIAL
    in_recovery = stage_now(life.tax, life.times, 8000)[social] > 0
    in_arrears = stage_now(life.rent, life.times, 8000)[social] > 0
    assert in_recovery[in_arrears].mean() > 2.5 * in_recovery[~in_arrears].mean()


def test_the_strain_of_today_foretells_a_liability_order(life):
    ordered = reaches(life.tax, life.times, 8000, COUNCIL_TAX.stages.index("LO"))
    assert 0.8 < auc(life.strain[HISTORY_MONTHS - 1], ordered) < 0.97


def test_what_the_ledger_shows_foretells_it_too_and_not_wholly(life):
    ordered = reaches(life.tax, life.times, 8000, COUNCIL_TAX.stages.index("LO"))
    shown = (life.tax.charges - life.tax.payments)[HISTORY_MONTHS - 12 : HISTORY_MONTHS].clip(0)
    never_in_recovery = stage_now(life.tax, life.times, 8000) == 0
    missed = (shown > 0).sum(axis=0) + np.linspace(0, 0.5, 8000)
    assert 0.65 < auc(missed[never_in_recovery], ordered[never_in_recovery]) < 0.97


def test_the_further_up_the_ladder_the_likelier_the_order(life):
    ordered = reaches(life.tax, life.times, 8000, COUNCIL_TAX.stages.index("LO"))
    stage = stage_now(life.tax, life.times, 8000)
    shares = [ordered[stage == rung].mean() for rung in (0, 1, 3, 4)]
    assert shares == sorted(shares)
    assert shares[0] < 0.02
    assert shares[3] > 0.6


def test_court_comes_only_after_notice(life):
    before = np.roll(life.rent.step_stage, 1)
    court = life.rent.step_stage == RENT.stages.index("COURT")
    assert (before[court] == RENT.stages.index("NOSP")).all()


def test_recovery_is_as_common_as_councils_have_it(life):
    stage = stage_now(life.tax, life.times, 8000)[life.households.own_account]
    assert 0.82 < (stage == 0).mean() < 0.91
    rent = stage_now(life.rent, life.times, 8000)[life.households.tenure == Tenure.SOCIAL]
    assert 0.66 < (rent == 0).mean() < 0.80


def test_some_claims_have_ended_and_each_household_has_at_most_one_live(life):
    ended = life.claims.ended <= life.times.today
    assert 0.08 < ended.mean() < 0.25
    live_now = life.claims.household[~ended & (life.claims.began <= life.times.today)]
    assert len(np.unique(live_now)) == len(live_now)


def test_a_breathing_space_stops_the_ladder(life):
    resting = np.flatnonzero(life.tax.breathing_space_end > life.times.today)
    ends = life.tax.breathing_space_end
    assert len(resting) > 3
    for household in resting:
        mine = (life.tax.step_household == household) & (life.tax.step_on > life.times.today)
        up = life.tax.step_on[mine & (life.tax.step_stage > 0)]
        assert (up > ends[household]).all()
