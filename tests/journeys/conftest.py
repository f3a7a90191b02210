"""The invented council that the journeys use, made once per worker, and the whole command line in process.

Only what must be killed runs in a process of its own: starting Python a hundred times is no test.
"""

from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from triage.cli.main import cli
from triage.cli.terminal import run_safely
from triage.invented import generate


@dataclass(frozen=True)
class Told:
    """What a command printed."""

    stdout: str
    stderr: str


Run = Callable[..., Told]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the extracts and the truth of 400 invented households."""
    home = tmp_path_factory.mktemp("town")
    generate(home, households=400, seed=7)
    return home


@pytest.fixture(scope="session")
def triage() -> Run:
    """Runs the `triage` command as a user would; fails the test unless the exit code is as expected."""

    def run(*arguments: object, exit_code: int = 0) -> Told:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                code = run_safely(lambda: cli([str(each) for each in arguments]))
            except SystemExit as left:
                code = left.code or 0
        assert code == exit_code, out.getvalue() + err.getvalue()
        return Told(out.getvalue(), err.getvalue())

    return run


@pytest.fixture(scope="session")
def night(town: Path, triage: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council after its first night; read only."""
    council = tmp_path_factory.mktemp("council") / "c"
    triage("init", council)
    triage("run", "--council", council, "--extracts", town / "extracts")
    return council
