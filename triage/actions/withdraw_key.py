"""Take an officer's or a screen's access to the API away."""

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import KeyNotFound
from triage.store.keys import KeyStanding, all_keys, withdraw_keys


def withdraw_key(council: Council, name: str, *, actor: Actor) -> None:
    """Withdraw the key of a holder; the very next request with it is refused.

    Raises:
        KeyNotFound: If nobody of this name has a key that opens anything.
    """
    now = council.clock()
    event = AuditEvent(actor=actor, action="withdraw_key", occurred_at=now, subject=name)
    with council.engine.begin() as connection:
        in_use = [each.name for each in all_keys(connection) if each.standing(now) is KeyStanding.IN_USE]
        if name not in in_use:
            others = f"Keys in use: {', '.join(in_use)}." if in_use else "No key is in use."
            raise KeyNotFound(f"{name} has no key in use. Nothing was changed. {others}")
        withdraw_keys(connection, name, audit=event)
