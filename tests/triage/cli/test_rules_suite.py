"""`triage rules test --suite ombudsman` and the line that `triage rules check` says of it."""

import shutil
from pathlib import Path

from typer.testing import CliRunner

import rules
from triage.cli.rules import cli

LIBRARY = Path(rules.__file__).parent / "library"


def test_the_suite_passes_on_the_library_and_fails_with_exit_code_4_where_a_protection_is_gone(
    tmp_path: Path,
) -> None:
    done = CliRunner().invoke(cli, ["test", str(LIBRARY), "--suite", "ombudsman"])
    assert done.exit_code == 0
    assert "6 of 6 cases pass" in done.output
    shutil.copytree(LIBRARY, tmp_path / "rules", ignore=shutil.ignore_patterns("protection.yaml"))
    done = CliRunner().invoke(cli, ["test", str(tmp_path / "rules"), "--suite", "ombudsman"])
    assert done.exit_code == 4
    assert "0 of 6 cases pass" in done.output


def test_the_check_says_how_many_cases_pass() -> None:
    done = CliRunner().invoke(cli, ["check", str(LIBRARY), "--no-proofs"])
    assert done.exit_code == 0
    assert "Suite ombudsman: 6 of 6 cases pass." in done.output
