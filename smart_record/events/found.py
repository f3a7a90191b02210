"""What one kind of event comes to, before it is put beside the others."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.events.history import EVER


@dataclass(frozen=True, slots=True)
class Found:
    """The events of one kind.

    Attributes:
        event: Its name.
        rows: One row an event. Columns: household (its number), source, record_ref, happened_on, known_on.
        reach: One row a household whose records tell of such events. Columns: household, known_from.
    """

    event: str
    rows: pl.DataFrame
    reach: pl.DataFrame


def found(event: str, source: str, rows: pl.DataFrame, reach: pl.DataFrame) -> Found:
    """One kind of event; `known_on` is the day itself where the rows do not say."""
    known_on = pl.col("known_on" if "known_on" in rows.columns else "happened_on")
    columns = rows.drop_nulls("happened_on").select(
        "household", pl.lit(source).alias("source"), "record_ref", "happened_on", known_on.alias("known_on")
    )
    return Found(event, columns, reach)


def reach_of(records: pl.DataFrame, known_from: pl.Expr) -> pl.DataFrame:
    """Since when each household's events are known: where one record does not tell, they are not."""
    told = records.select("household", known_from.alias("known_from")).group_by("household")
    everywhere = pl.col("known_from").null_count() == 0
    return told.agg(pl.when(everywhere).then(pl.col("known_from").max()).cast(pl.Date).alias("known_from"))


def ever_where(told: pl.Expr) -> pl.Expr:
    """The whole past where something is told; not known where it is not."""
    return pl.when(told).then(pl.lit(EVER))


def by_day(rows: pl.DataFrame, day: str, as_of: date) -> pl.DataFrame:
    """Records by a day of theirs that has come."""
    return rows.filter(pl.col(day) <= as_of).select("household", "record_ref", happened_on=day)
