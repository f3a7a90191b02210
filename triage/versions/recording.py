"""What an act on versions leaves in the council's git repository, if it has one, and what is told of it."""

from collections.abc import Callable
from pathlib import Path

from triage.store.rulebooks import StoredVersion
from triage.versions.folder import folder_of
from triage.versions.git_commands import GitRefused
from triage.versions.repository import (
    BRANCH,
    Deed,
    record_in_force,
    record_version,
    repository_of,
    tag_of,
)

Say = Callable[[str], None]


def record_submission(directory: Path, rules: Path, version: StoredVersion, *, say: Say) -> None:
    """Tag a submitted version in the council's repository, else in that of the draft.

    Args:
        directory: The council's.
        rules: The draft.
        version: As it was submitted.
        say: Told what was recorded, or why not.
    """
    repository = repository_of(directory / "rules") or repository_of(rules)
    if repository is None:
        return
    trailers = [f"Rulebook: {version.content_hash}", f"Submitted-by: {version.submitted_by}"]
    if version.commit_id:
        trailers.append(f"Taken-from: {version.commit_id}")
    deed = Deed(
        author=version.submitted_by,
        committer=version.submitted_by,
        done_at=version.submitted_at,
        why=version.submitted_why,
        trailers=tuple(trailers),
    )
    try:
        record_version(repository, folder_of(directory, version.content_hash), deed)
    except GitRefused as refused:
        say(_not_recorded(repository, refused))
        return
    say(f"Recorded in git as tag {tag_of(version.content_hash)}.")
    if version.commit_id and version.commit_id.endswith("uncommitted changes"):
        say(
            "The folder has changes that are not committed: the version holds them; your working tree and "
            "your branch were left as they are, so commit them there yourself."
        )


def record_switch(directory: Path, version: StoredVersion, deed: Deed, *, say: Say) -> None:
    """Put a version on the branch of what is in force, in the council's repository.

    Args:
        directory: The council's.
        version: What is in force now.
        deed: Who did it and why.
        say: Told what was recorded, or why not.
    """
    repository = repository_of(directory / "rules")
    if repository is None:
        return
    try:
        commit = record_in_force(repository, folder_of(directory, version.content_hash), deed)
    except GitRefused as refused:
        say(_not_recorded(repository, refused))
        return
    say(f"Recorded in git as {commit[:12]} on branch {BRANCH}.")


def _not_recorded(repository: Path, refused: GitRefused) -> str:
    return (
        f"Not recorded in git ({repository}): {refused}. The version counts all the same: the council's "
        "store has it. The next approval or roll back is recorded again."
    )
