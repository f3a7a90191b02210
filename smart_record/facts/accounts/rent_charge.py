"""The weekly rent of a tenancy, read off the charges that fell due: dated, so that it is known for the past.

Rent falls due by the week, the fortnight, four weeks or the calendar month. The usual charge of the last four
months is brought to a week by the distance between charges. "Usual" is the median, so that a court fee or a
rent-free week does not count; four months hold at least three monthly charges.
"""

from datetime import date
from typing import Final

import polars as pl

from smart_record.facts.records.ledger import Ledger
from smart_record.facts.terms.months import months_before

_MONTHS_LOOKED_AT: Final = 4
_WEEKS_IN_A_MONTH: Final = 52 / 12
"""How social landlords turn a weekly rent into a monthly charge, and back."""


def weekly_rent(ledger: Ledger, as_of: date) -> pl.DataFrame:
    """The weekly rent of each tenancy from the charges of the four months up to a date.

    Returns:
        One row a tenancy with charges on two days or more, not further apart than a month. Columns: account,
        charged_weekly (pence).
    """
    charges = ledger.charges_between(months_before(as_of, _MONTHS_LOOKED_AT), as_of)
    first, last, gaps = pl.col("due_on").min(), pl.col("due_on").max(), pl.len() - 1
    usual = charges.group_by("account").agg(
        charge=pl.col("amount_pence").median(),
        gap=(last - first).dt.total_days() / gaps,
        same_day=first.dt.day() == last.dt.day(),
    )
    return (
        usual.with_columns(weeks=weeks_between(pl.col("gap"), same_day=pl.col("same_day")))
        .filter(pl.col("weeks").is_not_null())
        .select("account", charged_weekly=(pl.col("charge") / pl.col("weeks")).round().cast(pl.Int64))
    )


def weeks_between(gap: pl.Expr, *, same_day: pl.Expr) -> pl.Expr:
    """How many weeks a charge is for, from the mean distance of charges in days.

    Four weeks and the month of February are both 28 days; charges on the same day of the month are monthly.
    """
    return (
        pl.when(gap <= 10)
        .then(1.0)
        .when(gap <= 21)
        .then(2.0)
        .when((gap <= 28) & ~same_day)
        .then(4.0)
        .when(gap <= 45)
        .then(_WEEKS_IN_A_MONTH)
    )
