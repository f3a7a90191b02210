"""`triage rules check` with and without proofs, and `triage rules schema`, as a policy lead types them."""

import json
from pathlib import Path

from typer.testing import CliRunner

from rules.errors import RulebookInvalid
from triage.cli.rules import cli

LIBRARY = Path(__file__).parents[3] / "rules" / "library"
IDLE = """\
ruleset: trial
version: 1
owner: welfare-policy@example.gov.uk
rules:
  - id: T1
    title: Never
    kind: suggest
    from: 2026-04-01
    purpose: welfare_support
    intervention: soft_reminder
    priority: 3
    when: council_tax.liable and not council_tax.liable
    because: never
    source: local policy
    tests:
      - {given: {council_tax.liable: yes}, expect: not met}
      - {given: {}, expect: not known}
      - {given: {council_tax.liable: yes}, expect: met, bug: it never is}
"""


def a_folder(directory: Path) -> Path:
    for name in ("interventions.yaml", "parameters.yaml"):
        (directory / name).write_text((LIBRARY / name).read_text(encoding="utf-8"), encoding="utf-8")
    (directory / "trial.yaml").write_text(IDLE, encoding="utf-8")
    return directory


def test_check_proves_unless_told_not_to(tmp_path: Path) -> None:
    arguments = ["check", str(a_folder(tmp_path)), "--as-of", "2026-11-01", "--no-notes"]
    proved = CliRunner().invoke(cli, arguments)
    assert isinstance(proved.exception, RulebookInvalid)
    assert "rule T1: can never be met" in str(proved.exception)
    assert CliRunner().invoke(cli, [*arguments, "--no-proofs"]).exit_code == 0


def test_the_library_comes_out_clean() -> None:
    checked = CliRunner().invoke(cli, ["check", str(LIBRARY), "--as-of", "2026-11-01"])
    assert checked.exit_code == 0
    assert "no fault" in checked.output


def test_the_schema_is_json() -> None:
    written = CliRunner().invoke(cli, ["schema"])
    assert json.loads(written.output)["title"] == "Welfare Triage rule file"
