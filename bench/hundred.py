"""A hundred rules in three forms: in the rule language, as polars by hand, and as zen-engine's expressions.

Twenty-five kinds with four thresholds each. The polars is what an engineer would write who knows the columns,
one expression a rule; its sums count an unknown as no. zen-engine has no unknown: it is given 0, false and ""
where a fact is not known, and dates as days before the as-of date.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

col = pl.col


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rule; `{}` in its texts is the threshold, `{p}` the threshold in pence."""

    rule: str
    by_hand: Callable[[int, date], pl.Expr]
    zen: str
    thresholds: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One rule in its three forms."""

    rule_id: str
    text: str
    by_hand: pl.Expr
    zen: str


def _ago(as_of: date, days: int) -> date:
    return as_of - timedelta(days=days)


_COURT = ("summons", "liability_order", "enforcement_agent")
_NOTICE = ("notice_seeking_possession", "court", "eviction")

KINDS = (
    Kind(
        "council_tax.liable and council_tax.arrears > £{}",
        lambda n, _: col("council_tax__liable") & (col("council_tax__arrears") > n * 100),
        "council_tax__liable and council_tax__arrears > {p}",
        (50, 300, 1000, 2500),
    ),
    Kind(
        "rent.tenant and rent.arrears > £{} and not holds.breathing_space",
        lambda n, _: col("rent__tenant") & (col("rent__arrears") > n * 100) & ~col("holds__breathing_space"),
        "rent__tenant and rent__arrears > {p} and not holds__breathing_space",
        (50, 150, 400, 1200),
    ),
    Kind(
        "council_tax.missed_instalments_3m >= {} and council_tax.stage before summons",
        lambda n, _: (
            (col("council_tax__missed_instalments_3m") >= n)
            & col("council_tax__stage").is_in(["bill", "reminder_1", "reminder_2", "final_notice"])
        ),
        "council_tax__missed_instalments_3m >= {} and council_tax__stage in"
        ' ["bill", "reminder_1", "reminder_2", "final_notice"]',
        (1, 2, 3, 4),
    ),
    Kind(
        "rent.missed_payments_3m >= {} and rent.months_rising >= 2",
        lambda n, _: (col("rent__missed_payments_3m") >= n) & (col("rent__months_rising") >= 2),
        "rent__missed_payments_3m >= {} and rent__months_rising >= 2",
        (1, 2, 3, 5),
    ),
    Kind(
        "benefits.universal_credit and not council_tax.reduction and council_tax.arrears > £{}",
        lambda n, _: (
            col("benefits__universal_credit")
            & ~col("council_tax__reduction")
            & (col("council_tax__arrears") > n * 100)
        ),
        "benefits__universal_credit and not council_tax__reduction and council_tax__arrears > {p}",
        (0, 100, 500, 1500),
    ),
    Kind(
        "days since council_tax.last_payment_on > {} and council_tax.balance > £0",
        lambda n, on: (col("council_tax__last_payment_on") < _ago(on, n)) & (col("council_tax__balance") > 0),
        "council_tax__last_payment_on_days > {} and council_tax__balance > 0",
        (30, 60, 90, 180),
    ),
    Kind(
        "days since rent.last_payment_on > {} and rent.arrears > £0",
        lambda n, on: (col("rent__last_payment_on") < _ago(on, n)) & (col("rent__arrears") > 0),
        "rent__last_payment_on_days > {} and rent__arrears > 0",
        (14, 28, 60, 120),
    ),
    Kind(
        "benefits.stop_reason = no_reply_to_review and days since benefits.stopped_on <= {}",
        lambda n, on: (
            (col("benefits__stop_reason") == "no_reply_to_review")
            & col("benefits__stopped_on").is_between(_ago(on, n), on)
        ),
        'benefits__stop_reason == "no_reply_to_review" and benefits__stopped_on_days <= {}',
        (30, 60, 120, 365),
    ),
    Kind(
        "rent.stage at or after notice_seeking_possession and rent.days_in_stage > {}",
        lambda n, _: col("rent__stage").is_in(_NOTICE) & (col("rent__days_in_stage") > n),
        'rent__stage in ["notice_seeking_possession", "court", "eviction"] and rent__days_in_stage > {}',
        (7, 14, 28, 56),
    ),
    Kind(
        "council_tax.stage at or after summons and household.children >= {}",
        lambda n, _: col("council_tax__stage").is_in(_COURT) & (col("household__children") >= n),
        'council_tax__stage in ["summons", "liability_order", "enforcement_agent"]'
        " and household__children >= {}",
        (1, 2, 3, 4),
    ),
    Kind(
        "rent.arrears > {}% of rent.charged_3m and rent.tenant",
        lambda n, _: (col("rent__arrears") * 100 > col("rent__charged_3m") * n) & col("rent__tenant"),
        "rent__arrears * 100 > rent__charged_3m * {} and rent__tenant",
        (10, 25, 50, 80),
    ),
    Kind(
        "rent.paid_3m < {}% of rent.charged_3m",
        lambda n, _: col("rent__paid_3m") * 100 < col("rent__charged_3m") * n,
        "rent__paid_3m * 100 < rent__charged_3m * {}",
        (25, 50, 75, 90),
    ),
    Kind(
        "council_tax.arrears + rent.arrears > £{}",
        lambda n, _: col("council_tax__arrears") + col("rent__arrears") > n * 100,
        "council_tax__arrears + rent__arrears > {p}",
        (500, 1000, 2000, 4000),
    ),
    Kind(
        "at least 2 of (council_tax.arrears > £{}, rent.arrears > £{}, benefits.overpayment > £{})",
        lambda n, _: (
            pl.sum_horizontal(
                col(name) > n * 100
                for name in ("council_tax__arrears", "rent__arrears", "benefits__overpayment")
            )
            >= 2
        ),
        "(council_tax__arrears > {p} ? 1 : 0) + (rent__arrears > {p} ? 1 : 0)"
        " + (benefits__overpayment > {p} ? 1 : 0) >= 2",
        (50, 100, 300, 600),
    ),
    Kind(
        "council_tax.band in (A, B, C) and council_tax.annual_charge > £{}",
        lambda n, _: (
            col("council_tax__band").is_in(["A", "B", "C"]) & (col("council_tax__annual_charge") > n * 100)
        ),
        'council_tax__band in ["A", "B", "C"] and council_tax__annual_charge > {p}',
        (900, 1200, 1500, 1800),
    ),
    Kind(
        "household.oldest_adult_age >= {} and not benefits.pension_credit and household.pension_age",
        lambda n, _: (
            (col("household__oldest_adult_age") >= n)
            & ~col("benefits__pension_credit")
            & col("household__pension_age")
        ),
        "household__oldest_adult_age >= {} and not benefits__pension_credit and household__pension_age",
        (66, 70, 75, 80),
    ),
    Kind(
        "benefits.rent_shortfall_weekly > £{} and household.has_children",
        lambda n, _: (col("benefits__rent_shortfall_weekly") > n * 100) & col("household__has_children"),
        "benefits__rent_shortfall_weekly > {p} and household__has_children",
        (5, 10, 20, 40),
    ),
    Kind(
        "benefits.income_weekly between £{} and £400 and not benefits.claim_live",
        lambda n, _: (
            col("benefits__income_weekly").is_between(n * 100, 40_000) & ~col("benefits__claim_live")
        ),
        "benefits__income_weekly in [{p}..40000] and not benefits__claim_live",
        (50, 100, 200, 300),
    ),
    Kind(
        "days until benefits.housing_payment_ends_on <= {}",
        lambda n, on: col("benefits__housing_payment_ends_on").is_between(on, on + timedelta(days=n)),
        "benefits__housing_payment_ends_on_days in [-{}..0]",
        (7, 14, 28, 56),
    ),
    Kind(
        "debts.kinds >= 2 and debts.total > £{}",
        lambda n, _: (col("debts__kinds") >= 2) & (col("debts__total") > n * 100),
        "debts__kinds >= 2 and debts__total > {p}",
        (250, 750, 1500, 3000),
    ),
    Kind(
        "council_tax.arrears_trend = rising and not council_tax.direct_debit and council_tax.arrears > £{}",
        lambda n, _: (
            (col("council_tax__arrears_trend") == "rising")
            & ~col("council_tax__direct_debit")
            & (col("council_tax__arrears") > n * 100)
        ),
        'council_tax__arrears_trend == "rising" and not council_tax__direct_debit'
        " and council_tax__arrears > {p}",
        (20, 80, 200, 700),
    ),
    Kind(
        "rent.arrears_trend = rising and rent.weeks_in_arrears >= {} or rent.missed_payments_6m > 6",
        lambda n, _: (
            ((col("rent__arrears_trend") == "rising") & (col("rent__weeks_in_arrears") >= n))
            | (col("rent__missed_payments_6m") > 6)
        ),
        '(rent__arrears_trend == "rising" and rent__weeks_in_arrears >= {}) or rent__missed_payments_6m > 6',
        (2, 4, 8, 12),
    ),
    Kind(
        "household.tenure in (private_rent, social_rent) and council_tax.arrears > £{}"
        " and rent.arrears is missing",
        lambda n, _: (
            col("household__tenure").is_in(["private_rent", "social_rent"])
            & (col("council_tax__arrears") > n * 100)
            & col("rent__arrears").is_null()
        ),
        'household__tenure in ["private_rent", "social_rent"] and council_tax__arrears > {p}'
        " and rent__arrears == 0",
        (100, 250, 600, 900),
    ),
    Kind(
        "benefits.spare_room_deduction_weekly > £0 and rent.arrears > £{} and household.adults <= 2",
        lambda n, _: (
            (col("benefits__spare_room_deduction_weekly") > 0)
            & (col("rent__arrears") > n * 100)
            & (col("household__adults") <= 2)
        ),
        "benefits__spare_room_deduction_weekly > 0 and rent__arrears > {p} and household__adults <= 2",
        (20, 60, 180, 500),
    ),
    Kind(
        "holds.vulnerable or holds.support_flag or household.oldest_adult_age >= {}",
        lambda n, _: (
            col("holds__vulnerable") | col("holds__support_flag") | (col("household__oldest_adult_age") >= n)
        ),
        "holds__vulnerable or holds__support_flag or household__oldest_adult_age >= {}",
        (70, 75, 80, 90),
    ),
)


def hundred(as_of: date) -> Iterator[Spoken]:
    """The rules, by id."""
    for at, kind in enumerate(KINDS):
        for turn, threshold in enumerate(kind.thresholds):
            yield Spoken(
                rule_id=f"B{at:02}-{turn}",
                text=kind.rule.replace("{}", str(threshold)),
                by_hand=kind.by_hand(threshold, as_of),
                zen=kind.zen.replace("{p}", str(threshold * 100)).replace("{}", str(threshold)),
            )
