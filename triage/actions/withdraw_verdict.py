"""Take back a verdict on links; the next run goes by the evidence again."""

from dataclasses import replace

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import VerdictNotFound
from triage.links.verdict_households import households_of_verdicts
from triage.sight import LINKS_FOR, check_may_see
from triage.store.log import insert_event
from triage.store.nights import current_night
from triage.store.verdicts import RecordedVerdict, recorded_verdict, withdraw


def withdraw_verdict(council: Council, verdict_id: int, *, actor: Actor) -> RecordedVerdict:
    """Withdraw a verdict that stands; it is kept as withdrawn.

    Raises:
        PurposeRefused: If the rows of all systems may not be seen for the purpose.
        VerdictNotFound: If there is none of this number, or it is withdrawn already.
    """
    check_may_see("What links compare", actor.purpose, LINKS_FOR)
    with council.engine.begin() as connection:
        found = recorded_verdict(connection, verdict_id)
        if found is None or found.withdrawn_at is not None:
            raise VerdictNotFound(
                f"No verdict {verdict_id} stands. Nothing was changed. Those that do are listed by: "
                "triage links verdicts"
            )
        event = AuditEvent(
            actor=actor,
            action="withdraw_verdict",
            occurred_at=council.clock(),
            subject=f"verdict {verdict_id}",
        )
        night = current_night(connection)
        folder = None if night is None else council.nights / night.night_id
        for household_id in {} if folder is None else households_of_verdicts(folder, [found]):
            insert_event(connection, replace(event, household_id=household_id))
        withdraw(connection, verdict_id, audit=event)
    return found
