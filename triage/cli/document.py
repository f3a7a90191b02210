"""`triage rules docs`: the rulebook as a policy document."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from rules import load_rulebook
from rules.loading.topics import FILE, load_topics
from rules.telling.document import document
from triage.cli.options import RulesDir
from triage.cli.terminal import err
from triage.council import system_clock
from triage.days import day_of

cli = typer.Typer()


@cli.command()
def docs(
    rules: RulesDir,
    to: Annotated[Path, typer.Option("-o", "--output", help="FILE.html")],
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The date to look at them; default today.")
    ] = None,
) -> None:
    """Write the whole rulebook as a policy document that anybody can read."""
    day = day_of(system_clock()) if as_of is None else as_of.date()
    topics = load_topics(rules) if (rules / FILE).is_file() else None
    to.write_text(document(load_rulebook(rules), as_of=day, topics=topics), encoding="utf-8")
    err.print(f"Policy document written to {to}", markup=False)
