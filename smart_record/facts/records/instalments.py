"""Instalments that fell due on many accounts, and which of them were missed.

When is an instalment missed? Payments rarely name what they pay, so they are set against the oldest debt
first. "Still not covered" alone would not do: one month never caught up, or a single penny lost in rounding,
would turn every later instalment into a missed one, though each is paid on time. And a tenant who is charged
by the week and paid Universal Credit by the month is always some weeks behind, until the payment comes.

So an instalment is judged just before the next one falls due, at the latest four weeks after its own day. It
is missed if the account is then further behind than at any instalment of the five weeks before, by more than
a fifth of what fell due in the four weeks up to it. Who pays late or in arrears but keeps up misses nothing;
who pays half of a monthly instalment misses it; a month's payment that does not come is four weekly ones
missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from smart_record.facts.records.places import NO_KEY, IntArray, Places, account_of, ended, key_of, totals

_JUDGED_AFTER: Final = 27
"""Four weeks, the day it fell due counted as the first."""

_FIVE_WEEKS: Final = "35i"
_FOUR_WEEKS: Final = "28i"
_LET_PASS: Final = 5
"""A shortfall of up to a fifth of four weeks' charges is let pass. Months of four and of five weekly charges
differ by as much for a tenant who pays the same each month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalments:
    """What fell due, one entry for each account and day, by account and day.

    Attributes:
        keys: Account and day as one number, ascending, then `NO_KEY`.
        starts: The place of the first instalment of each account.
        charged: Pence of all instalments before this one, over all accounts; one longer than they are.
        judged: Account and day from which each may be judged, as one number; ascending.
        missed: How many of all instalments before this one were missed; one longer than they are.
    """

    keys: IntArray
    starts: Places
    charged: IntArray
    judged: IntArray
    missed: IntArray

    def until(self, keys: IntArray) -> Places:
        """The place after the last instalment of each account up to a key of its own."""
        return np.searchsorted(self.keys, keys, side="right")

    def sum_until(self, places: Places) -> IntArray:
        """Pence charged to each account before a place."""
        return self.charged[places] - self.charged[self.starts]

    def missed_between(self, after: Iterable[IntArray], until: IntArray) -> list[IntArray]:
        """How many that fell due after each of several keys were missed, of those judged by one key."""
        judged = np.searchsorted(self.judged, until, side="right")
        before = [self.until(keys) for keys in after]
        return [self.missed[np.maximum(judged, places)] - self.missed[places] for places in before]

    def first_beyond(self, pence: IntArray) -> IntArray:
        """The key of the first instalment of each account that so much doesn't cover; `NO_KEY` if all are."""
        covered = self.charged[self.starts] + np.maximum(pence, 0)
        found = self.keys[np.searchsorted(self.charged[1:], covered, side="right")]
        return np.where(account_of(found) == np.arange(self.starts.size), found, NO_KEY)


def instalments_of(
    charges: IntArray, pence: IntArray, payments: IntArray, paid: IntArray, accounts: int
) -> Instalments:
    """Judge the instalments of a ledger.

    Args:
        charges: Account and day of every charge, ascending.
        pence: How much each is, above 0.
        payments: Account and day of every payment, ascending.
        paid: Pence paid before each payment, over all accounts; one longer than `payments`.
        accounts: How many accounts there are.
    """
    last_of_day = np.flatnonzero(ended(charges, NO_KEY)[1:] != charges)
    due, charged = charges[last_of_day], np.append(0, np.cumsum(pence)[last_of_day])
    following, four_weeks = ended(due, NO_KEY)[1:], due + _JUDGED_AFTER
    first_days = key_of(np.arange(accounts), 0)
    starts, first_payments = np.searchsorted(due, first_days), np.searchsorted(payments, first_days)
    behind = (
        charged[1:] - paid[np.searchsorted(payments, np.minimum(following - 1, four_weeks), side="right")]
    )
    behind -= (charged[starts] - paid[first_payments])[account_of(due)]
    return Instalments(
        keys=ended(due, NO_KEY),
        starts=starts,
        charged=charged,
        judged=np.minimum(following, four_weeks),
        missed=totals(_missed(due, np.diff(charged), np.maximum(behind, 0))),
    )


def _missed(due: IntArray, amounts: IntArray, behind: IntArray) -> IntArray:
    account = pl.Series(account_of(due))
    frame = pl.DataFrame({"due": pl.Series(due).set_sorted(), "behind": behind, "amount": amounts})
    last = pl.when(pl.lit(account == account.shift(1))).then(pl.col("behind").shift(1)).otherwise(0)
    lately = pl.col("behind").rolling_max_by("due", _FIVE_WEEKS, closed="left")
    charged = pl.col("amount").rolling_sum_by("due", _FOUR_WEEKS, closed="right")
    worse = pl.col("behind") - pl.max_horizontal(last, lately)
    return frame.select((worse * _LET_PASS > charged).cast(pl.Int64)).to_series().to_numpy()
