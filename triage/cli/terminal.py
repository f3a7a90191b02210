"""The terminal: progress on stderr, results on stdout, errors in plain English with their exit code."""

import os
import pwd
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from models import ModelError
from rules import RuleError
from smart_record.errors import LinkageError, SourceError, TriageError
from smart_record.purposes import Purpose
from triage.audit import Actor
from triage.errors import CouncilInvalid, ExportKindUnknown, RequestError
from triage.faults import told

EXIT_CODES: tuple[tuple[type[TriageError], int], ...] = (
    (CouncilInvalid, 2),
    (ExportKindUnknown, 2),
    (SourceError, 3),
    (LinkageError, 3),
    (RuleError, 4),
    (ModelError, 5),
    (RequestError, 6),
)
"""Exit code by who can put it right: 2 usage, 3 source data, 4 rule files, 5 model, 6 refused."""

INTERNAL = 70
"""Exit code of a fault of ours."""

_PIPED = 130
"""Columns of a table that goes into a pipe or file, where no terminal says how wide it is."""

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPED)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def operator(purpose: Purpose = Purpose.WELFARE_SUPPORT) -> Actor:
    """Whoever is logged in at this terminal, by the system's word: LOGNAME and USER anybody can set."""
    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:  # a container may run as a number that has no name
        name = f"user {number}"
    return Actor(name=name, purpose=purpose)


@contextmanager
def progress(stages: int) -> Iterator[Callable[[str], None]]:
    """A bar over the stages of long work; plain lines where stderr is no terminal.

    A stage told again with other words after a colon is the same stage, further on.
    """
    if not err.is_terminal:
        yield lambda stage: err.print(f"{stage} ...", markup=False)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("Starting", total=stages + 1)
        under_way = ""

        def say(stage: str) -> None:
            nonlocal under_way
            name = stage.partition(":")[0]
            bar.update(task, description=stage, advance=int(name != under_way))
            under_way = name

        yield say


def run_safely(command: Callable[[], None]) -> int:
    """Run the command line; every error becomes words and an exit code.

    An unforeseen error shows where it happened and never its message, which may hold a resident's data.
    """
    try:
        command()
    except TriageError as error:
        err.print(str(error), markup=False)
        return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), INTERNAL)
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 (the outermost edge)
        err.print(told(error), markup=False)
        return INTERNAL
    return 0


def leave(code: int) -> None:
    """End the process with an exit code."""
    sys.exit(code)
