"""Who saw or changed what, when, and under which purpose: for a data protection officer."""

from dataclasses import dataclass
from datetime import date

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.store.log import Wanted, count_events, insert_event, newest_events


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLog:
    """Lines of the audit log.

    Attributes:
        lines: The newest that were asked for, newest first.
        found: How many fit what was asked for, shown or not.
    """

    lines: tuple[AuditEvent, ...]
    found: int


def read_audit_log(
    council: Council,
    *,
    household_id: str | None = None,
    holder: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int,
    actor: Actor,
) -> AuditLog:
    """Read the audit log; that it was read, and what for, becomes a line of it.

    Args:
        council: An open council.
        household_id: Lines about this household only; an id that it had before a merge has its own lines.
        holder: Lines of this person or holder of a key only.
        since: The first day, in UTC.
        until: The last day, in UTC.
        limit: How many lines.
        actor: Who reads.
    """
    wanted = Wanted(household_id=household_id, holder=holder, since=since, until=until)
    with council.engine.begin() as connection:
        lines, found = newest_events(connection, wanted, limit=limit), count_events(connection, wanted)
        event = AuditEvent(
            actor=actor,
            action="read_audit_log",
            occurred_at=council.clock(),
            household_id=household_id,
            subject=f"{wanted.words()}: {len(lines)} of {found} lines",
        )
        insert_event(connection, event)
    return AuditLog(lines=tuple(lines), found=found)
