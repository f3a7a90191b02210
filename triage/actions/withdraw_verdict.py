"""Take back a verdict on links; the next run goes by the evidence again."""

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import VerdictNotFound
from triage.store.verdicts import RecordedVerdict, recorded_verdict, withdraw


def withdraw_verdict(council: Council, verdict_id: int, *, actor: Actor) -> RecordedVerdict:
    """Withdraw a verdict that stands; it is kept as withdrawn.

    Raises:
        VerdictNotFound: If there is none of this number, or it is withdrawn already.
    """
    with council.engine.begin() as connection:
        found = recorded_verdict(connection, verdict_id)
        if found is None or found.withdrawn_at is not None:
            raise VerdictNotFound(f"No verdict {verdict_id} stands. Nothing was changed.")
        event = AuditEvent(
            actor=actor,
            action="withdraw_verdict",
            occurred_at=council.clock(),
            subject=f"verdict {verdict_id}",
        )
        withdraw(connection, verdict_id, audit=event)
    return found
