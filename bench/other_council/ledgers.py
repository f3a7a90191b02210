"""What was charged, paid and chased in the other council: enough for a night to run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from bench.other_council.chance import Chance

_MONTHS = tuple(date(2026, month, 1) for month in range(6, 11))
_FIRST_CHASED, _DAYS_OF_CHASING, _DAYS_BETWEEN = date(2025, 6, 1), 300, timedelta(days=28)

Posting = tuple[str, str, str, str]
Step = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """How a system writes its postings and its steps of recovery."""

    key: str
    day_form: str
    due: str
    paid: str
    stages: tuple[str, ...]


COUNCIL_TAX = Ledger(
    key="account_ref",
    day_form="%d/%m/%Y",
    due="INSTALMENT",
    paid="PAYMENT",
    stages=("REM1", "REM2", "FINAL", "BILL"),
)
RENT = Ledger(
    key="tenancy_ref", day_form="%d-%b-%Y", due="RENT", paid="PAY", stages=("LETTER1", "LETTER2", "NONE")
)


def postings_and_steps(
    chance: Chance, ledger: Ledger, record_refs: Iterable[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The two files of a ledger, record by record."""
    postings: list[Posting] = []
    steps: list[Step] = []
    for record_ref in record_refs:
        postings += _postings(chance, ledger, record_ref)
        steps += _steps(chance, ledger, record_ref)
    return (
        pl.DataFrame(postings, schema=[ledger.key, "date", "type", "amount"], orient="row"),
        pl.DataFrame(steps, schema=[ledger.key, "stage", "date"], orient="row"),
    )


def _postings(chance: Chance, ledger: Ledger, record_ref: str) -> Iterator[Posting]:
    amount = f"{chance.rng.uniform(90, 260):.2f}"
    for month in _MONTHS:
        yield record_ref, month.strftime(ledger.day_form), ledger.due, amount
        if chance.habit(0.93):
            paid = month + timedelta(days=chance.whole(0, 25))
            yield record_ref, paid.strftime(ledger.day_form), ledger.paid, f"-{amount}"


def _steps(chance: Chance, ledger: Ledger, record_ref: str) -> Iterator[Step]:
    if chance.habit(0.3):
        day = _FIRST_CHASED + timedelta(days=chance.whole(0, _DAYS_OF_CHASING))
        for stage in ledger.stages:
            yield record_ref, stage, day.strftime(ledger.day_form)
            day += _DAYS_BETWEEN
