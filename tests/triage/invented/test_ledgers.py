from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.invented.chance import stream
from triage.invented.ladders import COUNCIL_TAX, RENT
from triage.invented.ledgers import run_ledgers
from triage.invented.payers import COUNCIL_TAX_PAYER, RENT_PAYER, pay, pay_days
from triage.invented.timeline import timeline

TIMES = timeline(date(2026, 10, 31))
SIZE = 400


def ledgers(strain, *, ladder=COUNCIL_TAX, payer=COUNCIL_TAX_PAYER, restarts=-1, charge=16_000):
    return run_ledgers(
        stream(1, "test"),
        np.full((TIMES.months, SIZE), charge),
        np.full((TIMES.months, SIZE), float(strain)),
        payer=payer,
        ladder=ladder,
        times=TIMES,
        restarts=np.full(SIZE, restarts),
    )


def test_those_at_ease_pay_every_bill_and_hear_nothing():
    at_ease = ledgers(-20)
    assert (at_ease.payments == at_ease.charges).all()
    assert len(at_ease.step_on) == 0


@pytest.mark.parametrize(("ladder", "payer"), [(COUNCIL_TAX, COUNCIL_TAX_PAYER), (RENT, RENT_PAYER)])
def test_those_who_never_pay_climb_to_the_top_a_step_at_a_time(ladder, payer):
    never = ledgers(20, ladder=ladder, payer=payer)
    assert not never.payments.any()
    for household in range(SIZE):
        stages = never.step_stage[never.step_household == household]
        assert stages.tolist() == list(range(1, len(ladder.stages)))


def test_no_step_comes_sooner_than_a_notice_runs():
    never = ledgers(20)
    same = np.diff(never.step_household) == 0
    assert np.diff(never.step_on)[same].min() >= 14


def test_the_first_reminder_waits_for_the_month_after():
    never = ledgers(20)
    assert never.step_on.min() >= TIMES.starts[1]


def test_where_nothing_is_charged_nothing_happens():
    free = ledgers(20, charge=0)
    assert not free.payments.any()
    assert len(free.step_on) == 0


def test_a_new_account_starts_at_the_foot_of_the_ladder():
    restarted = ledgers(20, restarts=15)
    opened = TIMES.starts[15]
    for household in range(SIZE):
        mine = restarted.step_household == household
        after = restarted.step_stage[mine & (restarted.step_on >= opened)]
        assert after.tolist()[:2] == [1, 2]


def test_the_same_dice_fall_the_same_way():
    one, two = ledgers(1.0), ledgers(1.0)
    assert (one.payments == two.payments).all()
    assert one.step_on.tolist() == two.step_on.tolist()


def test_an_unpaid_bill_is_overdue_until_more_is_paid_than_falls_due():
    one_behind = ledgers(1.0)
    owed = np.cumsum(one_behind.charges - one_behind.payments, axis=0)
    assert owed.min() >= 0
    settled = one_behind.step_stage == 0
    months = TIMES.month_of(one_behind.step_on[settled])
    assert (owed[months, one_behind.step_household[settled]] < 0.25 * 16_000).all()


amounts = st.integers(0, 100_000)


@given(due=amounts, owed=amounts, pressed=st.floats(-6, 6), seed=st.integers(0, 1000))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_nobody_pays_more_than_is_due_and_owed_or_less_than_nothing(due, owed, pressed, seed):
    paid = pay(
        stream(seed, "pay"),
        RENT_PAYER,
        due=np.full(20, due),
        owed=np.full(20, owed),
        pressed=np.full(20, pressed),
        urged=np.arange(20) % 2 == 0,
    )
    assert ((paid >= 0) & (paid <= due + owed)).all()


def test_the_more_pressed_the_less_is_paid():
    def collected(pressed):
        paid = pay(
            stream(1, "pay"),
            COUNCIL_TAX_PAYER,
            due=np.full(20_000, 100),
            owed=np.zeros(20_000, dtype=np.int64),
            pressed=np.full(20_000, float(pressed)),
            urged=np.zeros(20_000, dtype=np.bool_),
        )
        return paid.mean()

    rates = [collected(pressed) for pressed in (-3, 0, 1, 2, 3, 4)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > 99.5
    assert rates[-1] < 25


def test_people_pay_on_their_usual_day_or_later():
    usual = np.tile(np.arange(1, 19), 100)
    calm, pressed = (pay_days(stream(1, "days"), usual, np.full(1800, z)) for z in (-1.0, 3.0))
    assert (calm >= usual).all()
    assert calm.max() <= 26
    assert pressed.mean() > calm.mean() + 1
