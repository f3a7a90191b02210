"""The addresses of a night's records: which property each was found to be, how, and how surely."""

from pathlib import Path
from typing import Any

import polars as pl

from smart_record.linkage.sources import SOURCES, record_of_row
from smart_record.purposes import Purpose
from smart_record.standardise.properties.address_findings import (
    AMBIGUOUS,
    DISPUTED,
    FOUND_BY,
    UNREAD,
)
from smart_record.standardise.properties.finding_words import finding_in_words, way_in_words
from triage.errors import NotReady
from triage.explained.household import HeldAddress
from triage.nights import read_frame, scan_frame, scan_named
from triage.sight import sources_for

ADDRESSES = "addresses"
"""The frame of a night's folder (`matching.Linkage.addresses`)."""

UNSETTLED = (DISPUTED, *AMBIGUOUS, UNREAD)
"""Ways after which somebody has to be asked, in the order in which they are shown."""


def addresses_of(folder: Path, household_id: str, purpose: Purpose) -> tuple[HeldAddress, ...]:
    """The address of each record of a household that may be seen for a purpose.

    None where the night was run before they were kept.
    """
    if not has_addresses(folder):
        return ()
    seen = pl.col("source").is_in(sources_for(purpose))
    mine = scan_frame(folder, "links").filter((pl.col("household_id") == household_id) & seen)
    records = mine.select(*record_of_row()).unique().collect()
    keys = records["record_ref"].implode()
    near = scan_frame(folder, ADDRESSES).filter(pl.col("record_ref").is_in(keys)).collect()
    found = near.join(records, on=["source", "record_ref"], how="semi").sort("source", "record_ref")
    return tuple(held_address(row) for row in found.iter_rows(named=True))


def held_address(row: dict[str, Any]) -> HeldAddress:
    """One row of the frame, with its words."""
    return HeldAddress(told=finding_in_words(row), **row)


def has_addresses(folder: Path) -> bool:
    """Whether a night kept how addresses were found."""
    return (folder / f"{ADDRESSES}.parquet").is_file()


def check_addresses_kept(folder: Path) -> None:
    """See that a night kept how addresses were found.

    Raises:
        NotReady: If it was run by an earlier release.
    """
    if not has_addresses(folder):
        raise NotReady(
            f"The night {folder.name} was run by an earlier release, which did not keep how addresses were "
            "found, so there is nothing to show. Run it again with: triage run --full"
        )


def counted(addresses: pl.DataFrame) -> list[dict[str, Any]]:
    """How many records were found in each way, surest first.

    Returns: By way and spelling: found_by, street_corrected, told (in words), records, confidence of most,
        share_right (mean), measured_on; the last three None where no property is known.
    """
    by_way = addresses.group_by("found_by", "street_corrected").agg(
        records=pl.len(),
        confidence=pl.col("confidence").drop_nulls().mode().min(),
        share_right=pl.col("share_right").sort().mean(),
        measured_on=pl.col("measured_on").max(),
    )
    rows = by_way.sort("found_by", "street_corrected").iter_rows(named=True)
    return [
        {**row, "told": way_in_words(row["found_by"], street_corrected=row["street_corrected"])}
        for row in rows
    ]


def unsettled(folder: Path) -> pl.DataFrame:
    """The addresses of a night that somebody has to be asked about, with the household of each.

    Returns: The columns of the frame and household_id (null where the record names nobody), in the order of
        `UNSETTLED`, then of the records.
    """
    found = read_frame(folder, ADDRESSES)
    rank = pl.col("found_by").cast(pl.String).replace_strict(dict(zip(UNSETTLED, range(4), strict=True)))
    asked = found.filter(pl.col("found_by").is_in(pl.Series(UNSETTLED, dtype=FOUND_BY).implode()))
    of = read_frame(folder, "links").select(*record_of_row(), "household_id").unique()
    asked = asked.join(of, on=["source", "record_ref"], how="left")
    return asked.sort(rank, "source", "record_ref")


def as_written(folder: Path, records: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The address of each record (source, record_ref) as its own system writes it."""
    written = {}
    for source in SOURCES:
        mine = [ref for name, ref in records if name == source.source]
        if not mine or not source.address:
            continue
        lines = pl.concat_str(*source.address, "postcode", separator=", ", ignore_nulls=True)
        rows = scan_named(folder, source.extract).filter(pl.col(source.record).is_in(mine))
        told = rows.select(source.record, lines).collect()
        written.update({(source.source, ref): line for ref, line in told.iter_rows()})
    return written
