"""What an account shows of its ledger on the day the extracts are cut: balance, stage, transactions, history.

A household that moved had an account before this one; each account owns a run of months of the household's
ledger, so that what was paid and owed is told once.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from triage.invented.chance import Ints
from triage.invented.ladders import Ladder
from triage.invented.ledgers import Ledgers
from triage.invented.timeline import HISTORY_MONTHS, Timeline

_ROWS_AT_ONCE = 12_000
_SHOWN_AFTER_DAYS = 14


def first_bills(start: Ints, times: Timeline) -> Ints:
    """The month of the first bill of accounts opened on these days; 0 where that was before the history."""
    return np.where(start < times.starts[0], 0, times.month_of(start) + 1)


def shown_payments(ledgers: Ledgers, times: Timeline) -> Ints:
    """Payments by month and household, as far as they had come by `as_of`."""
    paid = ledgers.payments[:HISTORY_MONTHS].copy()
    paid[-1][ledgers.pay_days[HISTORY_MONTHS - 1] > times.as_of.day] = 0
    return paid


def with_standing(accounts: pl.DataFrame, ledgers: Ledgers, ladder: Ladder, times: Timeline) -> pl.DataFrame:
    """Add what each account owes and where it stands on the ladder on `as_of`.

    Args:
        accounts: One row per account, with household, first and until (its months, the last one excluded).
        ledgers: The ledgers of the households.
        ladder: The ladder they climb.
        times: The months.

    Returns: `accounts` with balance (i64, pence), stage (str), stage_on and breathing_space_end (i64, days
        since 1970-01-01, null where it never left the foot of the ladder, where there is none lately).
    """
    owed = np.cumsum(ledgers.charges[:HISTORY_MONTHS] - shown_payments(ledgers, times), axis=0)
    owed = np.vstack([np.zeros((1, owed.shape[1]), dtype=np.int64), owed])
    household, first, until = (
        accounts[name].fill_null(0).to_numpy() for name in ("household", "first", "until")
    )
    respite = np.where(until >= HISTORY_MONTHS, ledgers.breathing_space_end[household], 0)
    balance = (
        owed[np.minimum(until, HISTORY_MONTHS), household]
        - owed[np.minimum(first, HISTORY_MONTHS), household]
    )
    last = steps_of(accounts, ledgers, times).group_by("ref").last()
    return (
        accounts.with_columns(
            balance=pl.Series(balance),
            breathing_space_end=pl.when(pl.Series(respite >= times.today - _SHOWN_AFTER_DAYS)).then(
                pl.Series(respite)
            ),
        )
        .join(
            last.select("ref", stage=pl.Series(ladder.stages).gather(last["stage"]), stage_on="on"),
            on="ref",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            pl.col("stage").fill_null(ladder.stages[0]),
            breathing_space_end=pl.when(pl.col("stage") != ladder.stages[0]).then("breathing_space_end"),
        )
    )


def steps_of(accounts: pl.DataFrame, ledgers: Ledgers, times: Timeline) -> pl.DataFrame:
    """Steps of the ladder taken by `as_of`, by account and date: columns ref, on (days), stage (number)."""
    steps = pl.DataFrame(
        {"household": ledgers.step_household, "on": ledgers.step_on, "stage": ledgers.step_stage}
    ).filter(pl.col("on") <= times.today)
    opened = pl.Series(times.starts)
    held = accounts.select(
        "ref", "household", since=opened.gather(accounts["first"]), before=opened.gather(accounts["until"])
    )
    return (
        steps.join(held, on="household", how="inner")
        .filter((pl.col("on") >= pl.col("since")) & (pl.col("on") < pl.col("before")))
        .sort("ref", "on")
        .select("ref", "on", "stage")
    )


def transactions(
    accounts: pl.DataFrame, ledgers: Ledgers, times: Timeline, kinds: tuple[str, str]
) -> Iterator[pl.DataFrame]:
    """Bills and payments up to `as_of`, by account and date, some thousand accounts at a time.

    Yields: Frames of ref (str), date (Date), type (str), amount (f64, pounds; payments below zero).
    """
    paid = shown_payments(ledgers, times)
    held = accounts.filter(pl.col("first") < HISTORY_MONTHS).sort("ref")
    for part in held.iter_slices(_ROWS_AT_ONCE):
        household = part["household"].to_numpy()
        month = np.arange(HISTORY_MONTHS)
        mine = (month >= part["first"].to_numpy()[:, None]) & (month < part["until"].to_numpy()[:, None])
        amount = np.stack([ledgers.charges[:HISTORY_MONTHS, household], -paid[:, household]], axis=2)
        amount = amount.transpose(1, 0, 2) * mine[:, :, None]
        day = np.ones_like(amount)
        day[:, :, 1] = ledgers.pay_days[:HISTORY_MONTHS, household].T
        account, when, kind = np.nonzero(amount)
        on = times.starts[when] + day[account, when, kind] - 1
        yield pl.DataFrame(
            {
                "ref": part["ref"].gather(account),
                "date": pl.Series(on.astype(np.int32)).cast(pl.Date),
                "type": pl.Series(kinds).gather(kind),
                "amount": amount[account, when, kind] / 100,
            }
        )
