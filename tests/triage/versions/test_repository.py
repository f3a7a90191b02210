"""Versions in a council's own git repository: recorded, readable, and nothing of the user's touched."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rules import load_rulebook
from smart_record.purposes import Purpose
from triage.actions.approve_rulebook import approve_rulebook
from triage.actions.init_council import init_council
from triage.actions.roll_back_rulebook import roll_back_rulebook
from triage.actions.submit_rulebook import submit_rulebook
from triage.audit import Actor
from triage.council import Council, open_council
from triage.errors import RulebookAltered
from triage.versions.folder import folder_of, read_kept
from triage.versions.repository import BRANCH, repository_of

NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
ADA, BEA = (Actor(name=name, purpose=Purpose.WELFARE_SUPPORT) for name in ("ada", "bea"))


def git(folder: Path, *words: str) -> str:
    """What git says of a real repository."""
    command = ["git", "-C", str(folder), "-c", "user.name=Cy", "-c", "user.email=cy@example.gov.uk", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    init_council(tmp_path / "c", actor=ADA, clock=lambda: NOW)
    opened = open_council(tmp_path / "c", clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def repository(council: Council) -> Path:
    """The council's rules in a repository of their own, with a hook that would spoil everything."""
    git(council.rules, "init", "--quiet", "--initial-branch=work")
    git(council.rules, "add", ".")
    git(council.rules, "commit", "--quiet", "-m", "As delivered")
    for hook in ("pre-commit", "reference-transaction", "post-commit"):
        path = council.rules / ".git" / "hooks" / hook
        path.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        path.chmod(0o755)
    return council.rules


def a_change(rules: Path, days: int) -> None:
    """A number more in the rules folder, not committed."""
    dated = f'{{from: 2026-04-01, value: {days}, source: "a trial", confirmed: no}}'
    (rules / "trial.yaml").write_text(
        f"parameters:\n  - name: trial_days\n    type: count\n    values:\n      - {dated}\n",
        encoding="utf-8",
    )


def state_of(rules: Path) -> tuple[str, str, str, str]:
    """All that is the user's: branch, its tip, the index, the working tree."""
    status = git(rules, "status", "--porcelain=v2", "--untracked-files=all")
    return (
        git(rules, "symbolic-ref", "HEAD"),
        git(rules, "rev-parse", "HEAD"),
        git(rules, "ls-files", "-s"),
        status,
    )


def in_force(council: Council, days: int, told: list[str]) -> str:
    """A change submitted by Ada and approved by Bea."""
    a_change(council.rules, days)
    submitted = submit_rulebook(council, council.rules, why=f"{days} days", actor=ADA, say=told.append)
    return approve_rulebook(
        council, submitted.content_hash, why="read it", actor=BEA, say=told.append
    ).content_hash


def test_a_dirty_tree_is_left_as_it_is_and_told_of(council: Council, repository: Path) -> None:
    a_change(repository, 3)
    git(repository, "add", "trial.yaml")
    before, told = state_of(repository), list[str]()
    submit_rulebook(council, repository, why="trial", actor=ADA, say=told.append)
    assert state_of(repository) == before
    assert "changes that are not committed" in told[-1]


def test_a_submitted_version_is_a_tag_whose_tree_has_its_content_hash(
    council: Council, repository: Path, tmp_path: Path
) -> None:
    a_change(repository, 3)
    version = submit_rulebook(council, repository, why="Three days\nof grace", actor=ADA)
    tag = f"rulebook/{version.content_hash[:12]}"
    archive = subprocess.run(
        ["git", "-C", str(repository), "archive", tag],
        capture_output=True,
        check=True,
    ).stdout
    (tmp_path / "look").mkdir()
    subprocess.run(["tar", "-x", "-C", str(tmp_path / "look")], input=archive, check=True)
    assert load_rulebook(tmp_path / "look").content_hash == version.content_hash
    assert git(repository, "log", "-1", "--format=%an|%ae|%aI|%s", tag) == (
        "ada|ada@localhost|2026-11-01T09:00:00+00:00|Three days of grace"
    )
    trailers = git(repository, "log", "-1", "--format=%(trailers)", tag)
    assert f"Rulebook: {version.content_hash}" in trailers
    assert "Taken-from: " in trailers
    assert "with uncommitted changes" in trailers


