"""What a set-aside row takes from the facts of its household: what can't be told without it is not known.

Such a row can't be believed in what it says of money and dates, yet it is there: an account whose balance
can't be read is no account without arrears. So every fact of its household that its source has a part in is
not known, and only what protects is read from the row itself. A marker that it shows counts; one that it does
not show is not known rather than no.

A posting that can't be read is no payment missed, nor a step of recovery one not taken: every fact that rests
on the ledger or history is not known from the day of the row on.

Where another row of the record was accepted, that one is believed in all but what protects: there a marker of
either row counts, and none is not known rather than no.
"""

from datetime import date

import polars as pl

from smart_record.facts.declarations import FACTS
from smart_record.facts.further_files.flags import FACTS as FLAGGED
from smart_record.facts.living.protection import FACTS as HOLDS
from smart_record.facts.records.membership import with_further_columns
from smart_record.facts.terms.vocabulary import (
    ACCOUNTS,
    CLAIMS,
    DEPENDANTS,
    INSTALMENTS,
    MARKERS,
    RECOVERY,
    RENT_ACTIONS,
    RENT_PAYMENTS,
    TENANCIES,
)
from smart_record.records import Records

TOLD_THROUGH = {
    ACCOUNTS: ("council_tax", {ACCOUNTS, INSTALMENTS, RECOVERY}),
    CLAIMS: ("benefits", {CLAIMS, DEPENDANTS}),
    DEPENDANTS: ("benefits_dependants", {DEPENDANTS}),
    TENANCIES: ("rent", {TENANCIES, RENT_PAYMENTS, RENT_ACTIONS}),
    INSTALMENTS: ("council_tax", {INSTALMENTS}),
    RECOVERY: ("council_tax", {RECOVERY}),
    RENT_PAYMENTS: ("rent", {RENT_PAYMENTS}),
    RENT_ACTIONS: ("rent", {RENT_ACTIONS}),
}
"""The source in links of each extract, and the extracts whose rows go with its."""

_FROM = {
    ACCOUNTS: "liability_start",
    CLAIMS: "start_date",
    TENANCIES: "tenancy_start",
    INSTALMENTS: "posted_on",
    RECOVERY: "stage_on",
    RENT_PAYMENTS: "posted_on",
    RENT_ACTIONS: "stage_on",
}
"""The day from which a row counts. A further file has none: its facts are known on the night only."""

_MARKED = {
    "council_tax": [fact.column for fact in HOLDS if ACCOUNTS in fact.sources],
    "benefits": ["benefits__care_or_mobility"],
    "rent": [fact.column for fact in HOLDS if TENANCIES in fact.sources],
}
"""What the markers of each system's records tell of: `Source.protects` of intake's declarations."""

_TOLD_BY_THE_MATCH = ("household.ward", "household.confidence")
_PROTECTING = {fact.column for fact in (*HOLDS, *FLAGGED)}


def lost_with(extract: str) -> set[str]:
    """The extracts that tell less of a household for a row of this one set aside; a further file is alone."""
    return TOLD_THROUGH[extract][1] if extract in TOLD_THROUGH else {extract}


def set_aside_rows(records: Records, households: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The set-aside rows of each extract with their household.

    Returns:
        By extract name, one row a set-aside row: columns of the extract, household (its number) and
            counts_from (the day from which it may count; null for any).
    """
    numbers = records.links.select("source", "record_ref", "household_id").unique()
    numbers = numbers.join(households.select("household_id", "household"), on="household_id")
    return {
        extract: _with_household(with_further_columns(rows), extract, numbers)
        .with_columns(counts_from=pl.col(_FROM[extract]) if extract in _FROM else pl.lit(None, pl.Date))
        .sort("record_ref", "line")
        for extract, rows in records.named.items()
    }


def _with_household(rows: pl.DataFrame, extract: str, numbers: pl.DataFrame) -> pl.DataFrame:
    if extract in TOLD_THROUGH:
        mine = numbers.filter(pl.col("source") == TOLD_THROUGH[extract][0])
        return rows.join(mine.select("record_ref", "household"), on="record_ref")
    owners = numbers.select("household", system="source", record="record_ref")
    return rows.join(owners, on=["system", "record"])


def touched_by(rows: pl.DataFrame, as_of: date) -> pl.Expr:
    """Whether a household, in the order of their numbers, has one of some set-aside rows by a date.

    Args:
        rows: As `set_aside_rows` returns them.
        as_of: A row dated later changes nothing.
    """
    counting = rows.filter((pl.col("counts_from") <= as_of).fill_null(value=True))
    return pl.int_range(pl.len()).is_in(counting["household"].unique().cast(pl.Int64).implode())


def without_what_is_not_known(
    facts: pl.DataFrame, aside: dict[str, pl.DataFrame], *, as_of: date
) -> pl.DataFrame:
    """The facts, null for a household where a set-aside row leaves them not known.

    Args:
        facts: One row a household, in the order of their numbers. Columns: of the catalogue, among others.
        aside: As `set_aside_rows` returns them.
        as_of: The date that the facts are about.
    """
    for extract, rows in aside.items():
        told, touched = lost_with(extract), touched_by(rows, as_of)
        facts = facts.with_columns(
            pl.when(~touched | _still_known(fact.column)).then(fact.column).alias(fact.column)
            for fact in FACTS
            if fact.column in facts.columns
            and fact.name not in _TOLD_BY_THE_MATCH
            and told & set(fact.sources)
        )
    return _without_unmarked(facts, aside[MARKERS], as_of) if MARKERS in aside else facts


def _without_unmarked(facts: pl.DataFrame, markers: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The facts, null where a marker may stand on a set-aside row of a record, and none is shown."""
    for system, columns in _MARKED.items():
        touched = touched_by(markers.filter(pl.col("system") == system), as_of)
        facts = facts.with_columns(
            pl.when(~touched | _shown(column)).then(column).alias(column)
            for column in columns
            if column in facts.columns
        )
    return facts


def _still_known(column: str) -> pl.Expr:
    """A hold that some row shows stands whatever another may say."""
    if column not in _PROTECTING:
        return pl.lit(value=False)
    return _shown(column)


def _shown(column: str) -> pl.Expr:
    """Whether a fact says that something protects; when and how it does, as far as it is told."""
    return pl.col(column).cast(pl.Boolean) if column in _YES_OR_NO else pl.lit(value=True)


_YES_OR_NO = {fact.column for fact in FACTS if fact.type == "yes_no"}
