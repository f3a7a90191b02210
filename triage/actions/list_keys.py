"""Who has, or had, access to the API."""

from dataclasses import dataclass

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.store.keys import Key, KeyStanding, all_keys
from triage.store.log import insert_event


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedKey:
    """A key and whether it opens anything now."""

    key: Key
    standing: KeyStanding


def list_keys(council: Council, *, actor: Actor) -> tuple[ListedKey, ...]:
    """Every key that was made, by holder, oldest first; withdrawn and expired ones stay on the list."""
    now = council.clock()
    with council.engine.begin() as connection:
        found = all_keys(connection)
        event = AuditEvent(actor=actor, action="list_keys", occurred_at=now, subject=f"{len(found)} keys")
        insert_event(connection, event)
    return tuple(ListedKey(key=each, standing=each.standing(now)) for each in found)
