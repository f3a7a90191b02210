"""`triage links`: how good the matching is."""

from pathlib import Path
from typing import Annotated

import typer

from triage.actions.evaluate_links import evaluate_links
from triage.council import open_council
from triage.links_text import links_tables
from triage.options import CouncilDir
from triage.terminal import operator, out

cli = typer.Typer(help="Links between records: how good they are.", no_args_is_help=True)


@cli.callback()
def links() -> None:
    """Links between records: how good they are."""


@cli.command()
def evaluate(
    council: CouncilDir,
    labels: Annotated[
        Path, typer.Option(help="CSV: source, record_ref, role, person_id, household_id, group.")
    ],
) -> None:
    """Precision and recall of the last night's links, on labels that the matching never sees."""
    opened = open_council(council)
    measured = evaluate_links(opened, labels, actor=operator())
    opened.close()
    for table in links_tables(measured):
        out.print(table)
