"""Choose the link weights that the council's nights weigh with."""

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.links.link_weights import choose_weights
from triage.store.log import insert_event


def use_link_weights(council: Council, name: str, *, actor: Actor) -> None:
    """Make kept weights, or `shipped`, those of the next run.

    Raises:
        WeightsNotFound: If no such weights are kept.
        WeightsInvalid: If their file is damaged or altered.
    """
    with council.engine.begin() as connection:
        choose_weights(name, council.directory)
        event = AuditEvent(actor=actor, action="use_link_weights", occurred_at=council.clock(), subject=name)
        insert_event(connection, event)
