"""What a set-aside row takes from the events of its household: what can't be told without it is not known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from smart_record.events.declarations import EVENTS
from smart_record.events.found import Found
from smart_record.facts.set_aside import lost_with, touched_by
from smart_record.facts.terms.vocabulary import INSTALMENTS, RENT_PAYMENTS

_MISSED = {"council_tax.payment_missed": INSTALMENTS, "rent.payment_missed": RENT_PAYMENTS}
"""The events that a payment unmakes, and the ledger that it stands in."""


def without_doubtful(kinds: Iterable[Found], aside: Mapping[str, pl.DataFrame]) -> Iterator[Found]:
    """The events found, but for payments that may not have been missed.

    Every other event stands, whatever a set-aside row may say: a record tells that it happened.

    Args:
        kinds: What the accepted rows tell.
        aside: As `smart_record.facts.set_aside.set_aside_rows` returns them.
    """
    for kind in kinds:
        unread = aside.get(_MISSED.get(kind.event, ""))
        yield kind if unread is None else replace(kind, rows=_surely_missed(kind.rows, unread))


def _surely_missed(missed: pl.DataFrame, unread: pl.DataFrame) -> pl.DataFrame:
    """The missed payments that were judged before the first posting of the account that can't be read."""
    day = pl.col("counts_from").fill_null(date.min)
    first = unread.group_by("record_ref").agg(unread_from=day.min())
    laid = missed.join(first, on="record_ref", how="left", maintain_order="left")
    surely = (pl.col("known_on") < pl.col("unread_from")).fill_null(value=True)
    return laid.filter(surely).drop("unread_from")


def but_where_set_aside(
    reach: pl.DataFrame, aside: Mapping[str, pl.DataFrame], *, as_of: date
) -> pl.DataFrame:
    """How far back events are known, null for a household one of whose rows was set aside.

    Args:
        reach: One row a household, in the order of their numbers. Columns: one of each event, among others.
        aside: As `smart_record.facts.set_aside.set_aside_rows` returns them.
        as_of: The date that the events are told by.
    """
    for extract, rows in aside.items():
        touched = touched_by(rows, as_of)
        reach = reach.with_columns(
            pl.when(~touched).then(event.column).alias(event.column)
            for event in EVENTS
            if lost_with(extract) & set(event.sources)
        )
    return reach
