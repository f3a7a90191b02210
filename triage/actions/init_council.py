"""Lay out a council: settings, copies of rule library and source mappings, an empty store, a first key."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from smart_record.intake import copy_default_mappings
from smart_record.purposes import Purpose
from triage.actions.make_key import make_key
from triage.audit import Actor
from triage.council import Clock, open_council, system_clock
from triage.errors import CouncilExists
from triage.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCouncil:
    """A council's folder, ready for its first night.

    Attributes:
        key: The API's first key; it can't be read again.
    """

    directory: Path
    key: str


def init_council(
    directory: Path,
    *,
    actor: Actor,
    name: str = "Invented Council",
    clock: Clock = system_clock,
    say: Callable[[str], None] = lambda _: None,
) -> NewCouncil:
    """Lay out a council in `directory`, which must not hold one yet.

    Raises:
        CouncilExists: If it does: nothing is overwritten.
    """
    if (directory / "council.toml").exists():
        raise CouncilExists(
            f"{directory} already holds a council (council.toml). Nothing was changed. "
            "Choose another folder, or go on with: triage run"
        )
    if not directory.exists():
        directory.mkdir(parents=True)
        directory.chmod(0o700)  # residents' records will lie here: nobody else on this machine may look
    say("Copying the rule library and the source mappings")
    with as_file(files("rules") / "library") as library:
        shutil.copytree(
            library, directory / "rules", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    copy_default_mappings(directory / "mappings")
    (directory / "nights").mkdir(exist_ok=True)
    settings = (files("triage") / "scaffold" / "council.toml").read_text(encoding="utf-8")
    settings = settings.replace('council = "Invented Council"', f"council = {_toml(name)}", 1)
    say("Making the store and the first key of the API")
    (directory / "council.toml").write_text(settings, encoding="utf-8")
    return NewCouncil(directory=directory, key=_first_key(directory, actor, clock))


def _first_key(directory: Path, actor: Actor, clock: Clock) -> str:
    council = open_council(directory, clock=clock)
    made = make_key(
        council, "first key", role=Role.DATA_OFFICER, purpose=Purpose.WELFARE_SUPPORT, actor=actor
    )
    council.close()
    return made.secret


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
