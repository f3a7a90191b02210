"""Where each version stands, and which one is to come back: read off the log, never stored twice."""

from collections.abc import Sequence
from enum import StrEnum

from triage.store.rulebooks import StoredVersion, Switch, SwitchKind


class Standing(StrEnum):
    """Where a version stands."""

    CHECKED = "checked"
    APPROVED = "approved"
    IN_FORCE = "in force"


def in_force(log: Sequence[Switch]) -> str | None:
    """Content hash of the version in force; None before the first approval."""
    return log[-1].content_hash if log else None


def before_it(log: Sequence[Switch]) -> str | None:
    """Content hash of the version that a roll back brings back; None where there is no earlier one.

    Each approval is a step forward and each roll back takes steps away, so that rolling back twice goes two
    versions back and never forth again.
    """
    steps: list[str] = []
    for switch in log:
        if switch.kind is SwitchKind.ROLLBACK and switch.content_hash in steps:
            while steps[-1] != switch.content_hash:
                steps.pop()
        elif not steps or steps[-1] != switch.content_hash:
            steps.append(switch.content_hash)
    return steps[-2] if len(steps) > 1 else None


def standing_of(version: StoredVersion, log: Sequence[Switch]) -> Standing:
    """Where a version stands now."""
    if version.content_hash == in_force(log):
        return Standing.IN_FORCE
    return Standing.CHECKED if version.approved_by is None else Standing.APPROVED


def chosen(versions: Sequence[StoredVersion], wanted: str) -> list[StoredVersion]:
    """The versions whose hash begins as `wanted` does; people type the first few characters."""
    return [version for version in versions if version.content_hash.startswith(wanted)] if wanted else []
