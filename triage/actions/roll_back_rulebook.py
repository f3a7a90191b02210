"""Go back to an earlier approved rulebook, in one step; the next run uses it."""

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import NoVersionBefore
from triage.store.rulebooks import StoredVersion, Switch, SwitchKind, insert_switch, stored_versions, switches
from triage.versions.asked import SHORT, the_version
from triage.versions.folder import read_kept
from triage.versions.history import before_it
from triage.versions.recording import Say, record_switch
from triage.versions.repository import Deed


def roll_back_rulebook(
    council: Council, *, why: str, actor: Actor, to: str = "", say: Say = lambda _: None
) -> StoredVersion:
    """Put an approved version in force again: the one before the present one, or the one named.

    One person may do it: two people have approved that version before, and a fault can't wait for a second.

    Args:
        council: The council.
        why: What is wrong; goes to the audit log.
        actor: Who goes back.
        to: The first characters of an approved version's hash; "" is the one before the present.
        say: Told what was recorded in git, where the council's rules lie in a repository.

    Raises:
        NoVersionBefore: If there is no earlier version, or the one named was never approved.
        RulebookVersionUnknown: If the characters name no version, or several.
        RulebookAltered: If its kept files no longer hold what was approved.
    """
    with council.engine.begin() as connection:
        version = _target(stored_versions(connection), switches(connection), to)
        read_kept(council.directory, version.content_hash)
        event = AuditEvent(
            actor=actor,
            action="roll_back_rulebook",
            occurred_at=council.clock(),
            subject=f"{version.content_hash[:SHORT]}: {why}",
        )
        insert_switch(connection, version.content_hash, kind=SwitchKind.ROLLBACK, why=why, audit=event)
    deed = Deed(
        author=actor.name,
        committer=actor.name,
        done_at=event.occurred_at,
        why=why,
        trailers=(f"Rulebook: {version.content_hash}", f"Rolled-back-by: {actor.name}"),
    )
    record_switch(council.directory, version, deed, say=say)
    return version


def _target(versions: list[StoredVersion], log: list[Switch], to: str) -> StoredVersion:
    wanted = to or before_it(log)
    if not wanted:
        raise NoVersionBefore(
            "There is no earlier approved version to go back to. Nothing was changed. "
            "Approved versions are listed by: triage rules versions"
        )
    version = the_version(versions, wanted)
    if version.approved_by is None:
        raise NoVersionBefore(
            f"Version {version.content_hash[:SHORT]} was never approved. Nothing was changed. "
            f"A second person may approve it: triage rules approve {version.content_hash[:SHORT]}"
        )
    return version
