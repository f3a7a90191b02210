"""What officers have decided about links: to look it up, and to take it back."""

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.sight import LINKS_FOR, check_may_see
from triage.store.log import insert_event
from triage.store.verdicts import RecordedVerdict, recorded_verdicts


def list_verdicts(council: Council, *, actor: Actor, withdrawn: bool = False) -> tuple[RecordedVerdict, ...]:
    """Officers' verdicts on links, newest first; the look is audited.

    Args:
        council: An open council.
        actor: Who looks.
        withdrawn: Also those that were taken back.

    Raises:
        PurposeRefused: If links may not be looked at for the actor's purpose.
    """
    check_may_see("What links compare", actor.purpose, LINKS_FOR)
    with council.engine.begin() as connection:
        found = recorded_verdicts(connection, withdrawn=withdrawn)
        event = AuditEvent(
            actor=actor,
            action="list_verdicts",
            occurred_at=council.clock(),
            subject=f"{len(found)} verdicts",
        )
        insert_event(connection, event)
    return found
