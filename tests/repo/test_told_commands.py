"""Every command that a document or a message tells of can be typed: its words and its options exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import typer.main

from triage.cli.main import cli

ROOT = Path(__file__).parents[2]
PLACES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    *(
        file
        for room in ("api", "models", "rules", "smart_record", "triage")
        for file in ROOT.glob(f"{room}/**/*.py")
    ),
]
_TOLD = re.compile(r"(?:^|[`\"'\s(/])triage ([a-z][a-z|-]*(?: [^`\n\"'#]+)?)")
_ALL = typer.main.get_command(cli)


def told_in(text: str) -> Iterator[list[str]]:
    """The words behind `triage` wherever a command of ours follows; "accept|reject" is two."""
    for match in _TOLD.finditer(text):
        words = match[1].split()
        if words[0].split("|")[0] in _ALL.commands:
            ways = next((word for word in words[:3] if re.fullmatch(r"[a-z-]+(\|[a-z-]+)+", word)), "")
            for way in ways.split("|"):
                yield [way if word == ways else word for word in words]


def what_is_wrong(words: list[str]) -> str:
    command, rest = _ALL, list(words)
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    if hasattr(command, "commands") and rest and re.fullmatch(r"[a-z-]{3,}", rest[0]):
        return f"no command {rest[0]}"
    options = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    asked = {match[0] for word in rest if (match := re.match(r"--?[a-z][a-z-]*", word.strip("[](,;.")))}
    return f"no option {sorted(asked - options)}" if asked - options else ""


def test_the_commands_that_are_told_exist() -> None:
    told = [(file.name, words) for file in PLACES for words in told_in(file.read_text(encoding="utf-8"))]
    faults = [(name, " ".join(words), fault) for name, words in told if (fault := what_is_wrong(words))]
    assert faults == []
    assert len(told) > 100


def test_a_command_that_is_not_there_would_be_found() -> None:
    text = "triage links acept P1, `triage export links -o a.csv`, or triage links accept|list P1 --reasn W"
    assert [what_is_wrong(words) for words in told_in(text)] == [
        "no command acept",
        "",
        "no option ['--reasn']",
        "no command list",
    ]
