"""Where a household lives, as the records that a viewer may see tell it, and no other record."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from smart_record.linkage.homes.households import household_rows
from smart_record.linkage.sources import SOURCES, SourceColumns, record_of_row
from smart_record.purposes import Purpose
from smart_record.standardise import identifiers
from triage.links.addresses import ADDRESSES, has_addresses
from triage.nights import extract_names, scan_frame, scan_named
from triage.sight import LINKS_FOR, sources_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A household's present home.

    Attributes:
        address: None where no record that may be seen has one; so `uprn` and `ward`.
    """

    address: str | None = None
    uprn: int | None = None
    ward: str | None = None


def home_of(folder: Path, row: dict[str, Any], purpose: Purpose, *, as_of: date) -> Home:
    """The present home of a household of a night, from nothing but records that may be seen for a purpose.

    Where one system's records alone may be seen, it is the home that this system knows of, which may be one
    that they have left: that another system knows of a later one would itself be told by leaving it out.

    Args:
        folder: The night's.
        row: The household's row of the night.
        purpose: The viewer's.
        as_of: The night's date.
    """
    if purpose not in LINKS_FOR:
        row = _as_seen(folder, row["household_id"], purpose, as_of)
    return Home(address=row.get("address") or None, uprn=row.get("uprn"), ward=row.get("ward"))


def _as_seen(folder: Path, household_id: str, purpose: Purpose, as_of: date) -> dict[str, Any]:
    """The household's row as the night would have made it of these records; empty if there are none."""
    seen = pl.col("source").is_in(sources_for(purpose)) & (pl.col("household_id") == household_id)
    refs = scan_frame(folder, "links").filter(seen).select(*record_of_row()).unique().collect()
    brought = extract_names(folder)
    held = [
        _records(folder, one, refs.filter(source=one.source)["record_ref"], as_of)
        for one in SOURCES
        if one.extract in brought and one.source in refs["source"]
    ]
    told = pl.concat(held).sort(pl.all()) if held else pl.DataFrame()
    if told.is_empty():
        return {}
    once = told.unique(["source", "record_ref"], keep="first", maintain_order=True)
    records = _with_properties(folder, once)
    # One household: what its rows say of residents and sureness makes no difference to where it lives.
    rows = pl.DataFrame({"record": range(records.height)}, schema={"record": pl.UInt32}).with_columns(
        resident=pl.lit(0, pl.UInt32),
        household=pl.lit(0, pl.UInt32),
        household_id=pl.lit(household_id),
        confidence=pl.lit(None, pl.String),
    )
    return household_rows(rows, records).row(0, named=True)


def _records(folder: Path, one: SourceColumns, refs: pl.Series, as_of: date) -> pl.DataFrame:
    """What records of one system say of where and when, as `record_rows` has it."""
    mine = scan_named(folder, one.extract).filter(pl.col(one.record).is_in(refs.implode()))
    begun, ended = pl.col(str(one.starts)), pl.col(str(one.ends))
    return mine.select(
        source=pl.lit(one.source),
        record_ref=one.record,
        address=pl.concat_str(*one.address, separator=", ", ignore_nulls=True),
        postcode=identifiers.postcode(pl.col("postcode")),
        ward=pl.col(one.ward) if one.ward else pl.lit(None, pl.String),
        starts=pl.when(begun <= as_of).then(begun),
        ends=pl.when(ended <= as_of).then(ended),
    ).collect()


def _with_properties(folder: Path, records: pl.DataFrame) -> pl.DataFrame:
    """The property that each was found to be that night; null where the night did not keep that."""
    if not has_addresses(folder):
        return records.with_columns(resolved_uprn=pl.lit(None, pl.Int64), property=pl.lit(None, pl.Int64))
    near = pl.col("record_ref").is_in(records["record_ref"].implode())
    found = scan_frame(folder, ADDRESSES).filter(near).select("source", "record_ref", resolved_uprn="uprn")
    of = records.join(found.collect(), on=["source", "record_ref"], how="left", maintain_order="left")
    return of.with_columns(property="resolved_uprn")
