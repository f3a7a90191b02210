"""Keys of the API: made once, shown once, kept as a hash."""

import hashlib
import secrets
from datetime import datetime

import sqlalchemy as sa

from smart_record.purposes import Purpose
from triage.audit import Actor, AuditEvent
from triage.store.log import insert_event
from triage.store.tables import keys


def make_key(
    connection: sa.Connection, name: str, purpose: Purpose, *, made_at: datetime, audit: AuditEvent
) -> str:
    """A new key under `name`; the only time it can be read.

    A random 256-bit key needs no slow hash: there is nothing to guess.
    """
    key = f"wt_{secrets.token_urlsafe(32)}"
    connection.execute(
        sa.insert(keys).values(key_hash=_hash(key), name=name, purpose=purpose.value, made_at=made_at)
    )
    insert_event(connection, audit)
    return key


def key_holder(connection: sa.Connection, key: str) -> Actor | None:
    """Who holds a key, or None where it is unknown or withdrawn."""
    row = connection.execute(
        sa.select(keys.c.name, keys.c.purpose).where(
            keys.c.key_hash == _hash(key), keys.c.withdrawn_at.is_(None)
        )
    ).first()
    return None if row is None else Actor(name=row.name, purpose=Purpose(row.purpose))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
