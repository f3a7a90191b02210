"""What was charged and paid on many accounts, kept so that any past date is answered by bisection.

A council has ten million postings and a model asks for the same figures at eighteen month ends, so the
postings are sorted once, by account and day, and held as running totals: the figure of any account on any
date is then the difference of two places. Knows nothing of households, stages or systems.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from smart_record.facts.instalments import Instalments, instalments_of
from smart_record.facts.places import (
    NO_KEY,
    IntArray,
    Places,
    account_of,
    day_number,
    day_of,
    days,
    ended,
    key_of,
    totals,
)

SMALL_CHANGE_PENCE: Final = 100
"""Less than a pound is no debt to act on: charges and payments are rounded differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Postings of `accounts` accounts, numbered from 0, as running totals.

    Every answer is a series with one value for each account, in the order of their numbers.

    Attributes:
        accounts: How many accounts there are, with or without postings.
        keys: Account and day of each posting as one number, ascending, then `NO_KEY`.
        starts: The place of the first posting of each account.
        charged: Pence charged in all rows before this one.
        paid: Pence paid, net of refunds, in all rows before this one.
        payment_keys: Greatest key of a payment up to and with this row, -1 before the first; then -1.
        instalments: The charges, one for each account and day.
    """

    accounts: int
    keys: IntArray
    starts: Places
    charged: IntArray
    paid: IntArray
    payment_keys: IntArray
    instalments: Instalments

    def until(self, day: date) -> Places:
        """The place after the last posting of each account dated `day` or earlier."""
        return np.searchsorted(self.keys, self._keys_on(day), side="right")

    def first_posted(self) -> pl.Series:
        """The date of the first posting of each account, null where there is none."""
        found = self.keys[self.starts]
        return days(found, known=account_of(found) == np.arange(self.accounts))

    def last_posted(self, until: Places) -> pl.Series:
        """The date of the last posting up to a place, null where there is none."""
        return days(self.keys[until - 1], known=until > self.starts)

    def last_payment(self, until: Places) -> pl.Series:
        """The date of the last payment up to a place, null where there is none."""
        found = self.payment_keys[until - 1]
        return days(found, known=found >= key_of(np.arange(self.accounts), 0))

    def balance(self, until: Places) -> pl.Series:
        """Pence charged less pence paid up to a place, null where nothing was posted."""
        starts = self.starts
        owed = (self.charged[until] - self.charged[starts]) - (self.paid[until] - self.paid[starts])
        return pl.select(pl.when(pl.lit(pl.Series(until > starts))).then(pl.Series(owed))).to_series()

    def charged_between(self, after: date, until: date) -> pl.Series:
        """Pence charged later than `after` and no later than `until`."""
        return pl.Series(self.charged[self.until(until)] - self.charged[self.until(after)])

    def paid_between(self, after: date, until: date) -> pl.Series:
        """Pence paid, net of refunds, later than `after` and no later than `until`."""
        return pl.Series(self.paid[self.until(until)] - self.paid[self.until(after)])

    def instalments_due(self, after: date, until: date) -> pl.Series:
        """How many instalments fell due later than `after` and no later than `until`."""
        keys = self.instalments.keys
        return pl.Series(
            np.searchsorted(keys, self._keys_on(until), side="right")
            - np.searchsorted(keys, self._keys_on(after), side="right")
        )

    def instalments_missed(self, after: date, until: date) -> pl.Series:
        """How many instalments fell due later than `after` and were missed by `until`.

        One that may not be judged yet by `until` does not count.
        """
        missed = self.instalments.missed
        before = np.searchsorted(self.instalments.keys, self._keys_on(after), side="right")
        judged = np.searchsorted(self.instalments.judged, self._keys_on(until), side="right")
        return pl.Series(missed[np.maximum(judged, before)] - missed[before])

    def oldest_unpaid(self, until: Places, on: date) -> pl.Series:
        """When the oldest instalment fell due that the payments up to a place don't cover, if one did.

        Payments are set against the oldest instalment first, whatever they were meant for; one that is short
        of less than `SMALL_CHANGE_PENCE` counts as covered.
        """
        paid = self.paid[until] - self.paid[self.starts]
        cover = paid + SMALL_CHANGE_PENCE - 1
        found = self.instalments.first_beyond(np.arange(self.accounts), cover)
        keys = self.instalments.keys[found]
        own = (account_of(keys) == np.arange(self.accounts)) & (keys <= self._keys_on(on))
        return days(keys, known=own)

    def charges_between(self, after: date, until: date) -> pl.DataFrame:
        """What fell due later than `after` and no later than `until`.

        Returns:
            One row for each account and day on which something fell due. Columns: account, due_on,
            amount_pence.
        """
        keys, amounts = self.instalments.keys[:-1], self.instalments.amounts
        day = day_of(keys)
        within = (day > day_number(after)) & (day <= day_number(until))
        due_on = days(keys[within], known=np.ones(int(within.sum()), dtype=np.bool_))
        return pl.DataFrame(
            {
                "account": pl.Series(account_of(keys[within])).cast(pl.UInt32),
                "due_on": due_on,
                "amount_pence": amounts[within],
            }
        )

    def _keys_on(self, day: date) -> IntArray:
        return key_of(np.arange(self.accounts), day_number(day))


def open_ledger(postings: pl.DataFrame, *, accounts: int) -> Ledger:
    """Sort the postings of numbered accounts into a ledger.

    Args:
        postings: One row a posting, in any order. Columns: account (its number), posted_on, kind
            (`charge` or `payment`), amount_pence (a charge is above 0, a payment below; a negative charge
            or a positive payment is taken as what it does to the balance: a credit or a refund).
        accounts: How many accounts there are; the numbers run from 0.
    """
    flat = postings.select(
        key=pl.col("account").cast(pl.Int64) * key_of(1, 0)
        + pl.col("posted_on").to_physical().clip(0, 65535),
        amount="amount_pence",
        charge=(pl.col("kind") == "charge") & (pl.col("amount_pence") > 0),
        payment=(pl.col("kind") == "payment") & (pl.col("amount_pence") < 0),
    )
    keys, amounts = flat["key"].to_numpy(), flat["amount"].to_numpy()
    charge, payment = flat["charge"].to_numpy(), flat["payment"].to_numpy()
    if not flat["key"].is_sorted():
        order = np.argsort(keys, kind="stable")
        keys, amounts, charge, payment = keys[order], amounts[order], charge[order], payment[order]
    charged, paid = totals(np.where(charge, amounts, 0)), totals(np.where(charge, 0, -amounts))
    starts = np.searchsorted(keys, key_of(np.arange(accounts), 0), side="left")
    return Ledger(
        accounts=accounts,
        keys=ended(keys, NO_KEY),
        starts=starts,
        charged=charged,
        paid=paid,
        payment_keys=ended(np.maximum.accumulate(np.where(payment, keys, -1)), -1),
        instalments=instalments_of(keys, starts, charge, charged, paid),
    )
