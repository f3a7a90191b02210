"""Every model that the council keeps, and which of them is in use."""

from models.scorecards.registry import Version, versions
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.store.log import insert_event


def list_models(council: Council, *, actor: Actor) -> tuple[Version, ...]:
    """List the kept models, oldest first; one that can't be used is listed with its fault."""
    kept = versions(council.directory)
    event = AuditEvent(
        actor=actor, action="list_models", occurred_at=council.clock(), subject=f"{len(kept)} models"
    )
    with council.engine.begin() as connection:
        insert_event(connection, event)
    return kept
