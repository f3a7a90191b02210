"""Who holds this key?"""

from triage.audit import Actor
from triage.council import Council
from triage.errors import KeyRefused
from triage.store.keys import key_holder


def authenticate(council: Council, key: str | None) -> Actor:
    """The holder of an API key.

    Raises:
        KeyRefused: If the key is missing, unknown or withdrawn.
    """
    with council.engine.begin() as connection:
        actor = None if key is None else key_holder(connection, key)
    if actor is None:
        raise KeyRefused(
            "This needs a key: send the header 'Authorization: Bearer KEY'. "
            "The first key was shown by triage init; it is not stored and can't be shown again."
        )
    return actor
