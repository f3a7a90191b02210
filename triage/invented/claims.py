"""Claims for housing benefit and council tax reduction: who claims, from when to when, why it ended."""

from dataclasses import dataclass

import numpy as np

from triage.invented.chance import Flags, Floats, Ints, draw, happens
from triage.invented.households import Households
from triage.invented.timeline import Timeline
from triage.invented.town import PENSION_AGE, Kind, Tenure

END_REASONS = ("NO REPLY TO REVIEW", "UNKNOWN", "MOVED TO UC", "CHANGE OF CIRCS", "INCOME INCREASE")
_END_SHARES = (0.26, 0.17, 0.2, 0.17, 0.2)
_INCOME_ROSE = 4
PASSPORTS = ("", "UC", "ESA(IR)", "PC(GC)")
_END_RATE = 0.0065
_NEW_RATE = 0.0022
_NEW_AFTER_JOB_LOSS = 0.10
REDUCTIONS = (0.9, 0.72, 0.36, 0.23)  # the council's income bands; people of pension age may get all
_BANDS_UP_TO = (120.0, 190.0, 260.0)
_TAKE_UP = np.array(
    [
        # single, couple, family, lone, pensioner, pens_couple, multi, sharers
        [0.17, 0.10, 0.09, 0.23, 0.13, 0.08, 0.10, 0.16],
        [0.45, 0.32, 0.33, 0.60, 0.35, 0.30, 0.30, 0.35],
        [0.60, 0.45, 0.45, 0.66, 0.45, 0.36, 0.45, 0.45],
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Claims by household and month.

    Attributes:
        live: Whether a claim was live in each month (rows), for each household (columns).
        stopped: Whether a claim ended in that month for another reason than better income.
        began: Start day of the claims, one entry per claim, in days since 1970-01-01.
        ended: End day, one past the last day of the run where it has none.
        reason: Position in `END_REASONS`.
        household: Whose claim.
        passport: Position in `PASSPORTS`, by household.
        income: Weekly income in pence, by household.
        reduction: Share of the council tax bill a live claim takes off, by household.
        covers_rent: Whether a claim pays housing benefit, by household.
    """

    live: Flags
    stopped: Flags
    began: Ints
    ended: Ints
    reason: Ints
    household: Ints
    passport: Ints
    income: Ints
    reduction: Floats
    covers_rent: Flags


def make_claims(rng: np.random.Generator, households: Households, jobless: Flags, times: Timeline) -> Claims:
    """Let households claim, and some of their claims end; a job lost makes a claim likelier."""
    size = households.size
    live = happens(rng, _TAKE_UP[households.tenure, households.kind], size)
    since = _first_starts(rng, live, times)
    seen, stopped = (
        np.zeros((times.months, size), dtype=np.bool_),
        np.zeros((times.months, size), dtype=np.bool_),
    )
    closed: list[tuple[Ints, Ints, Ints, Ints]] = []
    ending = _END_RATE * np.where(np.isin(households.kind, PENSION_AGE), 0.4, 1.0)
    starting = _NEW_RATE * (_TAKE_UP[households.tenure, households.kind] / 0.3)
    for month in range(times.months):
        first = times.starts[month]
        ends = np.flatnonzero(live & happens(rng, ending, size) & (since < first - 60))
        reason = draw(rng, _END_SHARES, len(ends))
        closed.append((ends, since[ends], np.full(len(ends), first), reason))
        stopped[month, ends[reason != _INCOME_ROSE]] = True
        live[ends] = False
        begins = ~live & happens(rng, np.where(jobless[month], _NEW_AFTER_JOB_LOSS, starting), size)
        begins[ends] = False
        live |= begins
        since = np.where(begins, first, since)
        seen[month] = live
    rows = np.flatnonzero(live)
    closed.append((rows, since[rows], np.full(len(rows), times.starts[-1] + 1), np.zeros_like(rows)))
    household, began, ended, reason = (np.concatenate(parts) for parts in zip(*closed, strict=True))
    passport, income = _circumstances(rng, households)
    return Claims(
        live=seen,
        stopped=stopped,
        began=began,
        ended=ended,
        reason=reason,
        household=household,
        passport=passport,
        income=income,
        reduction=_reduction(households, passport, income),
        covers_rent=_covers_rent(rng, households, passport),
    )


def _first_starts(rng: np.random.Generator, live: Flags, times: Timeline) -> Ints:
    """When the claims that were live from the first month had begun: the first of some earlier month."""
    back = np.minimum(rng.exponential(50, len(live)), 180).astype(np.int64)
    months = np.datetime64(int(times.starts[0]), "D").astype("M8[M]") - back
    return np.where(live, months.astype("M8[D]").astype(np.int64), 0)


def _circumstances(rng: np.random.Generator, households: Households) -> tuple[Ints, Ints]:
    """What each household would be passported by, and its weekly income."""
    size = households.size
    pension_age = np.isin(households.kind, PENSION_AGE)
    passport = np.where(pension_age, 3 * draw(rng, (0.55, 0.45), size), draw(rng, (0.33, 0.47, 0.20), size))
    usual = np.select(
        [pension_age, households.kind == Kind.FAMILY, households.kind == Kind.LONE],
        [225.0, 330.0, 285.0],
        200.0,
    )
    income = np.maximum(78.0, rng.normal(usual, 75.0) - 30.0 * (passport > 0))
    return passport, np.rint(income * 100).astype(np.int64)


def _reduction(households: Households, passport: Ints, income: Ints) -> Floats:
    pension_age = np.isin(households.kind, PENSION_AGE)
    band = np.where(passport > 0, 0, np.searchsorted(_BANDS_UP_TO, income / 100))
    return np.where(pension_age & (passport > 0), 1.0, np.array(REDUCTIONS)[band])


def _covers_rent(rng: np.random.Generator, households: Households, passport: Ints) -> Flags:
    """Housing benefit is left to pension age, and to working age not yet moved to Universal Credit."""
    pension_age = np.isin(households.kind, PENSION_AGE)
    not_moved_over = (passport != 1) & happens(rng, 0.6, households.size)
    covered: Flags = (households.tenure != Tenure.OWNER) & (pension_age | not_moved_over)
    return covered
