"""The git commit that a rules directory stands at, where it lies in a repository; git is not needed."""

import subprocess
from pathlib import Path

_SECONDS = 10


def commit_of(rules: Path) -> str | None:
    """The commit id of a directory's repository, marked where files differ from it.

    Returns: None where there is no git, no repository, no commit, or the directory's files are not in it.
    """
    if not _git(rules, "ls-files", "--", "."):
        return None
    commit = _git(rules, "rev-parse", "HEAD")
    if not commit:
        return None
    return f"{commit} with uncommitted changes" if _git(rules, "status", "--porcelain", "--", ".") else commit


def _git(directory: Path, *arguments: str) -> str:
    """What git says, or "" where it can't be asked or refuses."""
    command = ["git", "-C", str(directory), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)  # noqa: S603 (fixed words and a folder)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
