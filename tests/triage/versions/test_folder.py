"""Rulebooks kept by content: written once, held to their name, never from a faulty folder."""

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from rules import RulebookInvalid, load_rulebook
from triage.errors import RulebookAltered
from triage.versions.commit import commit_of
from triage.versions.folder import folder_of, keep_rulebook, read_kept


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(str(files("rules") / "library"), tmp_path / "rules"))


@pytest.fixture
def council(tmp_path: Path) -> Path:
    (tmp_path / "council").mkdir()
    return tmp_path / "council"


def test_what_is_kept_is_what_was_there_whatever_becomes_of_the_draft(rules, council) -> None:
    kept = keep_rulebook(rules, council)
    assert kept.content_hash == load_rulebook(rules).content_hash
    (rules / "council_tax.yaml").unlink()
    assert read_kept(council, kept.content_hash) == kept
    assert [folder.name for folder in (council / "rulebooks").iterdir()] == [kept.content_hash]


def test_keeping_the_same_again_changes_nothing(rules, council) -> None:
    folder = folder_of(council, keep_rulebook(rules, council).content_hash)
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    keep_rulebook(rules, council)
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before


def test_kept_files_are_read_only(rules, council) -> None:
    folder = folder_of(council, keep_rulebook(rules, council).content_hash)
    assert {file.stat().st_mode & 0o222 for file in folder.iterdir()} == {0}


def test_a_changed_or_missing_folder_is_refused(rules, council) -> None:
    content_hash = keep_rulebook(rules, council).content_hash
    file = folder_of(council, content_hash) / "parameters.yaml"
    file.chmod(0o644)
    file.write_text(file.read_text().replace("value: £300", "value: £100", 1))
    with pytest.raises(RulebookAltered, match="changed after they were kept"):
        read_kept(council, content_hash)
    shutil.rmtree(file.parent)
    with pytest.raises(RulebookAltered, match="is gone"):
        read_kept(council, content_hash)


def test_a_faulty_draft_leaves_nothing(rules, council) -> None:
    (rules / "mine.yaml").write_text("rules:\n  - id: X\n")
    with pytest.raises(RulebookInvalid):
        keep_rulebook(rules, council)
    assert not (council / "rulebooks").exists()


def test_a_commit_is_told_only_of_files_that_git_has(rules) -> None:
    def git(*arguments: str) -> str:
        who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
        done = subprocess.run(
            ["git", "-C", rules, *who, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    assert commit_of(rules) is None
    git("init", "-q")
    assert commit_of(rules) is None
    git("add", ".")
    git("commit", "-q", "-m", "The rules")
    assert commit_of(rules) == git("rev-parse", "HEAD")
    (rules / "parameters.yaml").write_text("parameters: []\n")
    assert commit_of(rules) == f"{git('rev-parse', 'HEAD')} with uncommitted changes"
