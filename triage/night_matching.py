"""Tonight's matching: everything, or nothing where nothing that it reads has changed since last night."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from smart_record.intake import Intake
from smart_record.linkage import Linkage, match
from smart_record.linkage.seals import THE_MATCHING, changed_parts, matching_seals
from smart_record.linkage.set_aside import marked_set_aside
from smart_record.linkage.weight_table import Weights
from smart_record.records import with_named
from triage.nights import read_frame

SEALS = "matching_seals"
"""The frame of a night's folder that says what its matching read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What the night's matching found and the seals of what it read."""

    linkage: Linkage
    seals: pl.DataFrame


def match_night(
    intake: Intake,
    before: Path | None,
    *,
    as_of: date,
    verdicts: pl.DataFrame,
    weights: Weights | None = None,
    full: bool,
    say: Callable[[str], None],
) -> Matched:
    """Match the night's rows, or keep what the night before found where that would come out again.

    Every row that the registry knows has the ids it had, so of equal rows a match finds the same clusters,
    gives them the same ids, and nothing has changed.

    Args:
        intake: The night's rows.
        before: The folder of the night before; None if there was none.
        as_of: The night's date.
        verdicts: The officers' verdicts on links that stand.
        weights: The bits of each level; the shipped ones if left out.
        full: Match even if nothing has changed.
        say: Told in a few words what is done.
    """
    everyone = with_named(intake.extracts, intake.named)
    seals = matching_seals(everyone, _marks(intake), as_of=as_of, verdicts=verdicts, weights=weights)
    sealed = None if before is None or full else _seals(before)
    changed = None if sealed is None else changed_parts(sealed, seals)
    if before is not None and changed == []:
        say("Keeping residents and households: nothing that the matching reads has changed")
        return Matched(linkage=_found(before), seals=seals)
    new = " again: the matching itself has changed" if changed and THE_MATCHING in changed else ""
    say(f"Matching residents and households{new}")
    registry = None if before is None else read_frame(before, "registry")
    linkage = match(everyone, as_of=as_of, earlier=registry, verdicts=verdicts, weights=weights)
    return Matched(linkage=marked_set_aside(linkage, intake.named, intake.rejects), seals=seals)


def _marks(intake: Intake) -> pl.DataFrame:
    """What the links of set-aside rows will say; nothing where none of them names anybody."""
    rejects = intake.rejects if intake.named else intake.rejects.clear()
    return rejects.unique(["source", "record_ref"], keep="first", maintain_order=True)


def _seals(night: Path) -> pl.DataFrame | None:
    """The seals of a night; None where it was run before seals were kept."""
    return read_frame(night, SEALS) if (night / f"{SEALS}.parquet").is_file() else None


def _found(night: Path) -> Linkage:
    """What the matching of a night found, with nothing changed since."""
    names = ("links", "households", "registry", "changes", "possible")
    found = Linkage(**{name: read_frame(night, name) for name in names})
    return replace(found, changes=found.changes.clear())
