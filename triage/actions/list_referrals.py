"""A team's queue, most urgent first."""

from dataclasses import asdict, dataclass, replace

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import TeamRefused
from triage.nights import read_flags
from triage.policy.teams import check_team
from triage.referrals.changed_households import FLAG_WORDS
from triage.sight import QUEUES_FOR, check_may_see, whole_or_not_said
from triage.store.log import insert_events
from triage.store.nights import current_night
from triage.store.referrals import Referral, open_referrals


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedReferral(Referral):
    """A referral in a queue.

    Attributes:
        look: Why the team should look at it before acting; empty if for nothing. The household may be in no
            extract any more, or was split.
    """

    look: str


def list_referrals(council: Council, *, team: str | None, actor: Actor) -> list[ListedReferral]:
    """Referrals that a team still has (or every team that the actor may see), most urgent first.

    Each household's is audited as seen. Their reasons rest on whatever the rules read, and are told only to
    who may see all of it.

    Raises:
        PurposeRefused: If queues may not be seen for the actor's purpose.
        TeamNotFound: For a team that the council doesn't have.
        TeamRefused: For another team than the actor's own.
    """
    check_may_see("A team's queue", actor.purpose, QUEUES_FOR)
    if team is not None:
        check_team(council.settings, team)
    team = _own(team, actor)
    with council.engine.begin() as connection:
        found = open_referrals(connection, team=team)
        looked = AuditEvent(
            actor=actor,
            action="list_referrals",
            occurred_at=council.clock(),
            subject=f"team {team or 'all'}, {len(found)} referrals",
        )
        whose = sorted({each.household_id for each in found if each.household_id is not None})
        seen = [replace(looked, household_id=each, subject=f"team {team or 'all'}") for each in whose]
        insert_events(connection, [looked, *seen])
        night = current_night(connection)
    flags = dict(read_flags(None if night is None else council.nights / night.night_id).iter_rows())
    return [
        ListedReferral(
            **asdict(each) | {"reasons": whole_or_not_said(each.reasons, actor.purpose)},
            look=FLAG_WORDS.get(flags.get(each.referral_id, ""), ""),
        )
        for each in found
    ]


def _own(team: str | None, actor: Actor) -> str | None:
    """The team asked for, as far as the actor may see its queue."""
    if actor.team is not None and team not in {None, actor.team}:
        raise TeamRefused(
            f"This key is for the team {actor.team}, so the queue of {team} is not shown. Leave the team "
            "out, or ask whoever runs the service for a key of the other team: triage keys make"
        )
    return actor.team or team
