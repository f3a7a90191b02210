"""`triage mappings`: how a supplier's files are read."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from triage.actions.check_extracts import ExtractsChecked, check_extracts
from triage.cli.intake_text import intake_lines
from triage.cli.options import AsJson, CouncilDir
from triage.cli.terminal import operator, out
from triage.council import open_council

cli = typer.Typer(help="Mapping files: how a supplier's columns and codes become ours.", no_args_is_help=True)


@cli.callback()
def mappings() -> None:
    """Mapping files: how a supplier's columns and codes become ours."""


@cli.command()
def check(
    council: CouncilDir,
    extracts: Annotated[Path, typer.Option(help="A folder of extract files.")],
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Default: MANIFEST.json's date, else today.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Read a folder of extracts as the next run would, say what comes of it, and store nothing."""
    opened = open_council(council)
    day = None if as_of is None else as_of.date()
    checked = check_extracts(opened, extracts, actor=operator(), as_of=day)
    opened.close()
    if as_json:
        typer.echo(TypeAdapter(ExtractsChecked).dump_json(checked, indent=2).decode())
        return
    for line in intake_lines(asdict(checked)):
        out.print(line, markup=False)
    out.print("Nothing was stored.")
