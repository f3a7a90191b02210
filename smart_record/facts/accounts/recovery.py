"""How far recovery of council tax and of rent has gone: stages, notices and orders, from their histories."""

from collections.abc import Mapping
from datetime import date
from functools import partial

import polars as pl

from smart_record.facts.records.books import Book
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.months import financial_year_eve, months_before
from smart_record.facts.terms.unknown import sum_of_all
from smart_record.facts.terms.vocabulary import (
    ACCOUNTS,
    COUNCIL_TAX_STAGES,
    FOR_COUNCIL_TAX,
    FOR_RENT,
    RECOVERY,
    RENT_ACTIONS,
    RENT_STAGES,
    TENANCIES,
)

_tax = partial(Fact, purposes=FOR_COUNCIL_TAX, dated=True)
_rent = partial(Fact, purposes=FOR_RENT, dated=True)
_FURTHER = "Not known where that of one is not, which may be further."

COUNCIL_TAX_STAGE_FACTS = (
    _tax(
        type=FactType.CHOICE,
        name="council_tax.stage",
        sources=(RECOVERY, ACCOUNTS),
        choices=COUNCIL_TAX_STAGES,
        meaning="council tax recovery stage",
        note=f"The most severe of the current accounts. Bill where no step was taken. {_FURTHER}",
    ),
    _tax(
        type=FactType.DATE,
        name="council_tax.stage_since",
        sources=(RECOVERY, ACCOUNTS),
        meaning="when the council tax recovery stage began",
        note="Nothing where no step was ever taken.",
    ),
    _tax(
        type=FactType.COUNT,
        name="council_tax.days_in_stage",
        sources=(RECOVERY, ACCOUNTS),
        unit="days",
        meaning="days in the present council tax recovery stage",
    ),
    _tax(
        type=FactType.COUNT,
        name="council_tax.reminders_12m",
        sources=(RECOVERY,),
        unit="notices",
        meaning="council tax reminders and final notices in the last 12 months",
        note="On any account of the household, ended ones too, as far as the history goes.",
    ),
    _tax(
        type=FactType.COUNT,
        name="council_tax.reminders_this_year",
        sources=(RECOVERY,),
        unit="notices",
        meaning="council tax reminders since 1 April",
        note="Without final notices: the law allows two reminders a year before a final notice.",
    ),
    _tax(
        type=FactType.COUNT,
        name="council_tax.liability_orders_24m",
        sources=(RECOVERY,),
        unit="orders",
        meaning="liability orders in the last 24 months",
        note="On any account of the household, ended ones too, as far as the history goes.",
    ),
)

RENT_STAGE_FACTS = (
    _rent(
        type=FactType.CHOICE,
        name="rent.stage",
        sources=(RENT_ACTIONS, TENANCIES),
        choices=RENT_STAGES,
        meaning="rent arrears stage",
        note=f"The most severe of the current tenancies. None where no step was taken. {_FURTHER}",
    ),
    _rent(
        type=FactType.DATE,
        name="rent.stage_since",
        sources=(RENT_ACTIONS, TENANCIES),
        meaning="when the rent arrears stage began",
        note="Nothing where no step was ever taken.",
    ),
    _rent(
        type=FactType.COUNT,
        name="rent.days_in_stage",
        sources=(RENT_ACTIONS, TENANCIES),
        unit="days",
        meaning="days in the present rent arrears stage",
    ),
    _rent(
        type=FactType.COUNT,
        name="rent.notices_24m",
        sources=(RENT_ACTIONS,),
        unit="notices",
        meaning="notices seeking possession in the last 24 months",
        note="On any tenancy of the household, ended ones too, as far as the history goes.",
    ),
)

_REMINDERS = ("reminder_1", "reminder_2")


def council_tax_stage_facts(state: pl.DataFrame, book: Book, as_of: date) -> list[pl.DataFrame]:
    """The facts of `COUNCIL_TAX_STAGE_FACTS` for each household with an account, as frames side by side."""
    year = months_before(as_of, 12)
    steps = {
        "council_tax__reminders_12m": ((*_REMINDERS, "final_notice"), year),
        "council_tax__reminders_this_year": (_REMINDERS, financial_year_eve(as_of)),
        "council_tax__liability_orders_24m": (("liability_order",), months_before(as_of, 24)),
    }
    stages = stage_facts(state, "council_tax", COUNCIL_TAX_STAGES, as_of)
    return [stages, step_facts(state, book, steps, as_of)]


def rent_stage_facts(state: pl.DataFrame, book: Book, as_of: date) -> list[pl.DataFrame]:
    """The facts of `RENT_STAGE_FACTS` for each household with a tenancy, as frames side by side."""
    steps = {"rent__notices_24m": (("notice_seeking_possession",), months_before(as_of, 24))}
    stages = stage_facts(state, "rent", RENT_STAGES, as_of)
    return [stages, step_facts(state, book, steps, as_of)]


def stage_facts(state: pl.DataFrame, topic: str, ladder: tuple[str, ...], as_of: date) -> pl.DataFrame:
    """The most severe stage among the current accounts of each household.

    Where the stage of one account is not known, another's is the most severe only if none is above it, and
    since when is not known: the one that is not known may have come to it earlier.

    Returns:
        One row a household with a current account. Columns: household, and by topic stage, stage_since (of
        several accounts at that stage, the earliest) and days_in_stage.
    """
    names = dict(enumerate(ladder))
    worst_first = state.filter("current").sort("rank", "stage_on", descending=[True, False], nulls_last=True)
    worst = worst_first.group_by("household", maintain_order=True).agg(
        pl.col("rank", "stage_on").first(), all_known=pl.col("rank").null_count() == 0
    )
    rank = pl.when(pl.col("all_known") | (pl.col("rank") == len(ladder) - 1)).then("rank")
    since = pl.when("all_known").then("stage_on")
    return worst.select(
        "household",
        rank.replace_strict(names, default=None, return_dtype=pl.String).alias(f"{topic}__stage"),
        since.alias(f"{topic}__stage_since"),
        (pl.lit(as_of) - since).dt.total_days().alias(f"{topic}__days_in_stage"),
    )


def step_facts(
    state: pl.DataFrame, book: Book, steps: Mapping[str, tuple[tuple[str, ...], date]], as_of: date
) -> pl.DataFrame:
    """How often any account of a household, current or ended, came to certain stages.

    Args:
        state: As `account_state` returns it.
        book: The book it comes from.
        steps: The column of each fact, with the stages it counts and the day before its window.
        as_of: Last day of the windows.

    Returns:
        One row a household with an account. Columns: household and those of `steps`; null without a history.
    """
    for column, (stages, after) in steps.items():
        counts = book.stages.steps_between(stages, after, as_of)
        if counts is None:
            state = state.with_columns(pl.lit(None, dtype=pl.Int64).alias(column))
        else:
            state = state.join(counts.rename({"steps": column}), on="account", how="left")
            state = state.with_columns(pl.col(column).fill_null(0))
    return state.group_by("household").agg(sum_of_all(pl.col(column)).alias(column) for column in steps)
