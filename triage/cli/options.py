"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from smart_record.purposes import Purpose

CouncilDir = Annotated[Path, typer.Option("--council", help="The council's folder (made by triage init).")]
AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]
PurposeOption = Annotated[
    Purpose, typer.Option(help="Legal purpose of this look: goes to the audit log, limits what is shown.")
]
Challengers = Annotated[
    bool, typer.Option("--challengers", help="Also measure other kinds of model; takes about twice as long.")
]
RulesDir = Annotated[Path, typer.Argument(help="The folder of rule files.")]
