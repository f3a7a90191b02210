"""A night's date is what was asked, else the manifest's, else today; no slip bars the nights after it."""

import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def files(town: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(town / "extracts", tmp_path / "extracts"))


def dated(files: Path, as_of: str | None) -> Path:
    (files / "MANIFEST.json").write_text(json.dumps({"as_of": as_of, "files": {}}))
    return files


def test_a_manifest_without_a_date_means_today(triage, files, tmp_path) -> None:
    triage("init", tmp_path / "c")
    triage("run", "--council", tmp_path / "c", "--extracts", dated(files, None))
    (night,) = (folder for folder in (tmp_path / "c" / "nights").iterdir() if folder.is_dir())
    assert night.name > "2026-10-31.1"


def test_a_night_dated_by_a_slip_of_the_year_is_refused(triage, files, tmp_path) -> None:
    council = tmp_path / "c"
    triage("init", council)
    told = triage("run", "--council", council, "--extracts", dated(files, "2062-10-31"), exit_code=6)
    assert "as of 31 October 2062, more than a year after today" in told.stderr
    assert [path.name for path in (council / "nights").iterdir()] == [".lock"]


def test_nights_whose_store_was_lost_are_left_alone(triage, night, town, tmp_path) -> None:
    council = Path(shutil.copytree(night, tmp_path / "c"))
    nights = {folder.name for folder in (council / "nights").iterdir() if folder.is_dir()}
    for file in council.glob("store.sqlite*"):
        file.unlink()
    told = triage("run", "--council", council, "--extracts", town / "extracts", exit_code=6)
    assert "which the council's store does not know" in told.stderr
    assert {folder.name for folder in (council / "nights").iterdir() if folder.is_dir()} == nights
