"""What officers have decided about links: to look it up, and to take it back."""

from dataclasses import replace

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.links.verdict_households import households_of_verdicts
from triage.sight import LINKS_FOR, check_may_see
from triage.store.log import insert_events
from triage.store.nights import current_night
from triage.store.verdicts import RecordedVerdict, recorded_verdicts


def list_verdicts(
    council: Council, *, limit: int, page: int = 1, actor: Actor, withdrawn: bool = False
) -> tuple[RecordedVerdict, ...]:
    """A page of officers' verdicts on links, newest first; audited as seen for each household they are about.

    Args:
        council: An open council.
        limit: How many verdicts a page has.
        page: Which, from 1; `MOST_PAGES` at most.
        actor: Who looks.
        withdrawn: Also those that were taken back.

    Raises:
        PurposeRefused: If links may not be looked at for the actor's purpose.
    """
    check_may_see("What links compare", actor.purpose, LINKS_FOR)
    with council.engine.begin() as connection:
        found = recorded_verdicts(connection, withdrawn=withdrawn, limit=limit, skip=(page - 1) * limit)
        night = current_night(connection)
        folder = None if night is None else council.nights / night.night_id
        event = AuditEvent(
            actor=actor,
            action="list_verdicts",
            occurred_at=council.clock(),
            subject=f"{len(found)} verdicts",
        )
        whose = {} if folder is None else households_of_verdicts(folder, found)
        seen = [
            replace(event, household_id=household_id, subject=f"verdict {', '.join(map(str, numbers))}")
            for household_id, numbers in whose.items()
        ]
        insert_events(connection, [event, *seen])
    return found
