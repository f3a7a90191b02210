"""What link weights the council can weigh with, and which it does."""

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.links.link_weights import WeightsVersion, weights_versions
from triage.store.log import insert_event


def list_link_weights(council: Council, *, actor: Actor) -> tuple[WeightsVersion, ...]:
    """List the shipped weights and the council's own; one that can't be used is listed with its fault."""
    kept = weights_versions(council.directory)
    event = AuditEvent(
        actor=actor,
        action="list_link_weights",
        occurred_at=council.clock(),
        subject=f"{len(kept)} versions",
    )
    with council.engine.begin() as connection:
        insert_event(connection, event)
    return kept
