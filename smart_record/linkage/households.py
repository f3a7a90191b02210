"""Records joined into households: units of people who answer for the same claim, tenancy or bill.

A unit is a record; units are one household when they share a resident. Living at one address is not enough: a
shared house holds several households, and a family that moved is one.
"""

import polars as pl

from smart_record.linkage.clusters import components
from smart_record.linkage.sources import COUNCIL_TAX, RENT


def household_of_records(persons: pl.DataFrame, records: int) -> pl.DataFrame:
    """The household of each record that names somebody.

    Args:
        persons: Columns record, resident (cluster number).
        records: How many records there are.

    Returns:
        One row per record that names somebody: record, household (the smallest record number of it).
    """
    named = persons.select("record", "resident").unique().sort("resident", "record")
    edges = named.with_columns(first=pl.col("record").first().over("resident"))
    household = components(records, edges["first"], edges["record"])
    of_record = named.select("record").unique().sort("record")
    return of_record.with_columns(household=pl.Series(household, dtype=pl.UInt32).gather(of_record["record"]))


def household_rows(links: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Describe each household.

    Args:
        links: One row per named person: record, household_id, resident_id, strong (bool).
        records: `record_rows`.

    Returns:
        One row per household_id, sorted: household_id, uprn, members, address, ward, sources, confidence.
    """
    of_record = links.select("record", "household_id").unique()
    held = of_record.join(records, on="record").with_columns(
        rank=pl.when(pl.col("source") == COUNCIL_TAX)
        .then(0)
        .when(pl.col("source") == RENT)
        .then(1)
        .otherwise(2)
    )
    order = [pl.col("ends").is_not_null(), "rank", pl.col("starts").is_null(), pl.col("starts"), "record_ref"]
    held = held.sort("household_id", *order, descending=[False, False, False, False, True, False])
    described = held.group_by("household_id", maintain_order=True).agg(
        uprn=pl.col("resolved_uprn").first(),
        address=pl.concat_str(["address", "postcode"], separator=", ", ignore_nulls=True).first(),
        ward=pl.col("ward").drop_nulls().first(),
        sources=pl.col("source").unique().sort().str.join(","),
    )
    counted = links.group_by("household_id").agg(
        members=pl.col("resident_id").n_unique().cast(pl.Int64), weakest=pl.col("strength").min()
    )
    confidence = (
        pl.when(pl.col("weakest") >= 2)
        .then(pl.lit("confirmed"))
        .when(pl.col("weakest") >= 1)
        .then(pl.lit("strong"))
        .otherwise(pl.lit("probable"))
    )
    return (
        described.join(counted, on="household_id")
        .select("household_id", "uprn", "members", "address", "ward", "sources", confidence=confidence)
        .sort("household_id")
    )
