"""The folder of a night: everything the engine computed, as Parquet, never changed once complete.

A night is written into `nights/.writing`, renamed to its id when whole, and becomes current only when the
store's transaction commits. A run killed anywhere therefore leaves the last complete night as it was; what
it leaves behind is swept by the next run.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from smart_record.events import Events
from smart_record.records import Records
from triage.errors import NightsUnknown, RunInProgress

WRITING = ".writing"
_UNCONFIRMED = ".unconfirmed"
"""Stands in a night's folder until the store has committed it."""
_NIGHT = re.compile(r"\d{4}-\d{2}-\d{2}\.\d+")
_EXTRACTS = "extracts"
_NAMED = "set_aside"


@contextmanager
def run_lock(nights: Path) -> Iterator[None]:
    """Hold the council's run lock; it is released even if the process is killed.

    Raises:
        RunInProgress: If another run holds it.
    """
    nights.mkdir(parents=True, exist_ok=True)
    with (nights / ".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunInProgress(
                f"Another run is under way in {nights.parent}. Nothing was changed. "
                "Wait for it to end, then run again."
            ) from None
        yield


def sweep(nights: Path, *, keep: Collection[str], superseded: Collection[str]) -> None:
    """Remove what killed runs left and nights that a later attempt replaced; nothing else.

    Args:
        nights: The council's folder of nights.
        keep: Nights that the store holds current, by id.
        superseded: Nights that the store says a later attempt replaced.

    Raises:
        NightsUnknown: If there are complete nights that the store does not know. Nothing is removed then.
    """
    folders = {folder.name: folder for folder in nights.iterdir() if folder.is_dir()}
    unknown = {
        name for name in folders if _NIGHT.fullmatch(name) and name not in keep and name not in superseded
    }
    left = {name for name in unknown if (folders[name] / _UNCONFIRMED).is_file()}
    if lost := sorted(unknown - left):
        raise NightsUnknown(
            f"{nights} holds {', '.join(lost)}, which the council's store does not know: the store was lost, "
            "or an older copy of it was put back. Nothing was changed. Put back the store that these nights "
            "belong to; to go on without them, move their folders elsewhere, then run again."
        )
    for name in {WRITING, *left, *superseded} & set(folders):
        shutil.rmtree(folders[name])
    for name in set(keep) & set(folders):
        confirm_night(nights, name)


def confirm_night(nights: Path, night_id: str) -> None:
    """Say in the night's folder that the store has committed it."""
    (nights / night_id / _UNCONFIRMED).unlink(missing_ok=True)


def write_computed(
    nights: Path,
    *,
    extracts: Mapping[str, pl.DataFrame],
    named: Mapping[str, pl.DataFrame],
    frames: Mapping[str, pl.DataFrame],
) -> None:
    """Write what a night computed, under no name yet.

    Args:
        nights: The council's folder of nights.
        extracts: Accepted rows by declared extract name.
        named: Set-aside rows that still say who lives where, likewise.
        frames: Everything else, by file name.
    """
    writing = nights / WRITING
    for part, rows in ((_EXTRACTS, extracts), (_NAMED, named)):
        (writing / part).mkdir(parents=True)
        for name, frame in rows.items():
            _write(frame, writing / part / f"{name}.parquet")
        _sync(writing / part)
    for name, frame in frames.items():
        _write(frame, writing / f"{name}.parquet")


def name_night(nights: Path, night_id: str, **frames: pl.DataFrame) -> None:
    """Add the last frames and give the night its name; it is not current until the store says so.

    Once the store has committed it, `confirm_night`.
    """
    writing = nights / WRITING
    for name, frame in frames.items():
        _write(frame, writing / f"{name}.parquet")
    (writing / _UNCONFIRMED).touch()
    _sync(writing)
    writing.rename(nights / night_id)
    _sync(nights)


def read_frame(folder: Path, name: str) -> pl.DataFrame:
    """One frame of a night, whole."""
    return pl.read_parquet(folder / f"{name}.parquet")


def read_flags(folder: Path | None) -> pl.DataFrame:
    """The referrals that a night told teams to look at: referral_id, flag; a night of before told nothing."""
    file = None if folder is None else folder / "flags.parquet"
    if file is None or not file.is_file():
        return pl.DataFrame(schema={"referral_id": pl.String, "flag": pl.String})
    return pl.read_parquet(file)


def scan_frame(folder: Path, name: str) -> pl.LazyFrame:
    """One frame of a night, lazily: reading one household touches few row groups."""
    return pl.scan_parquet(folder / f"{name}.parquet")


def scan_extract(folder: Path, name: str) -> pl.LazyFrame:
    """The accepted rows of one extract of a night, lazily."""
    return pl.scan_parquet(folder / _EXTRACTS / f"{name}.parquet")


def scan_named(folder: Path, name: str) -> pl.LazyFrame:
    """The rows of one extract that name people, accepted or set aside, lazily."""
    aside = folder / _NAMED / f"{name}.parquet"
    accepted = scan_extract(folder, name)
    return pl.concat([accepted, pl.scan_parquet(aside)]) if aside.is_file() else accepted


def extract_names(folder: Path) -> frozenset[str]:
    """The declared extracts that a night brought."""
    return frozenset(file.stem for file in (folder / _EXTRACTS).glob("*.parquet"))


def read_events(
    folder: Path, *, household_id: str | None = None, names: Collection[str] | None = None
) -> Events | None:
    """The events of a night, or those of one household or of some names.

    None where the night was run before events were kept.
    """
    if not (folder / "event_reach.parquet").is_file():
        return None
    happened, reach = (scan_frame(folder, name) for name in ("events", "event_reach"))
    if household_id is not None:
        mine = pl.col("household_id") == household_id
        happened, reach = happened.filter(mine), reach.filter(mine)
    if names is not None:
        happened = happened.filter(pl.col("event").is_in(sorted(names)))
    return Events(happened=happened.collect(), reach=reach.collect())


def read_records(folder: Path) -> Records:
    """The accepted rows of a night and to whom each belongs."""
    return Records(
        extracts=_read_all(folder / _EXTRACTS),
        named=_read_all(folder / _NAMED),  # a night of an earlier version has none
        links=read_frame(folder, "links"),
        households=read_frame(folder, "households"),
    )


def _read_all(folder: Path) -> dict[str, pl.DataFrame]:
    return {file.stem: pl.read_parquet(file) for file in sorted(folder.glob("*.parquet"))}


def _write(frame: pl.DataFrame, file: Path) -> None:
    frame.write_parquet(file, compression="zstd", compression_level=1, row_group_size=50_000)
    _sync(file)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
