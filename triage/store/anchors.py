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


def subjects_about(
    connection: sa.Connection, kind: Anchored, records: Collection[tuple[str, str]]
) -> set[str]:
    """The subjects of a kind that are about any of these records (source, record_ref)."""
    these = sa.tuple_(anchors.c.source, anchors.c.record_ref).in_(sorted(records))
    return set(connection.scalars(sa.select(anchors.c.subject_id).where(anchors.c.kind == kind, these)))


def anchors_of(
    connection: sa.Connection, kind: Anchored, subject_ids: Collection[str] | None = None
) -> pl.DataFrame:
    """The anchors of a kind, or of these subjects of it: subject_id, source, record_ref; sorted."""
    columns = [anchors.c[name] for name in _SCHEMA]
    query = sa.select(*columns).where(anchors.c.kind == kind).order_by(*columns)
    if subject_ids is not None:
        query = query.where(anchors.c.subject_id.in_(sorted(subject_ids)))
    return pl.DataFrame([tuple(row) for row in connection.execute(query)], schema=_SCHEMA, orient="row")
