"""Events of the accounts of one system: beginnings, ends, payments, steps of recovery.

How far back they are known is a matter of each account. One that began after its system's first posting is
there whole. Of an older one the postings before its own first are not known, unless it had ended by then. An
account on which nothing was ever posted tells nothing: an empty ledger is not a clear one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from smart_record.events.found import Found, by_day, ever_where, found, reach_of
from smart_record.events.history import EVER
from smart_record.facts.records.books import Book, Moment, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEvents:
    """How the events of a book are called.

    Attributes:
        source: As in links.
        began: An account began.
        ended: An account ended.
        topic: First part of the names of payments.
        steps: The stages behind each event of recovery.
    """

    source: str
    began: str
    ended: str
    topic: str
    steps: Mapping[str, tuple[str, ...]]


def book_events(book: Book, moment: Moment, named: BookEvents) -> Iterator[Found]:
    """Every kind of event by a moment, and since when those of the accounts that had begun are known."""
    numbered = book.accounts.with_columns(account=pl.int_range(pl.len(), dtype=pl.UInt32))
    begun = standing(numbered, moment)
    dated = ever_where(pl.col("began_on").is_not_null())
    yield found(named.began, named.source, by_day(numbered, "began_on", moment.as_of), reach_of(begun, dated))
    yield found(
        named.ended,
        named.source,
        by_day(numbered, "ended_on", moment.as_of),
        reach_of(begun, pl.lit(EVER)),
    )
    yield from _payments(book, begun, moment, named)
    yield from _steps(book, begun, moment, named)


def _payments(book: Book, begun: pl.DataFrame, moment: Moment, named: BookEvents) -> Iterator[Found]:
    ledger = book.ledger
    if ledger is None:
        return
    posted = begun.join(
        pl.DataFrame({"first_posted_on": ledger.first_posted()}).with_columns(
            account=pl.int_range(pl.len(), dtype=pl.UInt32)
        ),
        on="account",
        how="left",
    )
    ledger_from = ledger.first_posted().min()
    first = pl.col("first_posted_on")
    whole = pl.col("began_on") >= pl.lit(ledger_from, dtype=pl.Date)
    known = pl.when(first <= moment.as_of).then(pl.when(whole).then(pl.lit(EVER)).otherwise(first))
    ended = pl.when(~pl.col("current")).then(pl.col("ended_on").dt.offset_by("1d"))
    reach = reach_of(posted, pl.min_horizontal(known, ended))
    accounts = _named(book)
    for event, rows in (
        ("payment_missed", ledger.missed_by(moment.as_of)),
        ("payment_made", ledger.paid_by(moment.as_of)),
    ):
        yield found(f"{named.topic}.{event}", named.source, rows.join(accounts, on="account"), reach)


def _steps(book: Book, begun: pl.DataFrame, moment: Moment, named: BookEvents) -> Iterator[Found]:
    changes, ladder = book.stages.events, book.stages.ladder
    if changes is None:
        return
    history_from = changes["stage_on"].min()
    whole = pl.col("began_on") >= pl.lit(history_from, dtype=pl.Date)
    known = pl.when(whole).then(pl.lit(EVER)).otherwise(pl.lit(history_from, dtype=pl.Date))
    reach = reach_of(begun, known)
    accounts = _named(book)
    for event, stages in named.steps.items():
        ranks = [ladder.index(stage) for stage in stages]
        taken = changes.filter(pl.col("rank").is_in(ranks), pl.col("stage_on") <= moment.as_of)
        rows = taken.unique().select("account", happened_on="stage_on").join(accounts, on="account")
        yield found(event, named.source, rows, reach)


def _named(book: Book) -> pl.DataFrame:
    return book.accounts.select("household", "record_ref", account=pl.int_range(pl.len(), dtype=pl.UInt32))
