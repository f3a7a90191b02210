"""What was charged and paid on many accounts, kept so that any past date is answered by bisection.

A council has ten million postings and a model asks for the same figures at eighteen month ends, so the
postings are sorted once, by account and day, and held as running totals: the figure of any account on any
date is then the difference of two places. Knows nothing of households, stages or systems.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from smart_record.facts.records.instalments import Instalments, instalments_of
from smart_record.facts.records.places import (
    LAST_DAY,
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
class Payments:
    """Everything posted that is not a charge: payments, refunds, credits; by account and day.

    Attributes:
        keys: Account and day as one number, ascending, then `NO_KEY`.
        starts: The place of the first of each account.
        paid: Pence of all before this one, net of refunds, over all accounts; one longer than they are.
        latest: Greatest key of a payment proper up to and with this one, -1 before the first; then -1.
    """

    keys: IntArray
    starts: Places
    paid: IntArray
    latest: IntArray

    def until(self, keys: IntArray) -> Places:
        """The place after the last one of each account up to a key of its own."""
        return np.searchsorted(self.keys, keys, side="right")

    def sum_until(self, places: Places) -> IntArray:
        """Pence paid to each account before a place."""
        return self.paid[places] - self.paid[self.starts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Postings of `accounts` accounts, numbered from 0.

    Every answer is a series with one value for each account, in the order of their numbers.
    """

    accounts: int
    instalments: Instalments
    payments: Payments

    def first_posted(self) -> pl.Series:
        """The date of the first posting of each account, null where there is none."""
        due, paid = self.instalments, self.payments
        found = np.minimum(due.keys[due.starts], paid.keys[paid.starts])
        return days(found, known=account_of(found) == np.arange(self.accounts))

    def standing(self, on: date) -> pl.DataFrame:
        """How each account stands on a day.

        Payments are set against the oldest instalment first, whatever they were meant for; one that is short
        of less than `SMALL_CHANGE_PENCE` counts as covered.

        Returns:
            One row an account, by number. Columns: balance (pence charged less pence paid by the day; null
            where nothing was posted), last_posted_on, last_payment_on, oldest_unpaid_on (when the oldest
            instalment fell due that payments don't cover); each null where there is none.
        """
        due, paid, keys = self.instalments, self.payments, self._keys_on(on)
        due_until, paid_until = due.until(keys), paid.until(keys)
        last_due = np.where(due_until > due.starts, due.keys[due_until - 1], -1)
        last_paid = np.where(paid_until > paid.starts, paid.keys[paid_until - 1], -1)
        payment, posted = paid.latest[paid_until - 1], np.maximum(last_due, last_paid)
        cover = paid.sum_until(paid_until)
        unpaid = due.first_beyond(cover + SMALL_CHANGE_PENCE - 1)
        return pl.DataFrame(
            {
                "balance": pl.Series(due.sum_until(due_until) - cover),
                "last_posted_on": days(posted, known=posted >= 0),
                "last_payment_on": days(payment, known=payment >= self._keys_on(date.min)),
                "oldest_unpaid_on": days(unpaid, known=unpaid <= keys),
            }
        ).with_columns(pl.when(pl.col("last_posted_on").is_not_null()).then("balance").alias("balance"))

    def balance(self, on: date) -> pl.Series:
        """Pence charged less pence paid by a day, null where nothing was posted."""
        due, paid, keys = self.instalments, self.payments, self._keys_on(on)
        due_until, paid_until = due.until(keys), paid.until(keys)
        owed = due.sum_until(due_until) - paid.sum_until(paid_until)
        posted = (due_until > due.starts) | (paid_until > paid.starts)
        return pl.select(pl.when(pl.lit(pl.Series(posted))).then(pl.Series(owed))).to_series()

    def charged_between(self, after: date, until: date) -> pl.Series:
        """Pence charged later than `after` and no later than `until`."""
        due = self.instalments
        return pl.Series(
            due.charged[due.until(self._keys_on(until))] - due.charged[due.until(self._keys_on(after))]
        )

    def paid_between(self, after: date, until: date) -> pl.Series:
        """Pence paid, net of refunds, later than `after` and no later than `until`."""
        paid = self.payments
        return pl.Series(
            paid.paid[paid.until(self._keys_on(until))] - paid.paid[paid.until(self._keys_on(after))]
        )

    def instalments_due(self, after: date, until: date) -> pl.Series:
        """How many instalments fell due later than `after` and no later than `until`."""
        due = self.instalments
        return pl.Series(due.until(self._keys_on(until)) - due.until(self._keys_on(after)))

    def instalments_missed(self, after: Iterable[date], until: date) -> list[pl.Series]:
        """How many instalments fell due later than each of several days and were missed by `until`.

        One that may not be judged yet by `until` does not count.
        """
        keys = [self._keys_on(day) for day in after]
        return [pl.Series(counts) for counts in self.instalments.missed_between(keys, self._keys_on(until))]

    def charges_between(self, after: date, until: date) -> pl.DataFrame:
        """What fell due later than `after` and no later than `until`.

        Returns:
            One row for each account and day on which something fell due. Columns: account, due_on,
            amount_pence.
        """
        keys = self.instalments.keys[:-1]
        day = day_of(keys)
        within = np.flatnonzero((day > day_number(after)) & (day <= day_number(until)))
        charged = self.instalments.charged
        return pl.DataFrame(
            {
                "account": pl.Series(account_of(keys[within])).cast(pl.UInt32),
                "due_on": pl.Series(day[within]).cast(pl.Int32).cast(pl.Date),
                "amount_pence": charged[within + 1] - charged[within],
            }
        )

    def missed_by(self, until: date) -> pl.DataFrame:
        """The instalments that were missed, of those judged by a day.

        Returns:
            One row a missed instalment, by account and day. Columns: account, happened_on (it fell due),
            known_on (it could be judged).
        """
        due = self.instalments
        told = (np.diff(due.missed) > 0) & (day_of(due.judged) <= day_number(until))
        return _dated(account=due.keys[:-1][told], happened_on=due.keys[:-1][told], known_on=due.judged[told])

    def paid_by(self, until: date) -> pl.DataFrame:
        """The days on which something was paid, no later than a day; refunds and credits left out.

        Returns:
            One row for each account and day, by both. Columns: account, happened_on.
        """
        latest = np.unique(self.payments.latest[:-1])
        keys = latest[(latest >= 0) & (day_of(latest) <= day_number(until))]
        return _dated(account=keys, happened_on=keys)

    def _keys_on(self, day: date) -> IntArray:
        return key_of(np.arange(self.accounts), day_number(day))


