"""The ledger answers as a plain reading of the postings would."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import NamedTuple

import polars as pl
from hypothesis import given, settings

from smart_record.facts.records.ledger import Ledger, open_ledger
from smart_record.facts.terms.months import months_before
from tests.smart_record.facts.builders import NIGHT
from tests.smart_record.facts.strategies import seeds, whenever

ACCOUNTS = 12


class Posting(NamedTuple):
    account: int
    posted_on: date
    kind: str
    amount_pence: int


def some_postings(seed: int) -> list[Posting]:
    chance = Random(seed)
    first = date(2025, 1, 1)
    return [
        Posting(
            chance.randrange(ACCOUNTS - 1),
            first + timedelta(days=chance.randint(0, 700)),
            *chance.choice(
                [
                    ("charge", 10_000),
                    ("payment", -10_000),
                    ("charge", 333),
                    ("payment", -chance.randint(-900, 9_000)),
                ]
            ),
        )
        for _ in range(chance.randint(0, 120))
    ]


def ledger_of(postings: Iterable[Posting]) -> Ledger:
    schema = {"account": pl.Int64, "posted_on": pl.Date, "kind": pl.String, "amount_pence": pl.Int64}
    rows = pl.DataFrame(list(postings), schema=schema, orient="row")
    names = pl.int_range(ACCOUNTS, eager=True).cast(pl.String)
    numbers = pl.DataFrame(
        {"record_ref": names, "account": pl.int_range(ACCOUNTS, dtype=pl.UInt32, eager=True)}
    )
    return open_ledger(rows.with_columns(record_ref=pl.col("account").cast(pl.String)), numbers)


def charge_days(postings: list[Posting], account: int) -> dict[date, int]:
    days: dict[date, int] = {}
    for posting in sorted(postings, key=lambda each: each.posted_on):
        if posting.account == account and posting.kind == "charge":
            days[posting.posted_on] = days.get(posting.posted_on, 0) + posting.amount_pence
    return days


def paid_by(postings: list[Posting], account: int, day: date) -> int:
    return -sum(
        each.amount_pence
        for each in postings
        if each.account == account and each.kind == "payment" and each.posted_on <= day
    )


def missed_days(postings: list[Posting], account: int) -> dict[date, date]:
    """The definition of a missed instalment, read aloud: when each fell due and when it could be judged."""
    due = charge_days(postings, account)
    days = [*due, date.max]
    behind: dict[date, int] = {}
    missed = {}
    for day, following in pairwise(days):
        four_weeks = day + timedelta(days=27)
        cover = paid_by(postings, account, min(four_weeks, following - timedelta(days=1)))
        now = max(sum(pence for each, pence in due.items() if each <= day) - cover, 0)
        lately = [short for each, short in behind.items() if each >= day - timedelta(days=35)]
        before = max([*lately, *list(behind.values())[-1:]], default=0)
        charged = sum(pence for each, pence in due.items() if day - timedelta(days=28) < each <= day)
        if (now - before) * 5 > charged:
            missed[day] = min(four_weeks, following)
        behind[day] = now
    return missed


@given(seeds, whenever)
@settings(derandomize=True, max_examples=30, deadline=None)
def test_balances_and_dates_are_those_of_the_postings_up_to_the_day(seed: int, as_of: date) -> None:
    postings = some_postings(seed)
    ledger = ledger_of(postings)
    stands = ledger.standing(as_of)
    for account in range(ACCOUNTS):
        own = [each for each in postings if each.account == account]
        by_then = [each for each in own if each.posted_on <= as_of]
        paid = [each.posted_on for each in by_then if each.kind == "payment" and each.amount_pence < 0]
        assert ledger.first_posted()[account] == min((each.posted_on for each in own), default=None)
        assert stands["last_posted_on"][account] == max((each.posted_on for each in by_then), default=None)
        assert stands["last_payment_on"][account] == max(paid, default=None)
        owed = sum(each.amount_pence for each in by_then)
        assert ledger.balance(as_of)[account] == (owed if by_then else None)
        assert stands["balance"][account] == (owed if by_then else None)


@given(seeds, whenever)
@settings(derandomize=True, max_examples=30, deadline=None)
def test_payments_go_to_the_oldest_instalment_first(seed: int, as_of: date) -> None:
    postings = some_postings(seed)
    ledger = ledger_of(postings)
    oldest = ledger.standing(as_of)["oldest_unpaid_on"]
    for account in range(ACCOUNTS):
        left = max(paid_by(postings, account, as_of) + 99, 0)
        unpaid = None
        for due, amount in charge_days(postings, account).items():
            left -= amount
            if left < 0 and due <= as_of:
                unpaid = due
                break
        assert oldest[account] == unpaid


@given(seeds, whenever)
@settings(derandomize=True, max_examples=30, deadline=None)
def test_instalments_are_counted_and_judged_as_defined(seed: int, as_of: date) -> None:
    postings = some_postings(seed)
    ledger = ledger_of(postings)
    after = months_before(as_of, 6)
    due = ledger.instalments_due(after, as_of)
    (missed,) = ledger.instalments_missed([after], as_of)
    for account in range(ACCOUNTS):
        assert due[account] == sum(after < day <= as_of for day in charge_days(postings, account))
        days = missed_days(postings, account)
        assert missed[account] == sum(after < day and judged_on <= as_of for day, judged_on in days.items())


@given(seeds, whenever)
@settings(derandomize=True, max_examples=20, deadline=None)
def test_flows_between_two_days_leave_out_the_first_and_hold_the_last(seed: int, until: date) -> None:
    postings = some_postings(seed)
    ledger = ledger_of(postings)
    after = months_before(until, 3)
    listed = ledger.charges_between(after, until)
    for account in range(ACCOUNTS):
        days = {day: pence for day, pence in charge_days(postings, account).items() if after < day <= until}
        own = listed.filter(pl.col("account") == account)
        assert dict(zip(own["due_on"], own["amount_pence"], strict=True)) == days
        assert ledger.charged_between(after, until)[account] == sum(days.values())
        paid = paid_by(postings, account, until) - paid_by(postings, account, after)
        assert ledger.paid_between(after, until)[account] == paid


def test_an_empty_ledger_knows_nothing() -> None:
    ledger = ledger_of([])
    for series in (ledger.balance(NIGHT), ledger.first_posted(), *ledger.standing(NIGHT)):
        assert series.to_list() == [None] * ACCOUNTS
    assert ledger.instalments_missed([date(2025, 1, 1)], NIGHT)[0].to_list() == [0] * ACCOUNTS


def test_a_negative_charge_is_a_credit_not_an_instalment() -> None:
    ledger = ledger_of([Posting(0, NIGHT, "charge", 5000), Posting(0, NIGHT, "charge", -2000)])
    assert ledger.balance(NIGHT)[0] == 3000
    assert ledger.instalments_due(date(2026, 1, 1), NIGHT)[0] == 1
    assert ledger.standing(NIGHT)["last_payment_on"][0] is None


def test_dates_no_ledger_can_hold_stay_with_their_account() -> None:
    ledger = ledger_of(
        [Posting(0, date(2199, 1, 1), "charge", 5000), Posting(1, date(1899, 1, 1), "charge", 700)]
    )
    assert ledger.balance(NIGHT).to_list()[:3] == [None, 700, None]
