"""`triage rules submit | approve | versions | rollback`: two people, one record, one command back."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter
from rich.table import Table

from triage.actions.approve_rulebook import approve_rulebook
from triage.actions.list_rulebook_versions import RulebookVersions, list_rulebook_versions
from triage.actions.roll_back_rulebook import roll_back_rulebook
from triage.actions.submit_rulebook import submit_rulebook
from triage.cli.options import AsJson, CouncilDir
from triage.cli.terminal import operator, out
from triage.council import open_council
from triage.table_text import a_table
from triage.versions.asked import SHORT

cli = typer.Typer()

Why = Annotated[str, typer.Option(help="The reason, for the audit log.")]
Version = Annotated[str, typer.Argument(help="The first characters of the version, as listed.")]


@cli.command()
def submit(
    rules: Annotated[Path, typer.Argument(help="The folder of the draft.")], council: CouncilDir, why: Why
) -> None:
    """Check a draft and keep it as a version that a second person can approve."""
    opened = open_council(council)
    version = submit_rulebook(opened, rules, why=why, actor=operator(), say=_told)
    opened.close()
    short = version.content_hash[:SHORT]
    out.print(f"Version {short} is checked and waits for approval by a second person.", markup=False)
    if version.commit_id:
        out.print(f"Its files stand at git commit {version.commit_id}.", markup=False)
    out.print(f"They run: triage rules approve {short} --council {council} --why REASON", markup=False)


@cli.command()
def approve(version: Version, council: CouncilDir, why: Why) -> None:
    """Approve a version that a colleague submitted; the next run uses it."""
    opened = open_council(council)
    approved = approve_rulebook(opened, version, why=why, actor=operator(), say=_told)
    opened.close()
    out.print(
        f"Version {approved.content_hash[:SHORT]} is approved by {approved.approved_by} and in force: "
        "the next run uses it. To undo: triage rules rollback",
        markup=False,
    )


@cli.command()
def versions(council: CouncilDir, *, as_json: AsJson = False) -> None:
    """Every version: who submitted it, who approved it, where it stands."""
    opened = open_council(council)
    found = list_rulebook_versions(opened, actor=operator())
    opened.close()
    if as_json:
        typer.echo(TypeAdapter(RulebookVersions).dump_json(found, indent=2).decode())
    elif found.versions:
        out.print(_table(found))
    else:
        out.print(
            f"No version was ever submitted; the folder {council / 'rules'} is used as it stands.",
            markup=False,
        )


@cli.command()
def rollback(
    council: CouncilDir,
    why: Why,
    to: Annotated[str, typer.Option(help="An approved version; default: the one before.")] = "",
) -> None:
    """Go back to an earlier approved version; the next run uses it."""
    opened = open_council(council)
    version = roll_back_rulebook(opened, why=why, actor=operator(), to=to, say=_told)
    opened.close()
    out.print(
        f"Version {version.content_hash[:SHORT]} is in force again: the next run uses it.", markup=False
    )


def _told(words: str) -> None:
    out.print(words, markup=False)


def _table(found: RulebookVersions) -> Table:
    table = a_table("Version", "stands", "submitted", "approved", "why")
    for each in found.versions:
        version = each.version
        approved = "" if version.approved_at is None else f"{version.approved_at:%-d %B %Y}"
        table.add_row(
            version.content_hash[:SHORT],
            str(each.standing),
            f"{version.submitted_at:%-d %B %Y} {version.submitted_by}",
            f"{approved} {version.approved_by or ''}".strip() or "-",
            version.submitted_why,
        )
    return table
