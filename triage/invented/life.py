"""The life of the invented town: who lives there, what they went through, what they were billed and paid."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from triage.invented import strain as pressure
from triage.invented.billing import Rents, TaxBills, council_tax_bills, rents
from triage.invented.chance import Flags, Floats, stream
from triage.invented.claims import Claims, make_claims
from triage.invented.households import Households, settle
from triage.invented.ladders import COUNCIL_TAX, RENT
from triage.invented.ledgers import Ledgers, run_ledgers
from triage.invented.payers import COUNCIL_TAX_PAYER, RENT_PAYER
from triage.invented.people import populate
from triage.invented.timeline import Timeline, timeline

_RENT_PAID_BY_BENEFIT = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Everything that is so in the town, whatever its files say.

    Attributes:
        times: The months.
        households: Who lives together, where.
        people: Everyone, as `people.populate` gives them.
        claims: Benefit claims.
        strain: How hard each household (columns) finds its bills in each month (rows).
        ill: Whether illness is among the reasons, likewise.
        tax_bills: What council tax each was charged.
        tax: How they paid it.
        rents: What rent each was charged.
        rent: How they paid it.
    """

    times: Timeline
    households: Households
    people: pl.DataFrame
    claims: Claims
    strain: Floats
    ill: Flags
    tax_bills: TaxBills
    tax: Ledgers
    rents: Rents
    rent: Ledgers


def live(size: int, *, seed: int, as_of: date, say: Callable[[str], None]) -> Life:
    """Let a town of `size` households live through thirty months before `as_of` and seven after."""
    times = timeline(as_of)
    say("homes and people")
    households = settle(stream(seed, "households"), size=size, times=times)
    people = populate(stream(seed, "people"), households, times)
    say("their circumstances")
    blows, claims = _circumstances(households, times, seed)
    felt = pressure.strain(stream(seed, "strain"), households, blows)
    say("what they pay")
    tax_bills = council_tax_bills(stream(seed, "council tax bills"), households, people, claims, times=times)
    tax = run_ledgers(
        stream(seed, "council tax"),
        tax_bills.charges,
        felt,
        payer=COUNCIL_TAX_PAYER,
        ladder=COUNCIL_TAX,
        times=times,
        restarts=tax_bills.restarts,
    )
    owed = rents(stream(seed, "rents"), households, people, times)
    rent = run_ledgers(
        stream(seed, "rent"),
        owed.charges,
        felt - _RENT_PAID_BY_BENEFIT * (claims.live & claims.covers_rent),
        payer=RENT_PAYER,
        ladder=RENT,
        times=times,
        restarts=owed.restarts,
    )
    return Life(
        times=times,
        households=households,
        people=people,
        claims=claims,
        strain=felt,
        ill=blows[1][1],
        tax_bills=tax_bills,
        tax=tax,
        rents=owed,
        rent=rent,
    )


def _circumstances(
    households: Households, times: Timeline, seed: int
) -> tuple[list[tuple[pressure.Shock, Flags]], Claims]:
    """Shocks and claims: a job lost makes a claim likelier, and a benefit that stops is a shock."""
    rng, months = stream(seed, "shocks"), times.months
    shocks = (pressure.JOB_LOSS, pressure.ILLNESS, pressure.PARTING)
    exposed = pressure.exposure(households)
    blows = [
        (shock, pressure.lived_through(rng, shock, open_to, months))
        for shock, open_to in zip(shocks, exposed, strict=True)
    ]
    claims = make_claims(stream(seed, "claims"), households, blows[0][1], times)
    return [*blows, (pressure.BENEFIT_STOPPED, pressure.after_stops(rng, claims.stopped))], claims
