"""What protects a household from recovery: breathing space, vulnerability, a support need.

A hold on any account of the household counts, ended ones too: a moratorium covers old debts as well. Officers
set and lift holds without a date, so they are known on the night of the extract only.
"""

from functools import partial

import polars as pl

from smart_record.facts.books import Moment
from smart_record.facts.catalogue import Fact, FactType
from smart_record.facts.unknown import any_yes
from smart_record.facts.vocabulary import ACCOUNTS, FOR_PROTECTION, TENANCIES

_hold = partial(Fact, purposes=FOR_PROTECTION, sources=(ACCOUNTS,))

FACTS = (
    _hold(
        name="holds.breathing_space",
        type=FactType.YES_NO,
        meaning="a breathing space moratorium is in force",
        note="Up to and with the day on which it ends. No where no account of the household shows one.",
    ),
    _hold(
        name="holds.breathing_space_ends_on",
        type=FactType.DATE,
        meaning="when the breathing space ends",
        note="The last to end, of those in force.",
    ),
    _hold(
        name="holds.breathing_space_days_left",
        type=FactType.COUNT,
        unit="days",
        meaning="days until the breathing space ends",
    ),
    _hold(
        name="holds.vulnerable",
        type=FactType.YES_NO,
        meaning="an officer has marked the household as vulnerable",
        note="No where every account of the household says so.",
    ),
    Fact(
        name="holds.support_flag",
        type=FactType.YES_NO,
        sources=(TENANCIES,),
        purposes=FOR_PROTECTION,
        meaning="the housing team has marked a support need",
        note="No where every tenancy of the household says so.",
    ),
)


def account_holds(accounts: pl.DataFrame, moment: Moment) -> pl.DataFrame:
    """The holds on the council tax accounts of each household, on the night of the extract.

    Args:
        accounts: One row an account that had begun. Columns: household, breathing_space_end, vulnerable.
        moment: What the facts are about.

    Returns:
        One row a household. Columns: household, and of `FACTS` those from council tax.
    """
    in_force = pl.col("breathing_space_end") >= moment.as_of
    ends = pl.col("breathing_space_end").filter(in_force).max()
    left = (pl.col("holds__breathing_space_ends_on") - pl.lit(moment.as_of)).dt.total_days()
    return (
        accounts.group_by("household")
        .agg(
            in_force.any().alias("holds__breathing_space"),
            ends.alias("holds__breathing_space_ends_on"),
            any_yes(pl.col("vulnerable")).alias("holds__vulnerable"),
        )
        .with_columns(left.alias("holds__breathing_space_days_left"))
    )


def tenancy_holds(tenancies: pl.DataFrame) -> pl.DataFrame:
    """The holds on the tenancies of each household, on the night of the extract.

    Args:
        tenancies: One row a tenancy that had begun. Columns: household, support_flag.

    Returns:
        One row a household. Columns: household, holds__support_flag.
    """
    flag = any_yes(pl.col("support_flag")).alias("holds__support_flag")
    return tenancies.group_by("household").agg(flag)
