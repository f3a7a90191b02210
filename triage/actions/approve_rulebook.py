"""Approve a submitted rulebook: by a second person, and in force from that moment."""

from dataclasses import replace
from datetime import datetime

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import ApprovalRefused
from triage.store.rulebooks import (
    StoredVersion,
    SwitchKind,
    insert_switch,
    record_approval,
    stored_versions,
)
from triage.versions.asked import SHORT, the_version
from triage.versions.folder import read_kept
from triage.versions.recording import Say, record_switch
from triage.versions.repository import Deed


def approve_rulebook(
    council: Council, wanted: str, *, why: str, actor: Actor, say: Say = lambda _: None
) -> StoredVersion:
    """Approve a version; tonight's run uses it.

    Args:
        council: The council.
        wanted: The first characters of the version's hash.
        why: The grounds; goes to the audit log.
        actor: Who approves it: never who submitted it.
        say: Told what was recorded in git, where the council's rules lie in a repository.

    Raises:
        RulebookVersionUnknown: If the characters name no version, or several.
        ApprovalRefused: If the actor submitted it, or it is approved already.
        RulebookAltered: If its kept files no longer hold what was submitted.
    """
    now = council.clock()
    with council.engine.begin() as connection:
        version = the_version(stored_versions(connection), wanted)
        _check(version, actor)
        read_kept(council.directory, version.content_hash)
        event = AuditEvent(
            actor=actor,
            action="approve_rulebook",
            occurred_at=now,
            subject=f"{version.content_hash[:SHORT]}: {why}",
        )
        record_approval(connection, version.content_hash, why=why, audit=event)
        in_force = replace(event, action="put_rulebook_in_force")
        insert_switch(connection, version.content_hash, kind=SwitchKind.APPROVAL, why=why, audit=in_force)
    approved = replace(version, approved_by=actor.name, approved_at=now, approved_why=why)
    record_switch(council.directory, approved, _deed(approved, now), say=say)
    return approved


def _deed(version: StoredVersion, now: datetime) -> Deed:
    assert version.approved_by is not None
    return Deed(
        author=version.submitted_by,
        committer=version.approved_by,
        done_at=now,
        why=version.submitted_why,
        trailers=(
            f"Rulebook: {version.content_hash}",
            f"Submitted-by: {version.submitted_by}",
            f"Approved-by: {version.approved_by}",
            f"Approved-because: {' '.join((version.approved_why or '').split())}",
        ),
    )


def _check(version: StoredVersion, actor: Actor) -> None:
    short = version.content_hash[:SHORT]
    if version.approved_by is not None:
        raise ApprovalRefused(
            f"Version {short} was approved by {version.approved_by} already. Nothing was changed. "
            f"To put it in force again: triage rules rollback --to {short}"
        )
    if version.submitted_by.casefold() == actor.name.casefold():
        raise ApprovalRefused(
            f"{actor.name} submitted version {short}, and a second person must approve it. Nothing was "
            f"changed. Ask a colleague to run: triage rules approve {short}"
        )
