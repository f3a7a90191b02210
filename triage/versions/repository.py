"""A council's own git repository as a second store of its versions: tags, and one branch that is the log.

Each submitted version is a commit that holds the rule files and nothing else, under the tag
`rulebook/<hash>`. Each approval and each roll back is a commit on the branch `rulebook/in-force`, so that
`git log rulebook/in-force` tells who put what in force, when and why. The working tree, the index and the
branch that somebody works on are never touched, whatever state they are in. The store of the council stays
the one that decides; where git is not there or refuses, everything works without it.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from triage.versions.git_commands import GitRefused, git

BRANCH = "rulebook/in-force"
_SHORT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is recorded of an act: who did it and, of an approval, who approved it.

    Attributes:
        author: Log-in name of who made the version, or rolls back.
        committer: Of who approves; the author's own for other acts.
        done_at: An aware instant.
        why: Becomes the message.
        trailers: Lines such as "Approved-by: bea", below it.
    """

    author: str
    committer: str
    done_at: datetime
    why: str
    trailers: tuple[str, ...]

    @property
    def message(self) -> str:
        """The message with its trailers."""
        return f"{self.why.strip() or 'no reason given'}\n\n" + "\n".join(self.trailers) + "\n"

    @property
    def settings(self) -> dict[str, str]:
        """Who and when, as git takes it from its environment."""
        when = self.done_at.isoformat()
        told = {"AUTHOR": self.author, "COMMITTER": self.committer}
        found = {f"GIT_{role}_NAME": name for role, name in told.items()}
        found |= {f"GIT_{role}_EMAIL": _email(name) for role, name in told.items()}
        return found | {f"GIT_{role}_DATE": when for role in told}


def repository_of(rules: Path) -> Path | None:
    """The folder at the top of the repository that holds a rules folder; None where none does.

    A folder that merely lies below some repository, with no file of it in there, is not held by it.
    """
    try:
        top = Path(git(rules, "rev-parse", "--show-toplevel"))
        held = bool(git(rules, "ls-files", "--", ".")) or top.samefile(rules)
    except (GitRefused, OSError):
        return None
    return top if held else None


def record_version(repository: Path, kept: Path, deed: Deed) -> str:
    """Tag a submitted version; the same version again gives the tag that is there.

    Args:
        repository: From `repository_of`.
        kept: The kept files, in a folder called after their content hash.
        deed: Who submitted it and why.

    Returns: The commit's id.

    Raises:
        GitRefused: If git refuses; nothing is half done.
    """
    tag = f"refs/tags/{tag_of(kept.name)}"
    if known := _resolved(repository, tag):
        return known
    commit = _commit(repository, kept, deed, parents=_known([_resolved(repository, f"refs/heads/{BRANCH}")]))
    git(repository, "update-ref", tag, commit, "")
    return commit


def record_in_force(repository: Path, kept: Path, deed: Deed) -> str:
    """Put a version on the branch of what is in force.

    Returns: The commit's id.

    Raises:
        GitRefused: If git refuses, or somebody has that branch checked out.
    """
    if _checked_out(repository):
        raise GitRefused(f"branch {BRANCH} is checked out there; switch to another branch")
    tip = _resolved(repository, f"refs/heads/{BRANCH}")
    tagged = _resolved(repository, f"refs/tags/{tag_of(kept.name)}")
    commit = _commit(repository, kept, deed, parents=_known([tip, tagged]))
    # Git refuses to move the branch if somebody else moved it meanwhile.
    git(repository, "update-ref", "-m", "rulebook", f"refs/heads/{BRANCH}", commit, tip or "")
    return commit


def restore(repository: Path, content_hash: str, to: Path) -> bool:
    """Lay out the files of a tagged version in a folder; whoever asks holds them to their hash.

    Returns: Whether the repository has that version.
    """
    tag = f"refs/tags/{tag_of(content_hash)}"
    try:
        if not _resolved(repository, tag):
            return False
        to.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as scratch:
            settings = {"GIT_INDEX_FILE": str(Path(scratch) / "index")}
            git(repository, "read-tree", tag, settings=settings)
            git(repository, "checkout-index", "--all", f"--prefix={to.resolve()}{os.sep}", settings=settings)
    except GitRefused:
        return False
    return True


def tag_of(content_hash: str) -> str:
    """The tag of a version."""
    return f"rulebook/{content_hash[:_SHORT]}"


def _commit(repository: Path, kept: Path, deed: Deed, *, parents: list[str]) -> str:
    tree = _tree(repository, kept)
    asked = [word for parent in parents for word in ("-p", parent)]
    return git(repository, "commit-tree", tree, *asked, settings=deed.settings, said=deed.message)


def _tree(repository: Path, kept: Path) -> str:
    """Write the kept files into the repository as a tree, through an index of its own."""
    where = git(repository, "rev-parse", "--absolute-git-dir")
    with tempfile.TemporaryDirectory() as scratch:
        settings = {
            "GIT_INDEX_FILE": str(Path(scratch) / "index"),
            "GIT_WORK_TREE": str(kept.resolve()),
            "GIT_DIR": where,
        }
        git(kept, "add", "--all", "--force", "--", ".", settings=settings)
        return git(kept, "write-tree", settings=settings)


def _resolved(repository: Path, name: str) -> str:
    """The commit that a name stands for, "" where there is none."""
    try:
        return git(repository, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    except GitRefused:
        return ""


def _checked_out(repository: Path) -> bool:
    """Whether somebody works on the branch, here or in a worktree beside it."""
    listed = git(repository, "worktree", "list", "--porcelain")
    return f"branch refs/heads/{BRANCH}" in listed.splitlines()


def _known(parents: list[str]) -> list[str]:
    return list(dict.fromkeys(parent for parent in parents if parent))


def _email(name: str) -> str:
    return name if "@" in name else f"{name}@localhost"
