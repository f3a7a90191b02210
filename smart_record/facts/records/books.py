"""The accounts of one system with their households, ledger and stages: what facts of debt are read from.

Council tax accounts and tenancies differ in words only, so both are opened as a `Book`. An account counts
for a date from the day it began until the day it ended. Where the system holds no beginning, the account is
known to have begun once a posting or a stage is dated, and on the night of the extract itself, since it is
there; for an earlier date it is not known whether it had begun.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.facts.records.ledger import Ledger, open_ledger
from smart_record.facts.records.membership import number_households
from smart_record.facts.records.stages import StageHistory, open_stages
from smart_record.records import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class BookForm:
    """Where a system keeps what a book holds.

    Attributes:
        source: The source name in links.
        accounts: Extract of accounts; `began`, `ended`, `stage`, `stage_on` and `shown` are columns of it.
        ledger: Extract of postings.
        history: Extract of stage changes.
        ladder: The stages, least to most severe.
        shown: Undated columns that facts are read from.
    """

    source: str
    accounts: str
    ledger: str
    history: str
    began: str
    ended: str
    stage: str
    stage_on: str
    ladder: tuple[str, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Accounts of one system that belong to households.

    Attributes:
        accounts: One row an account, numbered by its place. Columns: record_ref, household (its number),
            those that the form says are shown, began_on, ended_on, ended_undated (False), first_dated_on.
        columns: Columns of the extract; what none of them tells is not known, though `accounts` has nulls.
        ledger: Their postings; None where the night did not bring them.
        stages: Their recovery or arrears stages.
    """

    accounts: pl.DataFrame
    columns: frozenset[str]
    ledger: Ledger | None
    stages: StageHistory


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The date that facts are about.

    Attributes:
        as_of: Nothing dated later counts.
        at_extract: Whether the extracts had been taken by then, so that undated columns hold.
    """

    as_of: date
    at_extract: bool


def open_book(records: Records, form: BookForm, households: pl.DataFrame) -> Book | None:
    """The book of a system, or None where the night did not bring its accounts.

    Raises:
        RecordsInconsistent: If an account comes twice or belongs to two households.
    """
    if form.accounts not in records.extracts:
        return None
    columns = [form.began, form.ended, form.stage, form.stage_on, *form.shown]
    linked = number_households(records, form.source, form.accounts, columns, households)
    numbers = linked.select("record_ref", account=pl.int_range(pl.len(), dtype=pl.UInt32))
    postings, history = records.extracts.get(form.ledger), records.extracts.get(form.history)
    opened = open_ledger(postings, numbers) if postings is not None else None
    if history is not None:
        history = history.join(numbers, on="record_ref")
    stages = open_stages(linked, history, form.ladder, stage=form.stage, stage_on=form.stage_on)
    firsts = [stages.first_on] + ([opened.first_posted()] if opened else [])
    accounts = linked.select(
        "record_ref",
        "household",
        *form.shown,
        began_on=pl.col(form.began),
        ended_on=pl.col(form.ended),
        ended_undated=pl.lit(value=False),
        first_dated_on=pl.min_horizontal(*[pl.lit(first) for first in firsts]),
    )
    columns_here = frozenset(records.extracts[form.accounts].columns)
    return Book(accounts=accounts, columns=columns_here, ledger=opened, stages=stages)


def standing(records: pl.DataFrame, moment: Moment) -> pl.DataFrame:
    """The records that had begun by a moment, or may have, with whether they were current.

    Args:
        records: Columns began_on, ended_on, ended_undated (it has ended, nobody says when), first_dated_on,
            and any others.
        moment: An end dated later than it has not happened yet.

    Returns:
        The rows not known to begin later, with the column current (bool; null where not known).
    """
    undated = True if moment.at_extract else None
    seen = pl.when(pl.col("first_dated_on") <= moment.as_of).then(statement=True).otherwise(undated)
    began = pl.when(pl.col("began_on").is_null()).then(seen).otherwise(pl.col("began_on") <= moment.as_of)
    undated_end = pl.when("ended_undated").then(undated).otherwise(statement=False)
    ended = (
        pl.when(pl.col("ended_on").is_null()).then(undated_end).otherwise(pl.col("ended_on") <= moment.as_of)
    )
    return records.with_columns(current=began & ~ended, begun=began).filter(
        pl.col("begun").fill_null(value=True)
    )
