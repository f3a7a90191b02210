"""The git program, asked in a way that nothing of the user's is touched: no hook, no prompt, no signing.

The program rather than a library: a council that keeps its rules in git has it, with its own settings of
where objects lie, and plumbing commands leave the working tree, the index and the branch in use alone.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_SECONDS = 30
_QUIET = (
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.autocrlf=false",
    "-c", "commit.gpgSign=false",
    "-c", "tag.gpgSign=false",
    "-c", "gc.auto=0",
)  # fmt: skip


class GitRefused(Exception):
    """Git is not there, or refused; what it said. Caught by whoever asked: git is never needed."""


def git(
    directory: Path,
    *arguments: str,
    settings: Mapping[str, str] = MappingProxyType({}),
    said: str = "",
) -> str:
    """What git answers.

    Args:
        directory: Where it is run.
        arguments: Fixed words, folders and object names.
        settings: Environment of this one command, such as who the author is.
        said: What it is given to read.

    Raises:
        GitRefused: If it is not there, takes too long or ends with an error.
    """
    command = ["git", "-C", str(directory), *_QUIET, *arguments]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = inherited | {"GIT_TERMINAL_PROMPT": "0"} | dict(settings)
    try:
        done = subprocess.run(  # noqa: S603  (no shell; words as above)
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
            env=environment,
            input=said,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitRefused(str(error)) from None
    if done.returncode != 0:
        raise GitRefused(done.stderr.strip() or f"git {arguments[0]} ended with {done.returncode}")
    return done.stdout.strip()
