"""Take back a verdict on links; the next run goes by the evidence again."""

from dataclasses import replace

import polars as pl
import sqlalchemy as sa

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import VerdictNotFound
from triage.nights import read_frame
from triage.sight import LINKS_FOR, check_may_see
from triage.store.log import insert_event
from triage.store.nights import current_night
from triage.store.verdicts import RecordedVerdict, Verdict, recorded_verdict, withdraw


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
        for household_id in _households(council, connection, found.verdict):
            insert_event(connection, replace(event, household_id=household_id))
        withdraw(connection, verdict_id, audit=event)
    return found


def _households(council: Council, connection: sa.Connection, verdict: Verdict) -> list[str]:
    """The households that the last night has the two records in; none for records that are gone."""
    night = current_night(connection)
    if night is None:
        return []
    links = read_frame(council.nights / night.night_id, "links")
    sides = [(verdict.source, verdict.record_ref), (verdict.other_source, verdict.other_record_ref)]
    mine = pl.any_horizontal(
        (pl.col("source") == source) & (pl.col("record_ref") == ref) for source, ref in sides
    )
    return links.filter(mine)["household_id"].unique().sort().to_list()
