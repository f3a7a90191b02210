"""Outcomes with the household that each is of in a night: what was recorded goes where its records go.

The night itself asks with what it has in hand (`triage.nightly`); this is for whoever looks at it afterwards.
"""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from smart_record.linkage.sources import record_of_row
from triage.nights import scan_frame
from triage.referrals.anchoring import Homes, homes_of, outcomes_now
from triage.store.anchors import Anchored, anchors_of
from triage.store.outcomes import RecordedOutcome, outcomes_known_by, outcomes_near


def outcomes_of_night(connection: sa.Connection, folder: Path, as_of: date) -> list[RecordedOutcome]:
    """Every outcome known by a date, with the household that it is of in a night.

    Args:
        connection: Reads the store.
        folder: The night's. It held everything recorded before it by its records, so that its own merges say
            nothing more.
        as_of: Nothing recorded later counts.
    """
    held = anchors_of(connection, Anchored.OUTCOME)
    return outcomes_now(outcomes_known_by(connection, as_of), held, _homes(folder, held), {})


def outcomes_of_household(
    connection: sa.Connection,
    folder: Path,
    household_id: str,
    records: Collection[tuple[str, str]],
    as_of: date,
) -> list[RecordedOutcome]:
    """Those of one household, without reading everybody's: somebody is on the phone.

    Args:
        connection: Reads the store.
        folder: The night's.
        household_id: Of the night.
        records: The household's records (source, record_ref) of the night.
        as_of: Nothing recorded later counts.
    """
    near = outcomes_near(connection, household_id, records, as_of)
    held = anchors_of(connection, Anchored.OUTCOME, [str(each.outcome_id) for each in near])
    now = outcomes_now(near, held, _homes(folder, held), {})
    return [each for each in now if each.household_id == household_id]


def _homes(folder: Path, held: pl.DataFrame) -> Homes:
    """Where the records of these anchors were in a night."""
    _, record = record_of_row()
    near = record.is_in(held["record_ref"].unique().implode())
    links, registry = (scan_frame(folder, name).filter(near).collect() for name in ("links", "registry"))
    present = scan_frame(folder, "households").select("household_id").collect().to_series()
    return homes_of(links, registry, present)
