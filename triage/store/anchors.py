"""The records that a referral or an outcome was about: it belongs to the household that has them tonight.

Household ids merge and split; records stay. What was wrongly joined and is parted again takes with it what
was its own.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum

import polars as pl
import sqlalchemy as sa

from triage.store.tables import anchors

_SCHEMA = {"subject_id": pl.String, "source": pl.String, "record_ref": pl.String}


class Anchored(StrEnum):
    """What is held by records."""

    REFERRAL = "referral"
    OUTCOME = "outcome"


def insert_anchors(
    connection: sa.Connection, kind: Anchored, subject_id: str, records: Iterable[tuple[str, str]]
) -> None:
    """Hold a referral or an outcome by records (source, record_ref); its own audit line tells of it."""
    rows = [
        {"kind": kind, "subject_id": subject_id, "source": source, "record_ref": ref}
        for source, ref in sorted(set(records))
    ]
    if rows:
        connection.execute(sa.insert(anchors), rows)


def delete_anchors(connection: sa.Connection, kind: Anchored, subject_ids: Collection[str]) -> None:
    """Let go of what is withdrawn."""
    for subject_id in sorted(subject_ids):
        mine = sa.and_(anchors.c.kind == kind, anchors.c.subject_id == subject_id)
        connection.execute(sa.delete(anchors).where(mine))


def anchors_of(connection: sa.Connection, kind: Anchored) -> pl.DataFrame:
    """All anchors of a kind: subject_id, source, record_ref; sorted."""
    columns = [anchors.c[name] for name in _SCHEMA]
    query = sa.select(*columns).where(anchors.c.kind == kind).order_by(*columns)
    return pl.DataFrame([tuple(row) for row in connection.execute(query)], schema=_SCHEMA, orient="row")
