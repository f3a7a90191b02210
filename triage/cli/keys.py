"""`triage keys make | list | withdraw`: who has access to the API, as what and for what."""

from typing import Annotated

import typer
from pydantic import TypeAdapter
from rich.table import Table
from rich.text import Text

from smart_record.purposes import LAW, Purpose
from triage.actions.list_keys import ListedKey, list_keys
from triage.actions.make_key import A_YEAR, make_key
from triage.actions.withdraw_key import withdraw_key
from triage.cli.options import AsJson, CouncilDir
from triage.cli.terminal import operator, out
from triage.council import open_council
from triage.roles import MAY, Role

cli = typer.Typer(help="Keys of the API: who has access, as what and for what.", no_args_is_help=True)

_ROLES = "; ".join(f"{role}: {may}" for role, may in MAY.items())


def _holder(name: str) -> str:
    name = name.strip()
    if not name or len(name) > 60 or not name.isprintable():
        raise typer.BadParameter("a name of 1 to 60 characters on one line, as the audit log is to show it")
    return name


Name = Annotated[
    str, typer.Argument(help="The holder: a log-in name, or what the screen is called.", callback=_holder)
]


@cli.command()
def make(
    name: Name,
    council: CouncilDir,
    role: Annotated[Role, typer.Option(help=_ROLES)],
    purpose: Annotated[
        Purpose, typer.Option(help="Legal purpose: on each audit line, and limits what is shown.")
    ],
    days: Annotated[int, typer.Option(min=1, max=A_YEAR, help="For how many days it is good.")] = A_YEAR,
    team: Annotated[str | None, typer.Option(help="Whose referral queue alone it shows.")] = None,
) -> None:
    """Make a key for an officer or a screen; it is shown once and kept only as a hash."""
    opened = open_council(council)
    made = make_key(opened, name, role=role, purpose=purpose, days=days, team=team, actor=operator())
    opened.close()
    key = made.key
    out.print(
        f"{key.name} may now, as {key.role} and for {key.purpose} ({LAW[key.purpose]}), use the API",
        markup=False,
    )
    queue = "" if key.team is None else f", of referrals those to {key.team} alone"
    out.print(f"until {key.expires_at:%-d %B %Y}{queue}. The key, shown only now:", markup=False)
    out.print(made.secret, markup=False)
    out.print(f"To take it away: triage keys withdraw {key.name!r} --council {council}", markup=False)


@cli.command("list")
def list_(council: CouncilDir, *, as_json: AsJson = False) -> None:
    """Every key: its holder, role, purpose, who made it, and whether it opens anything."""
    opened = open_council(council)
    found = list_keys(opened, actor=operator())
    opened.close()
    if as_json:
        typer.echo(TypeAdapter(tuple[ListedKey, ...]).dump_json(found, indent=2).decode())
    elif found:
        out.print(_table(found))
    else:
        out.print("No key was ever made. Make one with: triage keys make", markup=False)


@cli.command()
def withdraw(name: Name, council: CouncilDir) -> None:
    """Take a holder's key away: the very next request with it is refused."""
    opened = open_council(council)
    withdraw_key(opened, name, actor=operator())
    opened.close()
    out.print(f"{name}'s key is withdrawn: it opens nothing any more.", markup=False)


def _table(found: tuple[ListedKey, ...]) -> Table:
    table = Table(box=None, padding=(0, 2), header_style="bold")
    for heading in ("Holder", "role", "purpose", "team", "stands", "made", "good until", "withdrawn"):
        table.add_column(heading, overflow="fold")
    for each in found:
        key = each.key
        withdrawn = "-" if key.withdrawn_at is None else f"{key.withdrawn_at:%-d %B %Y} {key.withdrawn_by}"
        cells = (
            key.name,
            str(key.role),
            str(key.purpose),
            key.team or "every",
            str(each.standing),
            f"{key.made_at:%-d %B %Y} {key.made_by}",
            f"{key.expires_at:%-d %B %Y}",
            withdrawn,
        )
        table.add_row(*map(Text, cells))  # names are shown as they are, brackets and all
    return table
