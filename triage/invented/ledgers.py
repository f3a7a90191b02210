"""Paying and not paying: both bills of every household, month by month, and the ladder each climbs.

A month goes as it does: the bill falls due on the 1st, a payment comes on the payer's usual day or later or
not at all, the recovery runs look at what was overdue before, and an account that is settled comes off.
"""

from dataclasses import dataclass

import numpy as np

from triage.invented.chance import Floats, Ints, happens
from triage.invented.ladders import SHORTEST_GAP, Ladder
from triage.invented.timeline import HISTORY_MONTHS, Timeline

BREATHING_SPACE_DAYS = 60  # Debt Respite Scheme Regulations 2020 reg 26
_BREATHING_SPACE_RATE = 0.007
_LAST_PAY_DAY = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """How the payers of one kind of bill behave.

    Attributes:
        misses: Log-odds of paying nothing in a month at strain 0.
        part_pays: Log-odds of paying a part only at strain 0.
        slope: What one unit of strain adds to both.
        parts: Least and most share of the bill that a part payment is.
        clears: Chance in a month that someone who pays in full also clears what is overdue, at strain 0.
        spread: How much payers differ from each other by habit.
        enforced: What the last stage takes off the strain: deductions and court terms make people pay.
    """

    misses: float
    part_pays: float
    slope: float
    parts: tuple[float, float]
    clears: float
    spread: float
    enforced: float


COUNCIL_TAX_PAYER = Payer(
    misses=-3.83, part_pays=-5.2, slope=1.5, parts=(0.3, 0.6), clears=0.20, spread=0.4, enforced=1.0
)
RENT_PAYER = Payer(
    misses=-5.8, part_pays=-3.65, slope=1.5, parts=(0.05, 0.7), clears=0.16, spread=0.4, enforced=1.8
)


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


@dataclass(slots=True)
class _State:
    """Where every account stands as the months go by."""

    owed: Ints
    unit: Floats
    stage: Ints
    stepped_on: Ints
    respite_until: Ints


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
    months, size = charges.shape
    habit = rng.normal(0.0, payer.spread, size)
    usual_day = rng.integers(1, 19, size)
    owed, stage, stepped_on, respite_until = np.zeros((4, size), dtype=np.int64)
    state = _State(owed, np.zeros(size), stage, stepped_on, respite_until)
    payments, pay_days = np.zeros_like(charges), np.zeros(charges.shape, dtype=np.int64)
    steps: list[tuple[Ints, Ints, Ints]] = []
    for month in range(months):
        new = restarts == month
        for each in (state.owed, state.stage, state.stepped_on, state.respite_until):
            each[new] = 0
        due = charges[month]
        state.unit = np.where(due > 0, due / ladder.units_in_a_bill, state.unit)
        pressed = strain[month] + habit - payer.enforced * (state.stage == len(ladder.chance))
        paid = _pay(rng, state, due, pressed, payer=payer, serious=ladder.serious)
        late = np.maximum(
            0.0, rng.normal(0.0, 2.0, size) + np.where(pressed > 1.5, 5 * rng.random(size), 0.0)
        )
        day = np.minimum(usual_day + late.astype(np.int64), _LAST_PAY_DAY)
        steps += _climb(
            rng, state, np.where(paid > 0, day, 32), paid, ladder=ladder, month=month, times=times
        )
        state.owed += due - paid
        steps.append(_settle(rng, state, day, ladder=ladder, month=month, times=times))
        payments[month], pay_days[month] = paid, day
        if month == HISTORY_MONTHS - 1:
            respite = state.respite_until.copy()
    household, on, stage = (np.concatenate(parts) for parts in zip(*steps, strict=True))
    order = np.lexsort((on, household))
    return Ledgers(
        charges=charges,
        payments=payments,
        pay_days=pay_days,
        step_household=household[order],
        step_on=on[order],
        step_stage=stage[order],
        breathing_space_end=np.where(respite - BREATHING_SPACE_DAYS <= times.today, respite, 0),
    )


def _pay(
    rng: np.random.Generator, state: _State, due: Ints, pressed: Floats, *, payer: Payer, serious: int
) -> Ints:
    """What each pays this month."""
    size = len(due)
    misses = 1 / (1 + np.exp(-(payer.misses + payer.slope * pressed)))
    part_pays = 1 / (1 + np.exp(-(payer.part_pays + payer.slope * pressed)))
    dice = rng.random(size)
    low, high = payer.parts
    part = (due * (low + (high - low) * rng.random(size))).astype(np.int64)
    paid = np.where(dice < misses, 0, np.where(dice < misses + part_pays, part, due))
    in_debt = state.owed > 0
    eased = 1 / (1 + np.exp(0.9 * (pressed - 0.5)))
    urged = np.where(state.stage > serious, 1.4, 1.0)
    clears = in_debt & (dice >= misses + part_pays) & (rng.random(size) < 2 * payer.clears * eased * urged)
    more = in_debt & ~clears & (dice >= misses + part_pays) & (rng.random(size) < 0.15)
    extra = np.where(
        clears, state.owed, np.where(more, np.minimum(state.owed, (0.25 * due).astype(np.int64)), 0)
    )
    return paid + extra


def _climb(
    rng: np.random.Generator,
    state: _State,
    day: Ints,
    paid: Ints,
    *,
    ladder: Ladder,
    month: int,
    times: Timeline,
) -> list[tuple[Ints, Ints, Ints]]:
    """Take the steps of this month's recovery runs, on what was overdue before it and is still unpaid."""
    before = state.owed
    taken = []
    at_risk = np.flatnonzero((before > 0) & (state.stage < len(ladder.chance)))
    stage = state.stage[at_risk]
    run = np.array(ladder.runs)[stage, rng.integers(0, 2, len(at_risk))]
    still = before[at_risk] - np.where(day[at_risk] < run, paid[at_risk], 0)
    on = times.starts[month] + run - 1
    enough = still >= np.array(ladder.owed)[stage] * np.maximum(state.unit[at_risk], 1.0)
    free = (on - state.stepped_on[at_risk] >= SHORTEST_GAP) & (on > state.respite_until[at_risk])
    moves = enough & free & (rng.random(len(at_risk)) < np.array(ladder.chance)[stage])
    who, when = at_risk[moves], on[moves]
    state.stage[who] += 1
    state.stepped_on[who] = when
    taken.append((who, when, state.stage[who].copy()))
    respite = (state.stage >= ladder.serious) & (times.starts[month] > state.respite_until)
    respite &= happens(rng, _BREATHING_SPACE_RATE, len(before))
    ends = times.starts[month] + rng.integers(1, 28, len(before)) + BREATHING_SPACE_DAYS
    state.respite_until = np.where(respite, ends, state.respite_until)
    return taken


def _settle(
    rng: np.random.Generator, state: _State, day: Ints, *, ladder: Ladder, month: int, times: Timeline
) -> tuple[Ints, Ints, Ints]:
    """Take off the ladder those who owe next to nothing any more, a few days after they paid."""
    off = np.flatnonzero((state.stage > 0) & (state.owed < ladder.settled * np.maximum(state.unit, 1.0)))
    last = times.starts[month] + times.length(month) - 1
    on = np.minimum(times.starts[month] + day[off] + rng.integers(0, 4, len(off)), last)
    on = np.maximum(on, state.stepped_on[off] + 1)
    state.stage[off] = 0
    state.stepped_on[off] = on
    return off, on, np.zeros(len(off), dtype=np.int64)