def test_the_branch_tells_who_put_what_in_force_and_why(council: Council, repository: Path) -> None:
    told: list[str] = []
    before = git(repository, "rev-parse", "HEAD")
    first, second = in_force(council, 3, told), in_force(council, 4, told)
    roll_back_rulebook(council, why="too many letters", actor=BEA, say=told.append)
    log = git(repository, "log", "--first-parent", "--format=%s|%an|%cn", BRANCH).splitlines()
    assert log[:2] == ["too many letters|bea|bea", "4 days|ada|bea"]
    assert log[2] == "3 days|ada|bea"
    trailers = git(repository, "log", "-1", "--format=%(trailers)", f"{BRANCH}~1")
    assert f"Rulebook: {second}" in trailers
    assert "Approved-by: bea" in trailers
    assert "Approved-because: read it" in trailers
    assert git(repository, "rev-parse", f"{BRANCH}^{{tree}}") == git(
        repository, "rev-parse", f"rulebook/{first[:12]}^{{tree}}"
    )
    assert git(repository, "rev-parse", "HEAD") == before
    assert sum("Recorded in git" in words for words in told) == 5


def test_the_same_version_again_changes_nothing(council: Council, repository: Path) -> None:
    a_change(repository, 3)
    version = submit_rulebook(council, repository, why="trial", actor=ADA)
    commit = git(repository, "rev-parse", f"rulebook/{version.content_hash[:12]}")
    submit_rulebook(council, repository, why="again", actor=BEA)
    assert git(repository, "rev-parse", f"rulebook/{version.content_hash[:12]}") == commit


def test_a_branch_that_somebody_has_checked_out_is_not_moved(council: Council, repository: Path) -> None:
    told: list[str] = []
    in_force(council, 3, told)
    (repository / "trial.yaml").unlink()
    git(repository, "checkout", "--quiet", BRANCH)
    tip = git(repository, "rev-parse", "HEAD")
    content_hash = in_force(council, 4, told)
    assert "Not recorded in git" in told[-1]
    assert "checked out" in told[-1]
    assert git(repository, "rev-parse", "HEAD") == tip
    assert read_kept(council.directory, content_hash).content_hash == content_hash


def test_kept_files_that_are_gone_come_back_from_git(council: Council, repository: Path) -> None:
    content_hash = in_force(council, 3, [])
    kept = folder_of(council.directory, content_hash)
    for file in kept.rglob("*"):
        file.chmod(0o644)
    shutil.rmtree(kept)
    assert read_kept(council.directory, content_hash).content_hash == content_hash
    shutil.rmtree(kept)
    shutil.rmtree(repository / ".git")
    with pytest.raises(RulebookAltered, match="is gone"):
        read_kept(council.directory, content_hash)


def test_a_folder_below_a_repository_that_holds_none_of_it_is_not_recorded(
    council: Council, tmp_path: Path
) -> None:
    git(tmp_path, "init", "--quiet")
    told: list[str] = []
    in_force(council, 3, told)
    assert told == []
    assert repository_of(council.rules) is None
    assert git(tmp_path, "for-each-ref") == ""


def test_a_draft_in_a_repository_of_its_own_is_tagged_there(council: Council, tmp_path: Path) -> None:
    draft = tmp_path / "work" / "rules"
    shutil.copytree(council.rules, draft)
    git(draft.parent, "init", "--quiet")
    git(draft.parent, "add", ".")
    git(draft.parent, "commit", "--quiet", "-m", "Draft")
    version = submit_rulebook(council, draft, why="trial", actor=ADA)
    assert git(draft.parent, "tag").splitlines() == [f"rulebook/{version.content_hash[:12]}"]
    assert git(draft.parent, "status", "--porcelain") == ""


def test_without_git_everything_works_as_before(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    told: list[str] = []
    content_hash = in_force(council, 3, told)
    assert told == []
    assert read_kept(council.directory, content_hash).content_hash == content_hash
