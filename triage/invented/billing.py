"""What council tax and rent each household is charged, month by month."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from triage.invented.accounts import first_bills
from triage.invented.chance import Flags, Floats, Ints, happens
from triage.invented.claims import Claims
from triage.invented.homes import BAND_RATIOS, BANDS
from triage.invented.households import Households
from triage.invented.timeline import Timeline
from triage.invented.town import ALONE, Tenure

_BAND_D_PENCE = 240_000
_APRIL_RISE, _RENT_RISE = 1.0499, 1.027
_DISCOUNTED = 0.75
_UNHEARD_OF = 0.08
_WEEKLY_RENTS = np.array([9200, 10100, 11000, 11900, 12800, 13700])
_HAD_TENANCY_BEFORE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxBills:
    """Council tax by household.

    Attributes:
        charges: Pence due by month (rows) and household (columns), after discount and reduction.
        yearly: This year's charge of the home lived in, after discount, in pence.
        yearly_before: The same of the home it left.
        discounted: Whether the household has the single person discount.
        unheard_of: Movers whose new home revenues haven't heard of: they are billed for the old one.
        restarts: Month of the first bill of the new account; -1 where there is one account only.
    """

    charges: Ints
    yearly: Ints
    yearly_before: Ints
    discounted: Flags
    unheard_of: Flags
    restarts: Ints


def council_tax_bills(
    rng: np.random.Generator, households: Households, people: pl.DataFrame, claims: Claims, *, times: Timeline
) -> TaxBills:
    """Work out council tax: ten instalments a year, less what a live claim takes off."""
    adults = np.bincount(people["household"], people["adult"], minlength=households.size)
    discounted = np.isin(households.kind, ALONE) & (adults == 1) & happens(rng, 0.97, households.size)
    band = households.homes["band"].replace_strict(list(BANDS), range(len(BANDS)), return_dtype=pl.Int64)
    full = _BAND_D_PENCE * BAND_RATIOS[band.to_numpy()] / 9
    share = np.where(discounted, _DISCOUNTED, 1.0) * households.own_account
    now, before = full[households.home] * share, full[households.previous_home] * share
    unheard_of = households.moved & happens(rng, _UNHEARD_OF, households.size)
    first, first_before = first_bills(households.start, times), first_bills(households.previous_start, times)
    charges = np.zeros((times.months, households.size), dtype=np.int64)
    for month, rises in enumerate(times.april_rises()):
        if not times.instalment_months()[month]:
            continue
        here = (month >= first) & ~unheard_of
        there = households.moved & (month >= first_before) & ~here
        yearly = np.where(here, _tens(now, rises), np.where(there, _tens(before, rises), 0))
        charges[month] = np.rint(yearly // 10 * (1 - np.where(claims.live[month], claims.reduction, 0.0)))
    return TaxBills(
        charges=charges,
        yearly=_tens(now, 0),
        yearly_before=_tens(before, 0),
        discounted=discounted,
        unheard_of=unheard_of,
        restarts=np.where(households.moved & ~unheard_of, first, -1),
    )


def _tens(yearly: Floats, rises: int) -> Ints:
    """A year's charge so many rises in April ago, in whole tens of pence so that it falls into ten."""
    tens: Ints = np.rint(yearly / _APRIL_RISE ** float(rises) / 10).astype(np.int64)
    return tens * 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Rents:
    """Rent of social tenants, by household; zero for others.

    Attributes:
        charges: Pence due by month (rows) and household (columns).
        weekly: This year's weekly rent in pence.
        weekly_before: Weekly rent of the tenancy before; 0 where there was none.
        restarts: Month of the first rent of the new tenancy; -1 where there is one tenancy only.
    """

    charges: Ints
    weekly: Ints
    weekly_before: Ints
    restarts: Ints


def rents(rng: np.random.Generator, households: Households, people: pl.DataFrame, times: Timeline) -> Rents:
    """Work out rents: weekly ones by the size of the household, charged by the month."""
    social = households.tenure == Tenure.SOCIAL
    heads = np.bincount(people["household"], minlength=households.size)
    bedrooms = np.clip(heads - 1 + rng.integers(0, 3, (2, households.size)), 0, len(_WEEKLY_RENTS) - 1)
    had_before = social & households.moved & happens(rng, _HAD_TENANCY_BEFORE, households.size)
    weekly, weekly_before = _WEEKLY_RENTS[bedrooms[0]] * social, _WEEKLY_RENTS[bedrooms[1]] * had_before
    first, first_before = first_bills(households.start, times), first_bills(households.previous_start, times)
    charges = np.zeros((times.months, households.size), dtype=np.int64)
    for month, rises in enumerate(times.april_rises()):
        rent = np.where(month >= first, weekly, np.where(month >= first_before, weekly_before, 0))
        charges[month] = np.rint(np.rint(rent / _RENT_RISE ** float(rises)) * 52 / 12)
    return Rents(
        charges=charges,
        weekly=weekly,
        weekly_before=weekly_before,
        restarts=np.where(had_before, first, -1),
    )
