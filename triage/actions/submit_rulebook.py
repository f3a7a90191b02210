"""Submit a draft rulebook: checked clean, copied by its content, waiting for a second person."""

from pathlib import Path

from rules import RulebookInvalid, Severity, check
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.days import day_of
from triage.store.rulebooks import StoredVersion, insert_version, stored_versions
from triage.versions.asked import SHORT
from triage.versions.commit import commit_of
from triage.versions.folder import folder_of, keep_rulebook
from triage.versions.recording import Say, record_submission


def submit_rulebook(
    council: Council, rules: Path, *, why: str, actor: Actor, say: Say = lambda _: None
) -> StoredVersion:
    """Take in a rules directory as a version that a second person can approve.

    The same files again give the version that is there already, and change nothing.

    Args:
        council: The council.
        rules: The draft; it stays as it is and may be edited further.
        why: What the change is for; goes to the audit log.
        actor: Who submits it.
        say: Told what was recorded in git, where the rules lie in a repository.

    Raises:
        RuleError: If the check finds a fault, in the draft or in its examples; nothing is recorded.
    """
    now = council.clock()
    kept = folder_of(council.directory, keep_rulebook(rules, council.directory).content_hash)
    faults = [each for each in check(kept, as_of=day_of(now)) if each.severity is Severity.FAULT]
    if faults:
        raise RulebookInvalid(faults)
    version = StoredVersion(
        content_hash=kept.name,
        submitted_by=actor.name,
        submitted_at=now,
        submitted_why=why,
        commit_id=commit_of(rules),
    )
    event = AuditEvent(
        actor=actor, action="submit_rulebook", occurred_at=now, subject=f"{kept.name[:SHORT]}: {why}"
    )
    with council.engine.begin() as connection:
        known = {each.content_hash: each for each in stored_versions(connection)}
        if version.content_hash in known:
            return known[version.content_hash]
        insert_version(connection, version, audit=event)
    record_submission(council.directory, rules, version, say=say)
    return version
