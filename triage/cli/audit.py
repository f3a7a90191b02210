"""`triage audit`: who saw or changed what, when, and under which purpose."""

from datetime import datetime
from typing import Annotated

import typer
from pydantic import TypeAdapter
from rich.table import Table
from rich.text import Text

from triage.actions.read_audit_log import AuditLog, read_audit_log
from triage.audit import AuditEvent
from triage.cli.options import AsJson, CouncilDir
from triage.cli.terminal import err, operator, out
from triage.council import open_council

_DAY = typer.Option(formats=["%Y-%m-%d"], help="In UTC.")


def audit(
    council: CouncilDir,
    household: Annotated[str | None, typer.Option(help="Lines about this household.")] = None,
    holder: Annotated[str | None, typer.Option(help="Lines of this person or holder of a key.")] = None,
    since: Annotated[datetime | None, _DAY] = None,
    until: Annotated[datetime | None, _DAY] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many lines, newest first.")] = 100,
    *,
    as_json: AsJson = False,
) -> None:
    """The audit log: who saw or changed what, when, and under which purpose. Reading it is a line of it."""
    opened = open_council(council)
    found = read_audit_log(
        opened,
        household_id=household,
        holder=holder,
        since=None if since is None else since.date(),
        until=None if until is None else until.date(),
        limit=limit,
        actor=operator(),
    )
    opened.close()
    if as_json:
        typer.echo(TypeAdapter(AuditLog).dump_json(found, indent=2).decode())
        return
    out.print(_table(found.lines) if found.lines else "No line of the audit log fits.")
    if len(found.lines) < found.found:
        err.print(
            f"{found.found - len(found.lines):,} older lines fit too: --limit {found.found}", markup=False
        )


def _table(lines: tuple[AuditEvent, ...]) -> Table:
    table = Table(box=None, padding=(0, 2), header_style="bold")
    for heading in ("When (UTC)", "who", "purpose", "did", "household", "what"):
        table.add_column(heading, overflow="fold")
    for each in lines:
        cells = (
            f"{each.occurred_at:%Y-%m-%d %H:%M:%S}",
            each.actor.name,
            str(each.actor.purpose),
            each.action.replace("_", " "),
            each.household_id or "-",
            each.subject,
        )
        table.add_row(*map(Text, cells))  # names are shown as they are, brackets and all
    return table
