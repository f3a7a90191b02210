"""Every event of every household as of a date, with how far back each is known."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from smart_record.events.catalogue import HAPPENED_SCHEMA, Events
from smart_record.events.declarations import EVENTS, RENT_STEPS, TAX_STEPS
from smart_record.events.found import Found
from smart_record.events.from_books import BookEvents, book_events
from smart_record.events.from_claims import claim_events
from smart_record.events.set_aside import but_where_set_aside, without_doubtful
from smart_record.facts import PreparedRecords, prepare_records
from smart_record.facts.records.books import Moment
from smart_record.facts.records.joined import join_facts
from smart_record.records import Records

_TAX = BookEvents(
    source="council_tax",
    began="council_tax.liability_started",
    ended="council_tax.liability_ended",
    topic="council_tax",
    steps=TAX_STEPS,
)
_RENT = BookEvents(
    source="rent",
    began="rent.tenancy_started",
    ended="rent.tenancy_ended",
    topic="rent",
    steps=RENT_STEPS,
)


def derive_events(
    records: Records | PreparedRecords, *, as_of: date, snapshot_on: date | None = None
) -> Events:
    """Every event of every household as of a date.

    Args:
        records: One night's records; prepare them first to ask for facts as well.
        as_of: Nothing that happened later counts, nor what no record could tell by then.
        snapshot_on: The date on which the extracts were taken; by default `as_of`.

    Raises:
        RecordsInconsistent: If a record comes twice, or belongs to two households or to an unknown one.
    """
    prepared = records if isinstance(records, PreparedRecords) else prepare_records(records)
    moment = Moment(as_of=as_of, at_extract=snapshot_on is None or as_of >= snapshot_on)
    kinds = list(without_doubtful(_found(prepared, moment), prepared.aside))
    ids = prepared.households["household_id"]
    reach = but_where_set_aside(_reach(kinds, ids), prepared.aside, as_of=as_of)
    return Events(happened=_happened(kinds, ids), reach=reach)


def _found(prepared: PreparedRecords, moment: Moment) -> Iterator[Found]:
    if prepared.council_tax:
        yield from book_events(prepared.council_tax, moment, _TAX)
    if prepared.claims:
        yield from claim_events(prepared.claims.claims, moment)
    if prepared.rent:
        yield from book_events(prepared.rent, moment, _RENT)


def _happened(kinds: list[Found], ids: pl.Series) -> pl.DataFrame:
    if not kinds:
        return HAPPENED_SCHEMA.to_frame()
    names = pl.Series(sorted(kind.event for kind in kinds))
    places = {name: at for at, name in enumerate(names)}
    rows = pl.concat(
        [kind.rows.with_columns(event=pl.lit(places[kind.event], dtype=pl.UInt8)) for kind in kinds]
    ).sort("household", "event", "happened_on", "record_ref")
    named = rows.with_columns(
        household_id=ids.gather(rows["household"]), event=names.gather(rows["event"].cast(pl.UInt32))
    )
    return named.select(HAPPENED_SCHEMA.names())


def _reach(kinds: list[Found], ids: pl.Series) -> pl.DataFrame:
    columns = {event.name: event.column for event in EVENTS}
    parts = [kind.reach.rename({"known_from": columns[kind.event]}) for kind in kinds]
    told = ids.to_frame("household_id").hstack(join_facts(parts, ids.len()))
    return told.select(
        "household_id",
        *(
            pl.col(event.column)
            if event.column in told.columns
            else pl.lit(None, pl.Date).alias(event.column)
            for event in EVENTS
        ),
    )
