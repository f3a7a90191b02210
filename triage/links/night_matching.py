"""Tonight's matching: what has changed since last night and whom that concerns, often nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from smart_record.intake import Intake
from smart_record.linkage import Linkage, match
from smart_record.linkage.nights.memory import LastNight, Memory
from smart_record.linkage.nights.seals import LINK_WEIGHTS, THE_MATCHING, changed_parts, matching_seals
from smart_record.linkage.pairs.weight_table import Weights
from smart_record.linkage.set_aside import marked_set_aside
from smart_record.records import with_named
from triage.nights import read_frame, scan_frame

SEALS = "matching_seals"
"""The frame of a night's folder that says what its matching read."""

_RECORDS, _ROWS = "matching_records", "matching_rows"
_FOUND = ("links", "households", "registry", "changes", "possible", "addresses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What the night's matching found and the seals of what it read."""

    linkage: Linkage
    seals: pl.DataFrame

    def frames(self) -> dict[str, pl.DataFrame]:
        """The frames of the night's folder that hold it, by file name."""
        found = self.linkage
        return {name: getattr(found, name) for name in _FOUND} | {
            SEALS: self.seals,
            _RECORDS: found.memory.records,
            _ROWS: found.memory.rows,
        }


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
    """Match what has changed since the night before, or keep all it found where nothing has.

    Every row that the registry knows has the ids it had, so of equal rows a match finds the same clusters,
    gives them the same ids, and nothing has changed.

    Args:
        intake: The night's rows.
        before: The folder of the night before; None if there was none.
        as_of: The night's date.
        verdicts: The officers' verdicts on links that stand.
        weights: The bits of each level; the shipped ones if left out.
        full: Match everything, whatever has changed.
        say: Told in a few words what is done.
    """
    everyone = with_named(intake.extracts, intake.named)
    seals = matching_seals(everyone, _marks(intake), as_of=as_of, verdicts=verdicts, weights=weights)
    changed = None if before is None or full else _changed(before, seals)
    if before is not None and changed == []:
        say("Keeping residents and households: nothing that the matching reads has changed")
        return Matched(linkage=_found(before), seals=seals)
    last = None if before is None or changed is None else _last_night(before, changed)
    say(f"Matching residents and households{_what(last, changed)}")
    linkage = match(
        everyone,
        as_of=as_of,
        earlier=None if before is None else read_frame(before, "registry"),
        last=last,
        verdicts=verdicts,
        weights=weights,
    )
    return Matched(linkage=marked_set_aside(linkage, intake.named, intake.rejects), seals=seals)


def _what(last: LastNight | None, changed: list[str] | None) -> str:
    if last is not None:
        return ": what has changed and whom that may concern"
    return " again: the matching itself has changed" if changed and THE_MATCHING in changed else ""


def _marks(intake: Intake) -> pl.DataFrame:
    """What the links of set-aside rows will say; nothing where none of them names anybody."""
    rejects = intake.rejects if intake.named else intake.rejects.clear()
    return rejects.unique(["source", "record_ref"], keep="first", maintain_order=True)


def _changed(night: Path, seals: pl.DataFrame) -> list[str] | None:
    """What tonight's matching reads otherwise than a night's did; None if that was before seals were kept."""
    if not (night / f"{SEALS}.parquet").is_file():
        return None
    return changed_parts(read_frame(night, SEALS), seals)


def _last_night(night: Path, changed: list[str]) -> LastNight | None:
    """What a night found, if it was matched as tonight is: by the same code and weights."""
    if THE_MATCHING in changed or LINK_WEIGHTS in changed or not (night / f"{_ROWS}.parquet").is_file():
        return None
    return LastNight(
        links=scan_frame(night, "links").select("resident_id", "household_id"),
        households=scan_frame(night, "households"),
        possible=scan_frame(night, "possible"),
        records=read_frame(night, _RECORDS),
        rows=scan_frame(night, _ROWS),
        verdicts=read_frame(night, "verdicts"),
    )


def _found(night: Path) -> Linkage:
    """What the matching of a night found, with nothing changed since."""
    found = {name: read_frame(night, name) for name in _FOUND}
    memory = Memory(records=read_frame(night, _RECORDS), rows=read_frame(night, _ROWS))
    return Linkage(**found | {"changes": found["changes"].clear()}, memory=memory, matched=0)
