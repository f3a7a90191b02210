"""Whom officers' verdicts are about: the households of the records that they name."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from smart_record.linkage.sources import record_of_row
from triage.nights import scan_frame
from triage.store.verdicts import RecordedVerdict


def households_of_verdicts(folder: Path, verdicts: Sequence[RecordedVerdict]) -> dict[str, list[int]]:
    """The households that a night has the records of verdicts in, with the numbers of the verdicts.

    Nothing for records that are gone. A verdict may name a child's row, or the claim that it belongs to.

    Args:
        folder: The night's.
        verdicts: As the store has them.
    """
    named = [
        (each.verdict_id, source, record_ref)
        for each in verdicts
        for source, record_ref in (
            (each.verdict.source, each.verdict.record_ref),
            (each.verdict.other_source, each.verdict.other_record_ref),
        )
    ]
    schema = {"verdict_id": pl.Int64, "source": pl.String, "record_ref": pl.String}
    about = pl.DataFrame(named, schema=schema, orient="row")
    links = scan_frame(folder, "links")
    homes = pl.concat(
        [links.select(*row, "household_id") for row in (("source", "record_ref"), record_of_row())]
    )
    found = (
        about.lazy().join(homes, on=["source", "record_ref"]).select("household_id", "verdict_id").unique()
    )
    by_home = found.sort("household_id", "verdict_id").collect().group_by("household_id", maintain_order=True)
    return dict(by_home.agg("verdict_id").iter_rows())
