"""A team's queue, most urgent first."""

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import TeamNotFound
from triage.store.log import insert_event
from triage.store.referrals import Referral, open_referrals
from triage.teams import is_team, known_teams


def list_referrals(council: Council, *, team: str | None, actor: Actor) -> list[Referral]:
    """Referrals that a team still has (or every team), most urgent first.

    Raises:
        TeamNotFound: For a team that the council doesn't have.
    """
    if team is not None and not is_team(council.settings, team):
        raise TeamNotFound(
            f"There is no team {team!r}. Teams: {', '.join(known_teams(council.settings))}; a ward's own "
            "neighbourhood team is written neighbourhood- and the ward, as in neighbourhood-north-ormesby."
        )
    with council.engine.begin() as connection:
        found = open_referrals(connection, team=team)
        insert_event(
            connection,
            AuditEvent(
                actor=actor,
                action="list_referrals",
                occurred_at=council.clock(),
                subject=f"team {team or 'all'}, {len(found)} referrals",
            ),
        )
    return found
