"""Answers that leave two households two: one person then, and yet a bill of each at two homes."""

from datetime import date

import numpy as np
import polars as pl

from smart_record.linkage.homes.living_apart import living_apart
from smart_record.linkage.rows.record_rows import record_rows
from smart_record.linkage.sources import SOURCES
from smart_record.records import Records

_RECORD = ("copy", "of", "of_source", "of_record")


def copies_held_apart(rows: pl.DataFrame, records: Records, *, as_of: date) -> pl.Series:
    """The copies of which the matching would hold the present households apart, as it does each night.

    Args:
        rows: The person rows of the copies, with the residents that the answer makes: copy, of (the present
            household), of_source, of_record, resident_id.
        records: The night's.
        as_of: The night's date.

    Returns:
        copy, sorted.
    """
    held = rows.select(_RECORD).unique().sort(_RECORD).with_row_index("place")
    dated = _dated(held, records, as_of)
    home = pl.coalesce(pl.col("uprn").cast(pl.String), "address", "household_id")
    homes = records.households.select("household_id", "address", property=home)
    read = held.join(dated, on=["of_source", "of_record"], how="left", maintain_order="left").join(
        homes, left_on="of", right_on="household_id", how="left", maintain_order="left"
    )
    people = rows.join(held, on=_RECORD).select(
        record="place", resident=pl.concat_str("copy", "resident_id", separator="|")
    )
    group = read.select(pl.col("copy").rank("dense")).to_series().to_numpy().astype(np.int64)
    told = read.select(
        "starts", "ends", "one_adult", "property", record="place", source="of_source", words="address"
    )
    apart = living_apart(people, told, group)
    of, copy = held["of"], held["copy"]
    between = of.gather(apart["left"]) != of.gather(apart["right"])
    return copy.gather(apart["left"]).filter(between).unique().sort()


def _dated(held: pl.DataFrame, records: Records, as_of: date) -> pl.DataFrame:
    """When each record runs and whether it says that one adult lives there, as the matching reads it."""
    asked = held["of_record"].unique().implode()
    named = records.everyone
    theirs = {
        source.extract: named[source.extract].filter(pl.col(source.record).is_in(asked))
        for source in SOURCES
        if source.extract in named
    }
    return record_rows(theirs, as_of=as_of).select(
        "starts", "ends", "one_adult", of_source="source", of_record="record_ref"
    )
