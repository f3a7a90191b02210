"""docs/for-policy-leads.md, step by step: the guide's own commands, run as they stand."""

import json
import os
import pwd
import re
import shlex
import shutil
import subprocess
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "for-policy-leads.md"
BLOCK = re.compile(r"^```sh ?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^triage .*$", re.MULTILINE)


def test_the_guide_does_what_it_says(triage, night, town, tmp_path, monkeypatch) -> None:
    shutil.copytree(night, tmp_path / "my-council")
    (tmp_path / "extracts").symlink_to(town / "extracts")
    monkeypatch.chdir(tmp_path)
    told, users = "", pwd.getpwall()[:2]
    for kind, script in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        monkeypatch.setattr(os, "getuid", lambda who=users[kind == "colleague"]: who.pw_uid)
        monkeypatch.setenv("LOGNAME", "anybody")  # who acts is the system's word, not the environment's
        subprocess.run(["sh", "-e", "-c", COMMAND.sub("", script)], check=True)
        for command in COMMAND.findall(script):
            waiting = re.findall(r"Version (\w{12}) is checked", told)
            _, *arguments = shlex.split(command.replace("VERSION", waiting[-1] if waiting else "VERSION"))
            done = triage(*arguments, exit_code=4 if kind == "fails" else 0)
            told += done.stdout + done.stderr
    assert "did you mean council_tax.missed_instalments_3m" in told
    assert "L01" in told[told.index("Replayed on") : told.index("The most urgent of")]
    assert "Rules not under approval" not in told[told.index("Night as of") :]
    assert f"approved by {users[True].pw_name}" in told[told.index("Night as of") :]
    assert "is in force again" in told
    last = json.loads(triage("rules", "versions", "--council", "my-council", "--json").stdout)
    assert [each["standing"] for each in last["versions"]] == ["in force", "approved"]
    for page in ("rulebook.html", "impact.html"):
        assert "<h1>" in (tmp_path / page).read_text(encoding="utf-8")