def open_ledger(postings: pl.DataFrame, numbers: pl.DataFrame) -> Ledger:
    """Sort the postings of numbered accounts into a ledger.

    Args:
        postings: One row a posting, in any order. Columns: record_ref, posted_on, kind (`charge` or
            `payment`), amount_pence (a charge is above 0, a payment below; a negative charge or a positive
            payment is taken as what it does to the balance: a credit or a refund).
        numbers: One row an account. Columns: record_ref, account (its number, from 0 in a row). Postings of
            other accounts are left out.
    """
    key = pl.col("account").cast(pl.Int64) * key_of(1, 0) + pl.col("day")
    keyed = (
        postings.lazy()
        .select(
            "record_ref",
            "amount_pence",
            day=pl.col("posted_on").to_physical().clip(0, LAST_DAY),
            charge=(pl.col("kind") == "charge") & (pl.col("amount_pence") > 0),
            proper=(pl.col("kind") == "payment") & (pl.col("amount_pence") < 0),
        )
        .join(numbers.lazy(), on="record_ref")
        .select("amount_pence", "charge", "proper", key=key)
        .collect()
    )
    charges, pence = _sorted(keyed.filter("charge").select("key", "amount_pence"))
    payments = _payments_of(keyed.filter(~pl.col("charge")), numbers.height)
    instalments = instalments_of(charges, pence, payments.keys[:-1], payments.paid, numbers.height)
    return Ledger(accounts=numbers.height, instalments=instalments, payments=payments)


def _dated(*, account: IntArray, **days_of: IntArray) -> pl.DataFrame:
    """Keys as columns: the account of the first, the days of the others by name."""
    columns = {name: pl.Series(day_of(keys)).cast(pl.Int32).cast(pl.Date) for name, keys in days_of.items()}
    return pl.DataFrame({"account": pl.Series(account_of(account)).cast(pl.UInt32), **columns})


def _payments_of(credit: pl.DataFrame, accounts: int) -> Payments:
    keys, pence, proper = _sorted(credit.select("key", "amount_pence", "proper"))
    return Payments(
        keys=ended(keys, NO_KEY),
        starts=np.searchsorted(keys, key_of(np.arange(accounts), 0)),
        paid=totals(-pence),
        latest=ended(np.maximum.accumulate(np.where(proper, keys, -1)), -1),
    )


def _sorted(rows: pl.DataFrame) -> list[IntArray]:
    """The columns of rows in the order of the first one, their key."""
    columns = [rows[name].to_numpy() for name in rows.columns]
    if rows["key"].is_sorted():
        return columns
    order = np.argsort(columns[0], kind="stable")
    return [column[order] for column in columns]
