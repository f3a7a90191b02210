"""Who holds this key, and may they do this?"""

import re

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import KeyRefused, RoleRefused
from triage.roles import Role
from triage.store.database import reading
from triage.store.keys import Key, KeyStanding, find_key
from triage.store.log import insert_event

_FORM = re.compile(r"wt_[\w-]{43}", re.ASCII)
"""Whatever is not of this form is no key, and costs no look into the store."""

_MORE = "Whoever runs the service makes keys with: triage keys make"


def authenticate(council: Council, secret: str | None, *, role: Role) -> Actor:
    """The holder of an API key who may do what `role` may.

    A refusal of a key that was once given out goes to the audit log under its holder's name. What was never
    a key leaves no trace in the store and never waits for a writer of it, so that guessing can fill or block
    nothing.

    Raises:
        KeyRefused: If the key is missing, unknown, expired or withdrawn.
        RoleRefused: If its holder's role is not enough.
    """
    key = _known(council, secret)
    if secret is None:
        raise KeyRefused(f"This needs a key: send the header 'Authorization: Bearer KEY'. {_MORE}")
    if key is None:
        raise KeyRefused(f"This key is not known. Was it copied whole? It begins with wt_. {_MORE}")
    standing = key.standing(council.clock())
    if standing is not KeyStanding.IN_USE:
        _record_refusal(council, key, str(standing))
        since = key.withdrawn_at or key.expires_at
        raise KeyRefused(f"This key is {standing} since {since:%-d %B %Y}. {_MORE}")
    if not key.role.includes(role):
        _record_refusal(council, key, f"role {key.role}, not {role}")
        raise RoleRefused(f"This needs the role {role}; this key's role is {key.role}. {_MORE}")
    return key.holder


def _known(council: Council, secret: str | None) -> Key | None:
    if secret is None or not _FORM.fullmatch(secret):
        return None
    with reading(council.engine) as connection:
        return find_key(connection, secret)


def _record_refusal(council: Council, key: Key, why: str) -> None:
    event = AuditEvent(actor=key.holder, action="refuse_key", occurred_at=council.clock(), subject=why)
    with council.engine.begin() as connection:
        insert_event(connection, event)
