"""A night is one unit: killed anywhere and run again, it gives the same exports byte for byte."""

import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from triage.actions.export import KINDS
from triage.actions.run_night import STAGES


def start(council: Path, extracts: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "triage", "run", "--council", str(council), "--extracts", str(extracts)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def kill_after_stage(process: subprocess.Popen[str], stage: int) -> None:
    assert process.stderr is not None
    for _ in range(stage):
        assert process.stderr.readline().endswith(" ...\n")
    process.send_signal(signal.SIGKILL)
    process.communicate()


def exports(triage, council: Path, to: Path) -> dict[str, bytes]:
    to.mkdir()
    for kind in KINDS:
        triage("export", kind, "--council", council, "-o", to / f"{kind}.csv")
    return {kind: (to / f"{kind}.csv").read_bytes() for kind in KINDS}


def test_a_run_killed_at_any_stage_and_repeated_gives_the_same_exports(town, triage, night, tmp_path) -> None:
    undisturbed = exports(triage, night, tmp_path / "undisturbed")
    council = tmp_path / "c"
    triage("init", council)
    for stage in range(1, STAGES + 1):
        kill_after_stage(start(council, town / "extracts"), stage)
    triage("run", "--council", council, "--extracts", town / "extracts")
    assert exports(triage, council, tmp_path / "disturbed") == undisturbed
    left = {path.name for path in (council / "nights").iterdir()}
    assert left == {".lock", "2026-10-31.1"}


def test_a_killed_repeat_leaves_the_last_night_readable(town, triage, night, tmp_path) -> None:
    council = Path(shutil.copytree(night, tmp_path / "c"))
    before = exports(triage, council, tmp_path / "before")
    kill_after_stage(start(council, town / "extracts"), STAGES - 1)
    assert exports(triage, council, tmp_path / "after") == before


def test_a_night_run_twice_doubles_nothing_and_changes_no_id(town, triage, night, tmp_path) -> None:
    council = Path(shutil.copytree(night, tmp_path / "c"))
    before = exports(triage, council, tmp_path / "before")
    again = triage("run", "--council", council, "--extracts", town / "extracts")
    assert "Matched none of" in again.stdout
    assert exports(triage, council, tmp_path / "after") == before


@pytest.mark.deep
def test_killed_at_random_moments_the_exports_are_the_same(town, triage, night, tmp_path) -> None:
    undisturbed = exports(triage, night, tmp_path / "undisturbed")
    chance = random.Random(5)
    for attempt in range(5):
        council = tmp_path / f"c{attempt}"
        triage("init", council)
        process = start(council, town / "extracts")
        try:
            process.wait(chance.uniform(0.5, 6))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        triage("run", "--council", council, "--extracts", town / "extracts")
        assert exports(triage, council, tmp_path / f"d{attempt}") == undisturbed
