"""The rulebook that a council works by: the version in force, else its rules folder as it stands."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rules import Rulebook, RuleError, load_rulebook
from triage.council import Council
from triage.store.nights import Night
from triage.store.rulebooks import StoredVersion, stored_versions, switches
from triage.versions.folder import folder_of, keep_rulebook, read_kept
from triage.versions.history import in_force

NOT_UNDER_APPROVAL = (
    "Rules not under approval: the folder rules/ is used as it stands. "
    "To have a second person approve them: triage rules submit"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookInUse:
    """A rulebook with where it lies and who stands for it.

    Attributes:
        folder: Holds its files, topics.yaml too.
        version: The approved version; None where the rules folder is used as it stands.
    """

    rulebook: Rulebook
    folder: Path
    version: StoredVersion | None

    def told(self) -> dict[str, Any]:
        """For a night's summary."""
        told: dict[str, Any] = {"content_hash": self.rulebook.content_hash, "approved_by": None}
        if self.version is None:
            return {**told, "note": NOT_UNDER_APPROVAL}
        approved_at = self.version.approved_at
        assert approved_at is not None
        return {**told, "approved_by": self.version.approved_by, "approved_at": approved_at.isoformat()}


def rules_folder(council: Council, connection: sa.Connection) -> Path:
    """The folder of the rules in use."""
    content_hash = in_force(switches(connection))
    return council.rules if content_hash is None else folder_of(council.directory, content_hash)


def rulebook_in_use(council: Council, connection: sa.Connection, *, keep: bool = False) -> RulebookInUse:
    """The rulebook that a council works by now.

    Args:
        council: The council.
        connection: An open transaction on its store.
        keep: Keep a copy of a rules folder that is not under approval, so that what is done with it can be
            explained and replayed later.

    Raises:
        RuleError: If the rules folder has a fault.
        RulebookAltered: If the kept files of the version in force are gone or changed.
    """
    content_hash = in_force(switches(connection))
    if content_hash is None:
        rulebook = keep_rulebook(council.rules, council.directory) if keep else load_rulebook(council.rules)
        return RulebookInUse(rulebook=rulebook, folder=council.rules, version=None)
    version = next(each for each in stored_versions(connection) if each.content_hash == content_hash)
    return RulebookInUse(
        rulebook=read_kept(council.directory, content_hash),
        folder=folder_of(council.directory, content_hash),
        version=version,
    )


def rulebook_of_night(council: Council, connection: sa.Connection, night: Night) -> Rulebook:
    """The very rulebook that a night was run with; the one in use now where it was not kept."""
    if folder_of(council.directory, night.rulebook).is_dir():
        return read_kept(council.directory, night.rulebook)
    return rulebook_in_use(council, connection).rulebook


def name_of(council: Council, connection: sa.Connection, rulebook: Rulebook) -> str:
    """What a rulebook is to the council, in words: in force, approved once, waiting, or a draft."""
    log = switches(connection)
    content_hash = rulebook.content_hash
    known = {each.content_hash: each for each in stored_versions(connection)}.get(content_hash)
    if content_hash == in_force(log):
        by = f", approved by {known.approved_by}" if known and known.approved_by else ""
        return f"in force since {log[-1].switched_at:%-d %B %Y}{by}"
    if known is not None and known.approved_by is not None:
        return f"an earlier version, approved by {known.approved_by} and no longer in force"
    if known is not None:
        return f"submitted by {known.submitted_by}, not approved yet"
    if not log and _holds(council.rules, content_hash):
        return "in use: the rules folder as it stands, not under approval"
    return "a draft"


def _holds(folder: Path, content_hash: str) -> bool:
    try:
        return load_rulebook(folder).content_hash == content_hash
    except RuleError:
        return False
