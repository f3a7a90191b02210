"""Let a kept model run beside the one in use: scored and compared each night, never used."""

from models.scorecards.registry import challenge
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.store.log import insert_event


def challenge_model(council: Council, name: str | None, *, actor: Actor) -> str | None:
    """Make a kept model the challenger of the nights to come, or run none.

    Args:
        council: An open council.
        name: As `list_models` gives it, with or without `.json`; None for no challenger.
        actor: Who decides so.

    Returns:
        The challenger's content hash, None for none.

    Raises:
        ModelNotFound: If no such model is kept.
        ScorecardInvalid: If its file is damaged or altered.
    """
    file = None if name is None else f"{name.removesuffix('.json')}.json"
    with council.engine.begin() as connection:
        chosen = challenge(file, council.directory)
        event = AuditEvent(
            actor=actor, action="challenge_model", occurred_at=council.clock(), subject=chosen or "none"
        )
        insert_event(connection, event)
    return chosen
