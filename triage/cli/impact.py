"""`triage rules impact`: who would gain and lose by a draft, on past nights."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from triage.actions.measure_impact import measure_impact
from triage.cli.options import AsJson, CouncilDir
from triage.cli.terminal import err, operator, out, progress
from triage.council import open_council
from triage.impact.report import report
from triage.impact.result import Impact
from triage.impact.text import ImpactText

cli = typer.Typer()

_STAGES = 5


@cli.command()
def impact(
    old: Annotated[Path, typer.Argument(help="The rules in use: a folder, or in-force.")],
    new: Annotated[Path, typer.Argument(help="The draft.")],
    council: CouncilDir,
    nights: Annotated[int, typer.Option(min=1, help="How many past nights.")] = 1,
    to: Annotated[Path | None, typer.Option("-o", "--output", help="Also as a page: FILE.html")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Replay both rulebooks on past nights: who gains, who loses, Tier 3 load, and why."""
    opened = open_council(council)
    with progress(_STAGES) as say:
        found = measure_impact(opened, old, new, nights=nights, actor=operator(), say=say)
    opened.close()
    if to is not None:
        to.write_text(report(found), encoding="utf-8")
        err.print(f"Report written to {to}", markup=False)
    if as_json:
        typer.echo(TypeAdapter(Impact).dump_json(found, indent=2).decode())
    else:
        out.print(ImpactText(found))
