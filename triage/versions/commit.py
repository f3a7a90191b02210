"""The git commit that a rules directory stands at, where it lies in a repository; git is not needed."""

from pathlib import Path

from triage.versions.git_commands import GitRefused, git


def commit_of(rules: Path) -> str | None:
    """The commit id of a directory's repository, marked where files differ from it.

    Returns: None where there is no git, no repository, no commit, or the directory's files are not in it.
    """
    try:
        if not git(rules, "ls-files", "--", "."):
            return None
        commit = git(rules, "rev-parse", "HEAD")
        changed = git(rules, "status", "--porcelain", "--", ".")
    except GitRefused:
        return None
    return f"{commit} with uncommitted changes" if changed else commit
