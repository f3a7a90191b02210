"""Put a kept model in use, as after a bad training."""

from models.registry import FOLDER, load, point_at
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.store.log import insert_event


def use_model(council: Council, name: str, *, actor: Actor) -> str:
    """Make a kept model the one that the next run scores with.

    Args:
        council: An open council.
        name: As `list_models` gives it, with or without `.json`.
        actor: Who decides so.

    Returns:
        The model's content hash.

    Raises:
        ModelNotFound: If no such model is kept.
        ScorecardInvalid: If its file is damaged or altered.
        FeatureMismatch: If this version of the product can't read it.
    """
    file = f"{name.removesuffix('.json')}.json"
    with council.engine.begin() as connection:
        point_at(file, council.directory)
        chosen = load(council.directory / FOLDER / file).content_hash
        event = AuditEvent(actor=actor, action="use_model", occurred_at=council.clock(), subject=chosen)
        insert_event(connection, event)
    return chosen
