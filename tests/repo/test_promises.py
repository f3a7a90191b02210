"""Promises to ourselves that no single module can keep."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import api.errors
import triage.cli.terminal
from smart_record.errors import TriageError

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "models", "rules", "smart_record", "triage")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def every_error() -> Iterator[type[TriageError]]:
    queue = [TriageError]
    while queue:
        kind = queue.pop()
        queue += kind.__subclasses__()
        yield kind


@pytest.mark.parametrize("kind", sorted(every_error(), key=lambda kind: kind.__name__))
def test_every_error_has_words_a_status_and_an_exit_code(kind: type[TriageError]) -> None:
    assert kind.__doc__
    assert any(issubclass(kind, known) for known, _ in api.errors.STATUS)
    assert kind is TriageError or any(issubclass(kind, known) for known, _ in triage.cli.terminal.EXIT_CODES)


def test_no_module_is_too_long_to_answer_one_question() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if (lines := file.read_text(encoding="utf-8").count("\n")) > 300
    }
    assert not long


def test_no_function_is_too_long_to_read_at_once() -> None:
    long = {
        f"{file.relative_to(ROOT)}: {each.name}": each.end_lineno - each.lineno + 1
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        for each in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(each, ast.FunctionDef) and (each.end_lineno or 0) - each.lineno >= 60
    }
    assert not long


def test_no_path_of_a_machine_and_no_large_data_is_committed() -> None:
    for file in tracked():
        assert file.stat().st_size < 300_000, file
        text = file.read_text(encoding="utf-8", errors="replace")
        assert not re.search(r"/(work|farm|home|Users)/\w", text), file


def test_the_clock_is_read_in_one_place() -> None:
    reading = {
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if re.search(r"\b(datetime|date|time)\.(now|today|utcnow|time)\(", file.read_text(encoding="utf-8"))
    }
    assert reading == {"triage/council.py"}


def test_a_day_of_the_clock_is_the_uks_and_not_utcs() -> None:
    told = [
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if re.search(r"(clock\(\)|\bnow)(\.astimezone\(UTC\))?\.date\(\)", file.read_text(encoding="utf-8"))
    ]
    assert not told  # `triage.days.day_of` tells it


def test_every_action_is_one_public_function_with_an_actor_or_touches_no_record() -> None:
    without_actor = {
        "authenticate",
        "check_health",
        "draft_table_mapping",
        "match_tables",
        "reading",
        "try_model_on_table",
    }
    for file in (ROOT / "triage" / "actions").glob("*.py"):
        if file.stem in {"__init__", *without_actor}:
            continue
        text = file.read_text(encoding="utf-8")
        assert re.search(rf"^def {file.stem}\(", text, re.MULTILINE), file.stem
        assert "actor: Actor" in text, file.stem
