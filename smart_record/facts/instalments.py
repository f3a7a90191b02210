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

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.facts.places import LAST_DAY, NO_KEY, IntArray, Places, account_of, ended, key_of, totals

_JUDGED_AFTER: Final = 27
"""Four weeks, the day it fell due counted as the first."""

_FIVE_WEEKS: Final = "35i"
_FOUR_WEEKS: Final = "28i"
_LET_PASS: Final = 5
"""A shortfall of up to a fifth of four weeks' charges is let pass. Months of four and of five weekly charges
differ by as much for a tenant who pays the same each month."""

_PENCE_BITS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalments:
    """What fell due, one entry for each account and day, by account and day.

    Attributes:
        keys: Account and day as one number, ascending, then `NO_KEY`.
        amounts: Pence of each.
        reached: Account, and pence charged on it up to and with this instalment, as one number; ascending.
        judged: Account and day from which each may be judged, as one number; ascending.
        missed: How many of the instalments before this one were missed.
    """

    keys: IntArray
    amounts: IntArray
    reached: IntArray
    judged: IntArray
    missed: IntArray

    def first_beyond(self, accounts: IntArray, paid: IntArray) -> npt.NDArray[np.intp]:
        """The place of the first instalment of each account that `paid` pence don't cover.

        It may be the first of a later account, or none: the caller looks whose it is.
        """
        wanted = key_of_pence(accounts, paid)
        return np.searchsorted(self.reached, wanted, side="right")


def instalments_of(
    keys: IntArray, starts: Places, charge: npt.NDArray[np.bool_], charged: IntArray, paid: IntArray
) -> Instalments:
    """Draw the instalments out of a sorted ledger and judge each.

    Args:
        keys: Account and day of every posting, ascending.
        starts: The place of the first posting of each account.
        charge: Which postings are charges.
        charged: Pence charged before each posting, over all accounts; one longer than `keys`.
        paid: Pence paid before each posting, over all accounts; one longer than `keys`.
    """
    rows = np.flatnonzero(charge)
    rows = rows[ended(keys[rows], NO_KEY)[1:] != keys[rows]]
    due, up_to = keys[rows], charged[rows + 1]
    account = account_of(due)
    reached = up_to - charged[starts][account]
    four_weeks = np.minimum(due + _JUDGED_AFTER, key_of(account, LAST_DAY))
    following = ended(due, NO_KEY)[1:]
    covered = paid[np.searchsorted(keys, np.minimum(following - 1, four_weeks), side="right")]
    behind = np.maximum(reached - (covered - paid[starts][account]), 0)
    amounts = np.diff(up_to, prepend=0)
    return Instalments(
        keys=ended(due, NO_KEY),
        amounts=amounts,
        reached=key_of_pence(account, reached),
        judged=np.minimum(following, four_weeks),
        missed=totals(_missed(due, amounts, behind)),
    )


def key_of_pence(accounts: IntArray, pence: IntArray) -> IntArray:
    """Account and an amount from 0 up as one number that sorts by account, then amount."""
    return (accounts << _PENCE_BITS) + np.clip(pence, 0, (1 << _PENCE_BITS) - 1)


def _missed(due: IntArray, amounts: IntArray, behind: IntArray) -> IntArray:
    account = pl.Series(account_of(due))
    frame = pl.DataFrame({"due": pl.Series(due).set_sorted(), "behind": behind, "amount": amounts})
    last = pl.when(pl.lit(account == account.shift(1))).then(pl.col("behind").shift(1)).otherwise(0)
    lately = pl.col("behind").rolling_max_by("due", _FIVE_WEEKS, closed="left")
    charged = pl.col("amount").rolling_sum_by("due", _FOUR_WEEKS, closed="right")
    worse = pl.col("behind") - pl.max_horizontal(last, lately)
    return frame.select((worse * _LET_PASS > charged).cast(pl.Int64)).to_series().to_numpy()
