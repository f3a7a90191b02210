import multiprocessing
from pathlib import Path

import polars as pl
import pytest

from triage.errors import RunInProgress
from triage.nights import (
    WRITING,
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


def test_a_sweep_keeps_complete_nights_and_removes_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "2026-10-31.1")
    write(tmp_path, "2026-10-31.2")
    (tmp_path / WRITING).mkdir()
    sweep(tmp_path, keep={"2026-10-31.2"})
    assert [folder.name for folder in tmp_path.iterdir()] == ["2026-10-31.2"]


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
