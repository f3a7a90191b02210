"""How hard each household finds its bills, month by month: the hidden cause of what the ledgers show.

A household's strain is what it has always been (tenure, kind, ward, itself), the shocks it is living through
(a job lost, illness, a parting, a benefit stopped) and a little of last month's. Both bills answer to it, so
that a household that cannot pay one is rarely paying the other; no file holds it.
"""

from dataclasses import dataclass

import numpy as np

from triage.invented.chance import Flags, Floats, happens
from triage.invented.homes import deprivation
from triage.invented.households import Households
from triage.invented.town import COUPLED, PENSION_AGE, Kind

BURN_IN = 12
_TENURE = (-0.65, 0.2, 0.4)
_KIND = {
    Kind.SINGLE: 0.1,
    Kind.COUPLE: -0.2,
    Kind.FAMILY: 0.0,
    Kind.LONE: 0.4,
    Kind.PENSIONER: -0.6,
    Kind.PENS_COUPLE: -0.75,
    Kind.MULTI: 0.0,
    Kind.SHARERS: 0.25,
}
_MEMORY, _WEATHER = 0.6, 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """One kind of blow: how often it falls, how hard, and how soon it passes (both a month)."""

    onset: float
    weight: float
    recovery: float


JOB_LOSS = Shock(onset=0.0100, weight=2.0, recovery=0.18)
ILLNESS = Shock(onset=0.0055, weight=1.3, recovery=0.13)
PARTING = Shock(onset=0.0040, weight=1.6, recovery=0.14)
BENEFIT_STOPPED = Shock(onset=0.0, weight=1.5, recovery=0.20)


def lived_through(rng: np.random.Generator, shock: Shock, exposed: Floats, months: int) -> Flags:
    """Whether each household (columns) is living through a shock in each month (rows)."""
    now = np.zeros(len(exposed), dtype=np.bool_)
    seen = np.zeros((months, len(exposed)), dtype=np.bool_)
    for month in range(-BURN_IN, months):
        passes = happens(rng, shock.recovery, len(now))
        now = (now & ~passes) | happens(rng, shock.onset * exposed, len(now))
        if month >= 0:
            seen[month] = now
    return seen


def exposure(households: Households) -> tuple[Floats, Floats, Floats]:
    """How open each household is to losing a job, to illness and to a parting; 1 is usual."""
    pension_age = np.isin(households.kind, PENSION_AGE)
    harder = 1.0 + 0.5 * deprivation()[households.ward]
    return (
        np.where(pension_age, 0.0, harder),
        np.where(pension_age, 1.6, harder),
        np.where(np.isin(households.kind, COUPLED) & ~pension_age, 1.0, 0.0),
    )


def after_stops(rng: np.random.Generator, stopped: Flags) -> Flags:
    """For how long a stopped benefit is felt: from the month it stopped, less each month after."""
    felt = np.zeros_like(stopped)
    felt[0] = stopped[0]
    for month in range(1, len(stopped)):
        passes = happens(rng, BENEFIT_STOPPED.recovery, stopped.shape[1])
        felt[month] = stopped[month] | (felt[month - 1] & ~passes)
    return felt


def strain(rng: np.random.Generator, households: Households, blows: list[tuple[Shock, Flags]]) -> Floats:
    """Strain of each household (columns) in each month (rows): about -3 (at ease) to 5."""
    size, months = households.size, len(blows[0][1])
    always = (
        np.array(_TENURE)[households.tenure]
        + np.array([_KIND[kind] for kind in Kind])[households.kind]
        + 0.35 * deprivation()[households.ward]
        + rng.normal(0.0, 0.65, size)
    )
    weather = rng.normal(0.0, _WEATHER / np.sqrt(1 - _MEMORY**2), size)
    felt = np.empty((months, size))
    for month in range(months):
        weather = _MEMORY * weather + rng.normal(0.0, _WEATHER, size)
        felt[month] = always + weather
        for shock, seen in blows:
            felt[month] += shock.weight * seen[month]
    return felt
