"""Who is liable for council tax where: the accounts behind the council tax files."""

import numpy as np
import polars as pl

from triage.invented.accounts import first_bills
from triage.invented.billing import TaxBills
from triage.invented.chance import happens, spread
from triage.invented.households import Households
from triage.invented.people import heads
from triage.invented.timeline import Timeline
from triage.invented.town import Kind, Place

_FIRST_REF = 40_000_000
_SECOND_NAMED, _IN_ONE_FIELD = 0.74, 0.16
_SON_SECOND, _SON_FIRST = 0.5, 0.12


def open_accounts(
    rng: np.random.Generator,
    households: Households,
    people: pl.DataFrame,
    bills: TaxBills,
    *,
    times: Timeline,
) -> pl.DataFrame:
    """Open every account: of the home lived in, of the home a mover left, and landlords' for shared houses.

    Returns: One row per account, by ref. Columns: ref (str), household (i64, null for a landlord's), home
        (i64), start and end (i64, days since 1970-01-01, end null while it is open), first and until (i64,
        its months of the household's ledger), yearly (i64, pence), liable_1 and liable_2 (i64, rows of
        `people`, null where nobody is named), joint (bool, both are in the first name field).
    """
    accounts = pl.concat([_lived_in(households, bills, times), _left(households, bills, times)])
    accounts = pl.concat([accounts, _landlords(rng, households, times)], how="diagonal_relaxed")
    refs = pl.Series(spread(_FIRST_REF, accounts.height, 4, rng)).cast(pl.String)
    named = _liable(rng, households, people, accounts["household"])
    return accounts.with_columns(ref=refs).with_columns(**named).sort("ref")


def _lived_in(households: Households, bills: TaxBills, times: Timeline) -> pl.DataFrame:
    everyone = pl.DataFrame(
        {
            "household": np.arange(households.size),
            "home": households.home,
            "start": households.start,
            "end": pl.Series([None] * households.size, dtype=pl.Int64),
            "first": np.where(households.moved, first_bills(households.start, times), 0),
            "until": np.full(households.size, times.months),
            "yearly": bills.yearly,
        }
    )
    return everyone.filter(pl.Series(households.own_account & ~bills.unheard_of))


def _left(households: Households, bills: TaxBills, times: Timeline) -> pl.DataFrame:
    heard_of = pl.Series(~bills.unheard_of)
    everyone = pl.DataFrame(
        {
            "household": np.arange(households.size),
            "home": households.previous_home,
            "start": households.previous_start,
            "end": households.start,
            "first": np.zeros(households.size, dtype=np.int64),
            "until": np.where(bills.unheard_of, times.months, first_bills(households.start, times)),
            "yearly": bills.yearly_before,
        }
    )
    return everyone.with_columns(end=pl.when(heard_of).then("end")).filter(pl.Series(households.moved))


def _landlords(rng: np.random.Generator, households: Households, times: Timeline) -> pl.DataFrame:
    houses = households.shared_homes
    return pl.DataFrame(
        {
            "home": houses,
            "start": times.today - rng.integers(100, 8000, len(houses)),
            "first": np.zeros_like(houses),
            "until": np.zeros_like(houses),
            "yearly": 160_000 + 10 * rng.integers(0, 4000, len(houses)),
        }
    )


def _liable(
    rng: np.random.Generator, households: Households, people: pl.DataFrame, household: pl.Series
) -> dict[str, pl.Series]:
    """Who is named on each account: the head, mostly a partner too; in some homes the grown-up child."""
    of = household.fill_null(0).to_numpy()
    head, next_place = heads(people, households.size)
    partnered = next_place == Place.PARTNER
    with_child = (next_place == Place.GROWN_CHILD) & (households.kind == Kind.MULTI)
    second = (partnered & happens(rng, _SECOND_NAMED, households.size)) | (
        with_child & happens(rng, _SON_SECOND, households.size)
    )
    child_first = with_child & ~second & happens(rng, _SON_FIRST / (1 - _SON_SECOND), households.size)
    surname = people["surname"]
    same_name = (surname.gather(head) == surname.gather(np.minimum(head + 1, people.height - 1))).to_numpy()
    joint = second & partnered & same_name & happens(rng, _IN_ONE_FIELD / 0.7, households.size)
    named = pl.DataFrame({"one": head + child_first, "two": head + 1, "second": second, "joint": joint})[of]
    theirs = household.is_not_null()
    return {
        "liable_1": named.select(pl.when(theirs).then("one")).to_series(),
        "liable_2": named.select(pl.when(theirs & pl.col("second")).then("two")).to_series(),
        "joint": named["joint"] & theirs,
    }
