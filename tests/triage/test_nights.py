import multiprocessing
from pathlib import Path

import polars as pl
import pytest

from triage.errors import NightsUnknown, RunInProgress
from triage.nights import (
    WRITING,
    confirm_night,
    name_night,
    read_frame,
    read_records,
    run_lock,
    sweep,
    write_computed,
)

FRAME = pl.DataFrame({"household_id": ["H1"], "n": [1]})


def write(nights: Path, night_id: str) -> None:
    frames = {"links": FRAME, "households": FRAME}
    write_computed(nights, extracts={"rent_accounts": FRAME}, named={"rent_accounts": FRAME}, frames=frames)
    name_night(nights, night_id, suggestions=FRAME)


def test_a_night_reads_back_as_written(tmp_path: Path) -> None:
    write(tmp_path, "2026-10-31.1")
    folder = tmp_path / "2026-10-31.1"
    assert read_frame(folder, "suggestions").equals(FRAME)
    assert read_records(folder).extracts["rent_accounts"].equals(FRAME)
    assert not (tmp_path / WRITING).exists()


def test_a_sweep_keeps_complete_nights_and_removes_what_they_replaced(tmp_path: Path) -> None:
    for night_id in ("2026-10-31.1", "2026-10-31.2"):
        write(tmp_path, night_id)
        confirm_night(tmp_path, night_id)
    (tmp_path / WRITING).mkdir()
    (tmp_path / "notes of the council").mkdir()
    sweep(tmp_path, keep={"2026-10-31.2"}, superseded={"2026-10-31.1"})
    assert {folder.name for folder in tmp_path.iterdir()} == {"2026-10-31.2", "notes of the council"}


def test_a_night_that_a_killed_run_named_but_never_committed_is_swept(tmp_path: Path) -> None:
    write(tmp_path, "2026-10-31.1")
    sweep(tmp_path, keep=set(), superseded=set())
    assert not list(tmp_path.iterdir())


def test_a_night_committed_by_a_run_killed_just_then_stays_and_is_confirmed(tmp_path: Path) -> None:
    write(tmp_path, "2026-10-31.1")
    sweep(tmp_path, keep={"2026-10-31.1"}, superseded=set())
    with pytest.raises(NightsUnknown):  # nothing says any more that a killed run left it
        sweep(tmp_path, keep=set(), superseded=set())


def test_complete_nights_that_a_lost_store_does_not_know_are_never_swept(tmp_path: Path) -> None:
    write(tmp_path, "2026-10-31.1")
    confirm_night(tmp_path, "2026-10-31.1")
    (tmp_path / WRITING).mkdir()
    with pytest.raises(NightsUnknown, match=r"2026-10-31\.1, which the council's store does not know"):
        sweep(tmp_path, keep=set(), superseded=set())
    assert {folder.name for folder in tmp_path.iterdir()} == {"2026-10-31.1", WRITING}


def hold_lock(nights: Path, ready, done) -> None:
    with run_lock(nights):
        ready.set()
        done.wait(30)


def test_two_runs_of_one_council_exclude_each_other(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready, done = spawn.Event(), spawn.Event()
    other = spawn.Process(target=hold_lock, args=(tmp_path, ready, done))
    other.start()
    assert ready.wait(30)
    with pytest.raises(RunInProgress, match="Another run is under way"), run_lock(tmp_path):
        pass
    other.kill()  # a killed run gives its lock back
    other.join()
    with run_lock(tmp_path):
        pass
