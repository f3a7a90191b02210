"""Records joined into households: units of people who answer for the same claim, tenancy or bill.

A unit is a record. Units are one household when they have a resident in common, or when one's business can
only be the other's (a bill with a reduction and the claim it comes from, a tenancy and the liability that
began with it), or when an officer says so. Living at one address is not enough: a shared house holds several
households, and a family that moved is one.
"""

import polars as pl

from smart_record.linkage.business import matching_business, sharing_a_resident
from smart_record.linkage.clusters import clusters
from smart_record.linkage.evidence import CONFIRMED, PROBABLE, STRONG
from smart_record.linkage.sources import COUNCIL_TAX, RENT
from smart_record.linkage.verdicts import Settled

_NAMES = {CONFIRMED: "confirmed", STRONG: "strong", PROBABLE: "probable"}


_BY_BUSINESS, _BY_RESIDENT, _BY_OFFICER = 1.0, 2.0, 3.0
"""Where an officer holds two records apart, what joins them is taken in this order, strongest first."""


def households_of_records(rows: pl.DataFrame, records: pl.DataFrame, settled: Settled) -> pl.DataFrame:
    """The household of each record that names somebody.

    Args:
        rows: All person rows with record, resident, strength (of the best link of the row, null if alone).
        records: `record_rows`.
        settled: What officers decided, by record number.

    Returns:
        One row per record that names somebody, sorted: record, household (the smallest record number of it),
        confidence (of the whole household: "confirmed", "strong", "probable"), officer (whether an officer
        joined the record to another).
    """
    known = rows.select("record").unique().sort("record")
    shared = sharing_a_resident(rows)
    matched = matching_business(rows, records)
    reasons = ((settled.same, _BY_OFFICER), (shared, _BY_RESIDENT), (matched, _BY_BUSINESS))
    links = pl.concat([pairs.with_columns(posterior=pl.lit(by)) for pairs, by in reasons])
    household = clusters(links, records["record"], settled.apart)
    joined = pl.concat([settled.same["left"], settled.same["right"]]).unique()
    of_record = known.with_columns(
        household=household.gather(known["record"]), officer=pl.col("record").is_in(joined.implode())
    )
    return _with_confidence(of_record, rows, matched)


def _with_confidence(of_record: pl.DataFrame, rows: pl.DataFrame, matched: pl.DataFrame) -> pl.DataFrame:
    """The confidence of a household is that of the record which is held to it least."""
    held = rows.group_by("record").agg(pl.col("strength").max())
    by_business = pl.concat([matched["left"], matched["right"]]).unique()
    told = of_record.join(held, on="record", how="left", maintain_order="left").with_columns(
        alone=pl.len().over("household") == 1, by_business=pl.col("record").is_in(by_business.implode())
    )
    strength = (
        pl.when(pl.col("alone") | pl.col("officer"))
        .then(CONFIRMED)
        .when("by_business")
        .then(PROBABLE)
        .otherwise(pl.col("strength").fill_null(PROBABLE))
    )
    told = told.with_columns(weakest=strength.min().over("household"))
    confidence = pl.col("weakest").replace_strict(_NAMES, return_dtype=pl.String)
    return told.select("record", "household", "officer", confidence=confidence)


def household_rows(rows: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Describe each household by its present home: its running bill, else its tenancy, else its claim.

    Args:
        rows: All person rows with record, resident_id, household_id, confidence.
        records: `record_rows`.

    Returns:
        One row per household_id, sorted: household_id, uprn, members, address, ward, sources, confidence.
    """
    held = rows.select("record", "household_id", "confidence").unique().join(records, on="record")
    held = held.with_columns(
        ended=pl.col("ends").is_not_null(),
        rank=pl.col("source").replace_strict({COUNCIL_TAX: 0, RENT: 1}, default=2),
        lasted=pl.col("starts").dt.epoch("d").fill_null(0),
    )
    order = ["household_id", "ended", "rank", "lasted", "record_ref"]
    held = held.sort(order, descending=[False, False, False, True, False])
    described = held.group_by("household_id", maintain_order=True).agg(
        uprn=pl.col("resolved_uprn").first(),
        address=pl.concat_str(["address", "postcode"], separator=", ", ignore_nulls=True).first(),
        ward=pl.col("ward").drop_nulls().first(),
        sources=pl.col("source").unique().sort().str.join(","),
        confidence=pl.col("confidence").first(),
    )
    counted = rows.group_by("household_id").agg(members=pl.col("resident_id").n_unique().cast(pl.Int64))
    return (
        described.join(counted, on="household_id")
        .select("household_id", "uprn", "members", "address", "ward", "sources", "confidence")
        .sort("household_id")
    )
