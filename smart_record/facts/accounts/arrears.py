"""What a household owes on its accounts as of a date, and how that came about: the same for tax and rent.

An account's arrears are the charges that have fallen due less what has been paid, never below zero: what is
paid beyond is credit. Current and ended accounts are kept apart. An account on which nothing has been posted
yet adds nothing; where no account has a posting the figure is not known, for an empty ledger is not a clear
one. What the ledger can't show, since it begins later, is not known either: a count of missed payments needs
a ledger that reaches back over its whole window, or an account that began within it.
"""

from datetime import date, timedelta
from typing import Final

import polars as pl

from smart_record.facts.records.books import Book, Moment, standing
from smart_record.facts.terms.months import financial_year_eve, months_before
from smart_record.facts.terms.unknown import sum_of_all, sum_of_known

LEVEL_WITHIN_PENCE: Final = 500
"""Arrears that differ by less are level: pennies lost in rounding are no trend."""

WINDOWS: Final = (3, 6, 12)
"""Months over which missed payments are counted."""


def account_state(book: Book, moment: Moment) -> pl.DataFrame:
    """Each account of a book as of a moment.

    Returns:
        One row an account that had begun, or may have. Columns: those of `Book.accounts`, current (null
        where not known), account (its number), rank and stage_on (its stage), and where there is a ledger
        balance (pence; null before the first posting), balance_before (three months ago), due_12m, missed_3m,
        missed_6m, missed_12m, missed_this_year, last_payment_on, oldest_unpaid_on, last_posted_on.
    """
    stages = book.stages.reached(moment.as_of, at_extract=moment.at_extract)
    state = book.accounts.with_columns(account=pl.int_range(pl.len(), dtype=pl.UInt32)).hstack(stages)
    return standing(_with_ledger(state, book, moment.as_of), moment)


def _with_ledger(state: pl.DataFrame, book: Book, as_of: date) -> pl.DataFrame:
    ledger = book.ledger
    if ledger is None:
        return state
    quarter_ago = months_before(as_of, 3)
    missed = {f"missed_{months}m": months_before(as_of, months) for months in WINDOWS}
    missed["missed_this_year"] = financial_year_eve(as_of)
    counts = dict(zip(missed, ledger.instalments_missed(missed.values(), as_of), strict=True))
    counts["due_12m"] = ledger.instalments_due(missed["missed_12m"], as_of)
    starts = {**missed, "due_12m": missed["missed_12m"]}
    return (
        state.hstack(ledger.standing(as_of))
        .with_columns(
            first_posted_on=ledger.first_posted(), balance_before=ledger.balance(quarter_ago), **counts
        )
        .with_columns(pl.when(reaches_back(after)).then(name).alias(name) for name, after in starts.items())
        .with_columns(balance_before=balance_or_new("balance_before", quarter_ago))
    )


def reaches_back(after: date) -> pl.Expr:
    """Whether an account's ledger shows all that was posted later than `after`."""
    day_one = after + timedelta(days=1)
    return (pl.col("first_posted_on") <= day_one) | (pl.col("began_on") > after)


def balance_or_new(balance: str, on: date) -> pl.Expr:
    """A past balance of an account: 0 before it began, null where the ledger does not reach back."""
    return pl.coalesce(balance, pl.when(pl.col("began_on") > on).then(0))


def arrears_facts(state: pl.DataFrame, topic: str) -> pl.DataFrame:
    """What the current accounts of each household say.

    Args:
        state: As `account_state` returns it, with a ledger.
        topic: First part of the fact names.

    Returns:
        One row a household with a posting on a current account. Columns: household, and by topic arrears,
        credit, arrears_trend, last_payment_on.
    """
    posted = state.filter(pl.col("current") & pl.col("balance").is_not_null())
    owed, before = pl.col("balance").clip(0), pl.col("balance_before").clip(0)
    figures = posted.group_by("household").agg(
        owed.sum().alias(f"{topic}__arrears"),
        (owed - pl.col("balance")).sum().alias(f"{topic}__credit"),
        pl.col("last_payment_on").max().alias(f"{topic}__last_payment_on"),
        change=sum_of_all(owed - before),
    )
    return figures.with_columns(trend(pl.col("change")).alias(f"{topic}__arrears_trend")).drop("change")


def trend(change: pl.Expr) -> pl.Expr:
    """The word for a change of arrears in pence, null where the change is not known."""
    return (
        pl.when(change >= LEVEL_WITHIN_PENCE)
        .then(pl.lit("rising"))
        .when(change <= -LEVEL_WITHIN_PENCE)
        .then(pl.lit("falling"))
        .when(change.is_not_null())
        .then(pl.lit("level"))
    )


def missed_facts(state: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """How many payments the household missed on its current accounts.

    Args:
        state: As `account_state` returns it, with a ledger.
        names: The count of each account (`missed_3m`) to the column of the fact.

    Returns:
        One row a household with a posting on a current account. Columns: household and those of `names`.
    """
    posted = state.filter(pl.col("current") & pl.col("balance").is_not_null())
    return posted.group_by("household").agg(
        sum_of_all(pl.col(count)).alias(column) for count, column in names.items()
    )


def former_facts(state: pl.DataFrame, topic: str, moment: Moment) -> pl.DataFrame:
    """What is still owed, or stands to credit, on accounts that have ended.

    A system may keep the balance of an ended account but no longer its postings. Everything on it has
    fallen due, so on the night of the extract its balance column serves; for an earlier date it is not known.

    Returns:
        One row a household with an account. Columns: household, and by topic former_arrears and
        former_credit (pence; 0 where no account of the household has ended).
    """
    ended = pl.col("current").eq(other=False)
    shown = pl.when(moment.at_extract).then("balance_pence")
    balance = pl.coalesce("balance", shown) if "balance" in state.columns else shown
    left = balance.filter(ended)
    owed, over = sum_of_known(left.clip(0)), sum_of_known((-left).clip(0))
    none_ended = ~ended.any(ignore_nulls=False)
    return state.group_by("household").agg(
        pl.when(none_ended).then(0).otherwise(owed).alias(f"{topic}__former_arrears"),
        pl.when(none_ended).then(0).otherwise(over).alias(f"{topic}__former_credit"),
    )


def evidence_facts(state: pl.DataFrame, topic: str) -> pl.DataFrame:
    """The date of the newest posting or stage on any account of each household.

    Returns:
        One row a household with an account. Columns: household, and by topic evidence_on.
    """
    dates = [name for name in ("last_posted_on", "stage_on") if name in state.columns]
    newest = pl.max_horizontal(dates).max().alias(f"{topic}__evidence_on")
    return state.group_by("household").agg(newest)
