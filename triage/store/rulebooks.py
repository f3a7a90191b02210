"""Versions of the rulebook: who submitted and approved each, and which one the night uses.

The switches are a log: the newest line names the version in force, so that one insert switches it and the
way back is never lost.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from triage.audit import AuditEvent
from triage.store.log import insert_event
from triage.store.tables import rulebook_switches, rulebook_versions


class SwitchKind(StrEnum):
    """Why another version came into force."""

    APPROVAL = "approval"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """One submitted rulebook; its checks were clean when it was taken in.

    Attributes:
        content_hash: Of its files, and the name of their folder.
        commit_id: Git commit of the folder that was submitted, if it lay in a repository.
        approved_by: A second person; None until then.
    """

    content_hash: str
    submitted_by: str
    submitted_at: datetime
    submitted_why: str
    commit_id: str | None
    approved_by: str | None = None
    approved_at: datetime | None = None
    approved_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One moment at which another version came into force."""

    content_hash: str
    kind: SwitchKind
    actor: str
    switched_at: datetime
    why: str


def insert_version(connection: sa.Connection, version: StoredVersion, *, audit: AuditEvent) -> None:
    """Record a submitted version."""
    connection.execute(
        sa.insert(rulebook_versions).values(
            content_hash=version.content_hash,
            submitted_by=version.submitted_by,
            submitted_at=version.submitted_at,
            submitted_why=version.submitted_why,
            commit_id=version.commit_id,
        )
    )
    insert_event(connection, audit)


def record_approval(connection: sa.Connection, content_hash: str, *, why: str, audit: AuditEvent) -> None:
    """Record who approved a version; the log of switches puts it in force."""
    connection.execute(
        sa.update(rulebook_versions)
        .where(rulebook_versions.c.content_hash == content_hash)
        .values(approved_by=audit.actor.name, approved_at=audit.occurred_at, approved_why=why)
    )
    insert_event(connection, audit)


def insert_switch(
    connection: sa.Connection, content_hash: str, *, kind: SwitchKind, why: str, audit: AuditEvent
) -> None:
    """Put a version in force from now on."""
    connection.execute(
        sa.insert(rulebook_switches).values(
            content_hash=content_hash,
            kind=kind,
            actor=audit.actor.name,
            switched_at=audit.occurred_at,
            why=why,
        )
    )
    insert_event(connection, audit)


def stored_versions(connection: sa.Connection) -> list[StoredVersion]:
    """Every submitted version, oldest first."""
    order = (rulebook_versions.c.submitted_at, rulebook_versions.c.content_hash)
    rows = connection.execute(sa.select(rulebook_versions).order_by(*order))
    return [StoredVersion(**row._mapping) for row in rows]  # noqa: SLF001 (SQLAlchemy's public name)


def switches(connection: sa.Connection) -> list[Switch]:
    """Every switch, oldest first; the last names the version in force."""
    query = sa.select(
        rulebook_switches.c.content_hash,
        rulebook_switches.c.kind,
        rulebook_switches.c.actor,
        rulebook_switches.c.switched_at,
        rulebook_switches.c.why,
    ).order_by(rulebook_switches.c.switch_id)
    return [
        Switch(**{**row._mapping, "kind": SwitchKind(row.kind)})  # noqa: SLF001 (SQLAlchemy's public name)
        for row in connection.execute(query)
    ]
