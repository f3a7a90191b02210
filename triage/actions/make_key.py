"""Give an officer or a screen access to the API."""

from dataclasses import dataclass
from datetime import timedelta

from smart_record.purposes import Purpose
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import KeyExists
from triage.policy.teams import check_team
from triage.roles import Role
from triage.store.keys import Key, KeyStanding, all_keys, insert_key

A_YEAR = 365
"""Days for which a key is good unless said otherwise; also the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made.

    Attributes:
        secret: Its words; they can't be read again.
    """

    key: Key
    secret: str


def make_key(
    council: Council,
    name: str,
    *,
    role: Role,
    purpose: Purpose,
    actor: Actor,
    days: int = A_YEAR,
    team: str | None = None,
) -> NewKey:
    """Make a key for one holder, who may have one in use at a time: so a name in the audit log is one key.

    Args:
        council: An open council.
        name: The holder: a person's log-in name, or what the screen is called.
        role: What they may do.
        purpose: Under which they act, and which limits what they see.
        actor: Who makes it.
        days: For how many days it is good.
        team: Whose referral queue alone it shows; None for every team's.

    Raises:
        TeamNotFound: If the council has no such team.
        KeyExists: If the holder has a key in use.
    """
    if team is not None:
        check_team(council.settings, team)
    now = council.clock()
    key = Key(
        name=name,
        role=role,
        purpose=purpose,
        made_by=actor.name,
        made_at=now,
        expires_at=now + timedelta(days=days),
        team=team,
    )
    event = AuditEvent(
        actor=actor,
        action="make_key",
        occurred_at=now,
        subject=f"{name}: {role}, {purpose}, {team or 'every team'}, until {key.expires_at:%-d %B %Y}",
    )
    with council.engine.begin() as connection:
        _check_free(name, [each for each in all_keys(connection) if each.standing(now) is KeyStanding.IN_USE])
        return NewKey(key=key, secret=insert_key(connection, key, audit=event))


def _check_free(name: str, in_use: list[Key]) -> None:
    standing = next((each for each in in_use if each.name == name), None)
    if standing is not None:
        raise KeyExists(
            f"{name} has a key already: {standing.role}, {standing.purpose}, good until "
            f"{standing.expires_at:%-d %B %Y}. Nothing was made. "
            f"Withdraw it first: triage keys withdraw {name!r}"
        )
