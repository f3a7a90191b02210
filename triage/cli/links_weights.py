"""`triage links train`, `weights` and `use`: what agreement is worth at this council, learned and chosen."""

from typing import Annotated

import typer
from rich.table import Table

from triage.actions.list_link_weights import list_link_weights
from triage.actions.train_links import train_links
from triage.actions.use_link_weights import use_link_weights
from triage.cli.options import CouncilDir
from triage.cli.terminal import operator, out
from triage.council import open_council

Name = Annotated[
    str, typer.Argument(help="As `triage links weights` gives it; `shipped` for the shipped ones.")
]


def train(council: CouncilDir) -> None:
    """Learn from the last night's rows what agreement is worth here; used once someone chooses it."""
    opened = open_council(council)
    trained = train_links(opened, actor=operator())
    opened.close()
    table = Table("comparison", "level", box=None, padding=(0, 2))
    for heading in ("shipped", "learned", "change", "pairs seen"):
        table.add_column(heading, justify="right")
    for row in trained.levels.iter_rows(named=True):
        bits = (row["before"], row["after"], row["after"] - row["before"])
        names = (row["comparison"].replace("_", " "), row["level"].replace("_", " "))
        table.add_row(*names, *(f"{bit:+.2f}" for bit in bits), f"{row['pairs']:,.0f}")
    out.print(table)
    out.print(
        f"Kept as {trained.name}, not in use. To try it: triage links use {trained.name}, run, "
        "triage links evaluate. To go back: triage links use shipped",
        markup=False,
    )


def weights(council: CouncilDir) -> None:
    """The weights this council can use, and which it does."""
    opened = open_council(council)
    kept = list_link_weights(opened, actor=operator())
    opened.close()
    for each in kept:
        out.print(f"{'*' if each.in_use else ' '} {each.name}: {each.origin}", markup=False)


def use(name: Name, council: CouncilDir) -> None:
    """Choose the weights that the next run uses."""
    opened = open_council(council)
    use_link_weights(opened, name, actor=operator())
    opened.close()
    out.print(f"In use: {name}. The next run weighs with it.", markup=False)
