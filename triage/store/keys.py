"""Keys of the API: made once, shown once, kept as a hash with who holds them and who made them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from smart_record.purposes import Purpose
from triage.audit import Actor, AuditEvent
from triage.roles import Role
from triage.store.log import insert_event
from triage.store.tables import keys


class KeyStanding(StrEnum):
    """Whether a key opens anything."""

    IN_USE = "in use"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What is kept of a key. The key itself is not.

    Attributes:
        name: Its holder, as the audit log will name them: a person's log-in name, a screen.
        expires_at: From this instant on it opens nothing.
        team: Whose referral queue alone it shows; None for every team's.
    """

    name: str
    role: Role
    purpose: Purpose
    made_by: str
    made_at: datetime
    expires_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    team: str | None = None

    @property
    def holder(self) -> Actor:
        """Its holder, as actions take them."""
        return Actor(name=self.name, purpose=self.purpose, team=self.team)

    def standing(self, now: datetime) -> KeyStanding:
        """Whether it opens anything now."""
        if self.withdrawn_at is not None:
            return KeyStanding.WITHDRAWN
        return KeyStanding.EXPIRED if self.expires_at <= now else KeyStanding.IN_USE


def insert_key(connection: sa.Connection, key: Key, *, audit: AuditEvent) -> str:
    """Record a new key, with its audit line.

    A random 256-bit key needs no slow hash: there is nothing to guess.

    Returns: The key's words: the only time they can be read.
    """
    secret = f"wt_{secrets.token_urlsafe(32)}"
    columns = {name: getattr(key, name) for name in Key.__dataclass_fields__}
    connection.execute(sa.insert(keys).values(key_hash=_hash(secret), **columns))
    insert_event(connection, audit)
    return secret


def find_key(connection: sa.Connection, secret: str) -> Key | None:
    """The key of these words, whatever its standing; None where there is none."""
    row = connection.execute(sa.select(keys).where(keys.c.key_hash == _hash(secret))).first()
    return None if row is None else _key(row)


def all_keys(connection: sa.Connection) -> list[Key]:
    """Every key that was made, by holder, oldest first."""
    return [_key(row) for row in connection.execute(sa.select(keys).order_by("name", "made_at"))]


def withdraw_keys(connection: sa.Connection, name: str, *, audit: AuditEvent) -> None:
    """Take back what this holder has; the very next request with it is refused."""
    connection.execute(
        sa.update(keys)
        .where(keys.c.name == name, keys.c.withdrawn_at.is_(None))
        .values(withdrawn_by=audit.actor.name, withdrawn_at=audit.occurred_at)
    )
    insert_event(connection, audit)


def _key(row: sa.Row[Any]) -> Key:
    values = {name: getattr(row, name) for name in Key.__dataclass_fields__}
    return Key(**values | {"role": Role(row.role), "purpose": Purpose(row.purpose)})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
