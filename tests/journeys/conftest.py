"""The invented council that the journeys use, made once per worker; the real command in its own process."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from triage.invented import generate

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the extracts and the truth of 400 invented households."""
    home = tmp_path_factory.mktemp("town")
    generate(home, households=400, seed=7)
    return home


@pytest.fixture(scope="session")
def triage() -> Run:
    """Runs the `triage` command as a user would; fails the test unless the exit code is as expected."""

    def run(*arguments: object, exit_code: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "triage", *(str(each) for each in arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == exit_code, done.stdout + done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def night(town: Path, triage: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council after its first night; read only."""
    council = tmp_path_factory.mktemp("council") / "c"
    triage("init", council)
    triage("run", "--council", council, "--extracts", town / "extracts")
    return council
