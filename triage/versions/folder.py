"""Rulebook files kept by what they hold: `rulebooks/<content hash>/`, written once, never changed."""

import os
import shutil
import tempfile
from pathlib import Path

from rules import Rulebook, load_rulebook
from triage.errors import RulebookAltered
from triage.versions.repository import repository_of, restore

_FOLDER = "rulebooks"
_READ_ONLY = 0o444


def folder_of(directory: Path, content_hash: str) -> Path:
    """Where a council keeps the files of a rulebook."""
    return directory / _FOLDER / content_hash


def keep_rulebook(rules: Path, directory: Path) -> Rulebook:
    """Keep a read-only copy of a rules directory and return the rulebook that the copy holds.

    The copy is loaded, not the original, so that what is kept is what was checked, even where somebody is
    editing meanwhile.

    Args:
        rules: The rules directory.
        directory: The council's.

    Raises:
        RuleError: If the files have a fault; nothing is kept then.
    """
    load_rulebook(rules)  # faults are told of the author's own folder
    (directory / _FOLDER).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=directory / _FOLDER) as scratch:
        copy = Path(scratch) / "rules"
        shutil.copytree(rules, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "*~"))
        rulebook = load_rulebook(copy)
        kept = folder_of(directory, rulebook.content_hash)
        if not kept.exists():
            for file in (path for path in copy.rglob("*") if path.is_file()):
                file.chmod(_READ_ONLY)
            _put_in_place(copy, kept)
    return rulebook


def read_kept(directory: Path, content_hash: str) -> Rulebook:
    """The rulebook of a kept folder, held to its hash; a folder that is gone comes back from git.

    Raises:
        RulebookAltered: If the folder is gone or no longer holds what its name says.
    """
    folder = folder_of(directory, content_hash)
    if not folder.is_dir() and not _from_repository(directory, content_hash):
        raise RulebookAltered(
            f"{folder} is gone, so that the rulebook {content_hash[:12]} can't be read. Nothing was changed. "
            "Put the folder back from a backup, or go back to another version: triage rules rollback"
        )
    rulebook = load_rulebook(folder)
    if rulebook.content_hash != content_hash:
        raise RulebookAltered(
            f"The files in {folder} were changed after they were kept: they now hold "
            f"{rulebook.content_hash[:12]}. Nothing was run with them. Put the folder back from a backup, or "
            "submit the change as a version of its own: triage rules submit"
        )
    return rulebook


def _from_repository(directory: Path, content_hash: str) -> bool:
    """Bring a folder back from the council's git repository, where it has one that holds the version."""
    repository = repository_of(directory / "rules")
    if repository is None:
        return False
    (directory / _FOLDER).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=directory / _FOLDER) as scratch:
        copy = Path(scratch) / "rules"
        if not restore(repository, content_hash, copy) or load_rulebook(copy).content_hash != content_hash:
            return False
        for file in (path for path in copy.rglob("*") if path.is_file()):
            file.chmod(_READ_ONLY)
        _put_in_place(copy, folder_of(directory, content_hash))
    return True


def _put_in_place(copy: Path, kept: Path) -> None:
    """Rename into place; where another process kept the same files meanwhile, theirs will do."""
    try:
        copy.rename(kept)
    except OSError:
        if not kept.is_dir():
            raise
    handle = os.open(kept.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
