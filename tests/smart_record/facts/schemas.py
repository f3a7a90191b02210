"""The columns of each extract and of links and households, by contract."""

import polars as pl

from smart_record.intake.declared.further import FURTHER as OPTIONAL
from smart_record.intake.declared.sources import SOURCES

TEXT, NUMBER = pl.String, pl.Int64

SCHEMAS: dict[str, dict[str, pl.DataType]] = {
    name: source.schema for name, source in SOURCES.items() if not source.optional
}
"""The eight extracts of every night."""
FURTHER: dict[str, dict[str, pl.DataType]] = {source.name: source.schema for source in OPTIONAL}
"""Extracts that a night needs not bring: `a_night` has them where a part belongs to one, or it is named."""
LINKS = {
    "source": TEXT,
    "record_ref": TEXT,
    "role": TEXT,
    "resident_id": TEXT,
    "household_id": TEXT,
    "match_weight": pl.Float64,
    "evidence": TEXT,
}
HOUSEHOLDS = {
    "household_id": TEXT,
    "uprn": NUMBER,
    "members": NUMBER,
    "address": TEXT,
    "ward": TEXT,
    "sources": TEXT,
    "confidence": TEXT,
}
