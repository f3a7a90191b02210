"""How people pay a monthly bill: in full, in part, not at all, with something towards what they owe."""

from dataclasses import dataclass

import numpy as np

from triage.invented.chance import Flags, Floats, Ints

_LAST_DAY = 26
_LATE_ABOVE = 1.5
_PAYS_SOME_BACK = 0.15
_CALMS = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """How the payers of one kind of bill behave.

    Attributes:
        misses: Log-odds of paying nothing in a month at strain 0.
        part_pays: Log-odds of paying a part only at strain 0.
        slope: What one unit of strain adds to both.
        parts: Least and most share of the bill that a part payment is.
        clears: Chance in a month that someone who pays in full also clears what is overdue, at strain 0.5.
        urged: By how much that is likelier once recovery is serious.
        spread: How much payers differ from each other by habit.
        enforced: What the last stage takes off the strain: deductions and court terms make people pay.
    """

    misses: float
    part_pays: float
    slope: float
    parts: tuple[float, float]
    clears: float
    urged: float
    spread: float
    enforced: float


COUNCIL_TAX_PAYER = Payer(
    misses=-4.38,
    part_pays=-5.6,
    slope=1.6,
    parts=(0.3, 0.6),
    clears=0.22,
    urged=1.4,
    spread=0.3,
    enforced=0.3,
)
RENT_PAYER = Payer(
    misses=-6.0,
    part_pays=-4.25,
    slope=1.6,
    parts=(0.05, 0.7),
    clears=0.16,
    urged=1.4,
    spread=0.3,
    enforced=1.8,
)


def pay(
    rng: np.random.Generator, payer: Payer, *, due: Ints, owed: Ints, pressed: Floats, urged: Flags
) -> Ints:
    """What each pays this month, in pence.

    Args:
        rng: Where the dice come from.
        payer: How they behave.
        due: What falls due this month.
        owed: What they owed before it.
        pressed: Their strain, habits included.
        urged: Whether recovery has become serious.
    """
    size = len(due)
    misses, part_pays = (_chance(odds + payer.slope * pressed) for odds in (payer.misses, payer.part_pays))
    dice = rng.random(size)
    low, high = payer.parts
    part = (due * (low + (high - low) * rng.random(size))).astype(np.int64)
    in_full = dice >= misses + part_pays
    paid = np.where(dice < misses, 0, np.where(in_full, due, part))
    in_debt = in_full & (owed > 0)
    wills = 2 * payer.clears * _chance(_CALMS * (0.5 - pressed)) * np.where(urged, payer.urged, 1.0)
    clears = in_debt & (rng.random(size) < wills)
    some = (due * (0.1 + 0.5 * rng.random(size))).astype(np.int64)
    pays_some_back = in_debt & (rng.random(size) < _PAYS_SOME_BACK)
    extra: Ints = np.where(clears, owed, np.where(pays_some_back, np.minimum(owed, some), 0))
    return paid + extra


def _chance(odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), dtype=np.float64)


def pay_days(rng: np.random.Generator, usual: Ints, pressed: Floats) -> Ints:
    """The day of the month each pays on: the usual one or some days later, later still under strain."""
    late = np.maximum(0.0, rng.normal(0.0, 2.0, len(usual)))
    later = np.where(pressed > _LATE_ABOVE, 5 * rng.random(len(usual)), 0.0)
    return np.minimum(usual + (late + later).astype(np.int64), _LAST_DAY)
