"""Paying and not paying: one kind of bill of every household, month by month, and the ladder each climbs.

A month goes as it does: the bill falls due on the 1st, a payment comes on the payer's usual day or later or
not at all, the recovery runs look at what was overdue before, and an account that is settled comes off.
"""

from dataclasses import dataclass

import numpy as np

from triage.invented.chance import Floats, Ints, happens
from triage.invented.ladders import SHORTEST_GAP, Ladder
from triage.invented.payers import Payer, pay, pay_days
from triage.invented.timeline import HISTORY_MONTHS, Timeline

BREATHING_SPACE_DAYS = 60  # Debt Respite Scheme Regulations 2020 reg 26
_BREATHING_SPACE_RATE = 0.007
_LEAST_UNIT = 1000.0  # pence: nobody is chased for less than a share of ten pounds

Steps = tuple[Ints, Ints, Ints]
"""Households, days and stages of some steps of a ladder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledgers:
    """Both sides of one kind of bill, and the ladder's steps.

    Attributes:
        charges: Pence due on the 1st of each month (rows) by household (columns).
        payments: Pence paid in it.
        pay_days: Day of the month of the payment.
        step_household: Household of each step of the ladder, in order of date within a household.
        step_on: Day of the step, in days since 1970-01-01.
        step_stage: Stage it came to.
        breathing_space_end: Last day of the latest breathing space begun by `as_of`, in days since
            1970-01-01; 0 without one.
    """

    charges: Ints
    payments: Ints
    pay_days: Ints
    step_household: Ints
    step_on: Ints
    step_stage: Ints
    breathing_space_end: Ints


@dataclass(slots=True, kw_only=True)
class _State:
    """Where every account stands as the months go by."""

    owed: Ints
    unit: Floats
    stage: Ints
    stepped_on: Ints
    respite_until: Ints

    def restart(self, new: Ints) -> None:
        """Begin on a new account, which owes nothing."""
        for each in (self.owed, self.stage, self.stepped_on, self.respite_until):
            each[new] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """One month: its first day, its length, and what fell due and was paid in it and on which day."""

    first: int
    length: int
    due: Ints
    paid: Ints
    day: Ints


def run_ledgers(
    rng: np.random.Generator,
    charges: Ints,
    strain: Floats,
    *,
    payer: Payer,
    ladder: Ladder,
    times: Timeline,
    restarts: Ints,
) -> Ledgers:
    """Live through the months.

    Args:
        rng: Where the dice come from.
        charges: Pence due by month (rows) and household (columns).
        strain: Strain, likewise.
        payer: How they pay.
        ladder: What happens if they don't.
        times: The months.
        restarts: Month in which each household starts on a new account, which owes nothing; -1 for never.
    """
    size = int(charges.shape[1])
    habit = rng.normal(0.0, payer.spread, size)
    usual_day = rng.integers(1, 19, size)
    state, respite = _fresh(size), np.zeros(size, dtype=np.int64)
    payments, days = np.zeros_like(charges), np.zeros_like(charges)
    steps: list[Steps] = []
    for number, due in enumerate(charges):
        state.restart(np.flatnonzero(restarts == number))
        state.unit = np.where(due > 0, due / ladder.units_in_a_bill, state.unit)
        pressed = strain[number] + habit - payer.enforced * (state.stage == len(ladder.chance))
        payments[number] = pay(
            rng, payer, due=due, owed=state.owed, pressed=pressed, urged=state.stage > ladder.serious
        )
        days[number] = pay_days(rng, usual_day, pressed)
        month = _Month(
            first=int(times.starts[number]),
            length=times.length(number),
            due=due,
            paid=payments[number],
            day=days[number],
        )
        steps.append(_climb(rng, state, ladder, month))
        _give_respite(rng, state, ladder, month)
        state.owed += due - payments[number]
        steps.append(_settle(rng, state, ladder, month))
        if number == HISTORY_MONTHS - 1:
            respite = np.where(
                state.respite_until - BREATHING_SPACE_DAYS <= times.today, state.respite_until, 0
            )
    household, on, stage = _in_order(steps)
    return Ledgers(
        charges=charges,
        payments=payments,
        pay_days=days,
        step_household=household,
        step_on=on,
        step_stage=stage,
        breathing_space_end=respite,
    )


def _in_order(steps: list[Steps]) -> tuple[Ints, Ints, Ints]:
    """Household, day and stage of all steps, by household and day."""
    household, on, stage = (np.concatenate(parts) for parts in zip(*steps, strict=True))
    order = np.lexsort((on, household))
    return household[order], on[order], stage[order]


def _fresh(size: int) -> _State:
    owed, stage, stepped_on, respite_until = np.zeros((4, size), dtype=np.int64)
    return _State(
        owed=owed, unit=np.zeros(size), stage=stage, stepped_on=stepped_on, respite_until=respite_until
    )


def _climb(rng: np.random.Generator, state: _State, ladder: Ladder, month: _Month) -> Steps:
    """Take the steps of this month's runs.

    What has been paid by the day of the run goes to this month's bill first, so that someone who is one bill
    behind and pays each month stays overdue; a bill of this month that is not paid yet is not.
    """
    at_risk = np.flatnonzero((state.owed > 0) & (state.stage < len(ladder.chance)))
    stage = state.stage[at_risk]
    run = np.array(ladder.runs)[stage, rng.integers(0, 2, len(at_risk))]
    on = month.first + run - 1
    spare = np.maximum(month.paid[at_risk] - month.due[at_risk], 0) * (month.day[at_risk] < run)
    overdue = (state.owed[at_risk] - spare) / np.maximum(state.unit[at_risk], _LEAST_UNIT)
    free = (on - state.stepped_on[at_risk] >= SHORTEST_GAP) & (on > state.respite_until[at_risk])
    dice = rng.random(len(at_risk)) < np.array(ladder.chance)[stage]
    moves = (overdue >= np.array(ladder.owed)[stage]) & free & dice
    who, when = at_risk[moves], on[moves]
    state.stage[who] += 1
    state.stepped_on[who] = when
    return who, when, state.stage[who]


def _give_respite(rng: np.random.Generator, state: _State, ladder: Ladder, month: _Month) -> None:
    """Let a breathing space begin for a few whose recovery has become serious."""
    open_to = (state.stage >= ladder.serious) & (month.first > state.respite_until)
    begins = np.flatnonzero(open_to & happens(rng, _BREATHING_SPACE_RATE, len(open_to)))
    state.respite_until[begins] = month.first + rng.integers(1, 28, len(begins)) + BREATHING_SPACE_DAYS


def _settle(rng: np.random.Generator, state: _State, ladder: Ladder, month: _Month) -> Steps:
    """Take off the ladder those who owe next to nothing any more, a few days after they paid."""
    off = np.flatnonzero(
        (state.stage > 0) & (state.owed < ladder.settled * np.maximum(state.unit, _LEAST_UNIT))
    )
    on = np.minimum(
        month.first + month.day[off] + rng.integers(0, 4, len(off)), month.first + month.length - 1
    )
    on = np.maximum(on, state.stepped_on[off] + 1)
    state.stage[off] = 0
    state.stepped_on[off] = on
    return off, on, np.zeros(len(off), dtype=np.int64)
