"""docs/for-policy-leads.md, step by step: the guide's own commands, run as they stand."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "for-policy-leads.md"
BLOCK = re.compile(r"^```sh ?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def desk(night, town, tmp_path_factory) -> Path:
    """A folder with a council after its first night, its extracts, and `triage` to call."""
    desk = tmp_path_factory.mktemp("desk")
    shutil.copytree(night, desk / "my-council")
    (desk / "extracts").symlink_to(town / "extracts")
    (desk / "bin").mkdir()
    command = desk / "bin" / "triage"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m triage "$@"\n')
    command.chmod(0o755)
    return desk


def sh(desk: Path, script: str, person: str) -> subprocess.CompletedProcess[str]:
    path = f"{desk / 'bin'}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LOGNAME": person, "PYTHONPATH": str(GUIDE.parents[1])}
    return subprocess.run(
        ["sh", "-e", "-c", script], cwd=desk, env=environment, capture_output=True, text=True, check=False
    )


def test_the_guide_does_what_it_says(desk) -> None:
    told, version = [], ""
    for kind, script in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        if "VERSION" in script:
            known = json.loads(sh(desk, "triage rules versions --council my-council --json", "ada").stdout)
            waiting = [each for each in known["versions"] if each["standing"] == "checked"]
            version = waiting[0]["version"]["content_hash"][:12]
        done = sh(desk, script.replace("VERSION", version), "bea" if kind == "colleague" else "ada")
        assert done.returncode == (4 if kind == "fails" else 0), script + done.stdout + done.stderr
        told.append(done.stdout + done.stderr)
    assert any("did you mean council_tax.missed_instalments_3m" in each for each in told)
    assert any("approved by bea" in each and "Night as of" in each for each in told)
    assert "L01" in next(each for each in told if "Replayed on" in each)
    assert "is in force again" in told[-1]
    last = json.loads(sh(desk, "triage rules versions --council my-council --json", "ada").stdout)
    assert [each["standing"] for each in last["versions"]] == ["in force", "approved"]
    for page in ("rulebook.html", "impact.html"):
        assert "<h1>" in (desk / page).read_text(encoding="utf-8")
