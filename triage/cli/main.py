"""The command line: parse, open the council, call one action, print."""

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from pydantic import TypeAdapter

from smart_record.purposes import Purpose
from triage.actions.ask_what_if import ask_what_if
from triage.actions.demo import demo as run_demo
from triage.actions.explain_household import explain_household
from triage.actions.export import KINDS, LED_BY_RISK
from triage.actions.export import export as write_export
from triage.actions.init_council import init_council
from triage.actions.list_referrals import list_referrals
from triage.actions.reading import why_rules_alone
from triage.actions.record_outcome import record_outcome
from triage.actions.run_night import STAGES, run_night
from triage.cli import keys, links, mappings, model, rules
from triage.cli.audit import audit
from triage.cli.options import AsJson, CouncilDir, PurposeOption
from triage.cli.summary_text import SummaryText
from triage.cli.terminal import err, leave, operator, out, progress, run_safely
from triage.cli.what_if_text import what_if_text
from triage.council import Council, open_council
from triage.explained.household import HouseholdView
from triage.explained.letter import letter
from triage.live.what_if import WhatIf
from triage.store.outcomes import OutcomeKind

_MOST_AT_ONCE = 200
"""Connections that the service takes at once; beyond, it says so at once instead of letting all wait."""

cli = typer.Typer(
    help="Early-intervention triage for a council: extracts in, explained suggestions out. "
    "This suggests; a person decides.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
cli.add_typer(mappings.cli, name="mappings")
cli.add_typer(rules.cli, name="rules")
cli.add_typer(links.cli, name="links")
cli.add_typer(model.cli, name="model")
cli.add_typer(keys.cli, name="keys")
cli.command()(audit)


@cli.command()
def demo(
    directory: Annotated[Path, typer.Argument(help="Where the invented council is made.")] = Path("demo"),
    households: Annotated[int, typer.Option(min=200, help="Households of the invented town.")] = 3000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same town.")] = 1,
    *,
    further: Annotated[
        bool, typer.Option("--further", help="Also plans, court dates, flags and other further files.")
    ] = False,
) -> None:
    """Make an invented council, run the night on it, and explain one household."""
    with progress(2 * STAGES + 2) as say:
        made = run_demo(
            directory, households=households, seed=seed, further=further, actor=operator(), say=say
        )
    out.print(SummaryText(made.night))
    out.rule("One household explained")
    out.print(letter(made.example), markup=False)
    out.rule()
    council = directory / "council"
    out.print(f"Go on with: triage household {made.example.household_id} --council {council}", markup=False)
    out.print(f"            triage export suggestions --council {council} -o suggestions.csv", markup=False)
    if made.key:
        out.print(f"The API's first key, shown only now: {made.key}", markup=False)


@cli.command()
def init(
    directory: Annotated[Path, typer.Argument(help="The new council's folder.")],
    name: Annotated[str, typer.Option(help="The council's name.")] = "Invented Council",
) -> None:
    """Lay out a council: council.toml, a copy of the rule library, source mappings, an empty store."""
    made = init_council(directory, actor=operator(), name=name)
    out.print(f"{made.directory} is ready: council.toml, rules/, mappings/ and an empty store.", markup=False)
    out.print(f"The API's first key, shown only now: {made.key}", markup=False)
    out.print(f"One for each officer and screen: triage keys make NAME --council {directory}", markup=False)
    out.print(f"Next: triage run --council {directory} --extracts FOLDER", markup=False)


@cli.command()
def run(
    council: CouncilDir,
    extracts: Annotated[Path, typer.Option(help="The folder of the night's extract files.")],
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Default: MANIFEST.json's date, else today.")
    ] = None,
    *,
    full: Annotated[
        bool, typer.Option("--full", help="Match all rows again even if none has changed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """The nightly run: intake, matching, facts, risk, rules, suggestions, referrals. Safe to repeat."""
    opened = open_council(council)
    day: date | None = None if as_of is None else as_of.date()
    with progress(STAGES) as say:
        night = run_night(opened, extracts, actor=operator(), as_of=day, full=full, say=say)
    opened.close()
    if as_json:
        typer.echo(json.dumps({"night_id": night.night_id, **night.summary}, indent=2))
    else:
        out.print(SummaryText(night))


@cli.command()
def export(
    kind: Annotated[str, typer.Argument(help=" | ".join(KINDS))],
    council: CouncilDir,
    to: Annotated[Path, typer.Option("-o", "--output", help="FILE.csv or FILE.parquet")],
    purpose: PurposeOption = Purpose.WELFARE_SUPPORT,
) -> None:
    """Write what the last night made."""
    opened = open_council(council)
    rows = write_export(opened, kind, to, actor=operator(purpose))
    note = why_rules_alone(opened) if kind in LED_BY_RISK else ""
    opened.close()
    err.print(f"{rows:,} rows written to {to}", markup=False)
    if note:
        err.print(note, markup=False)


@cli.command()
def household(
    household_id: Annotated[str, typer.Argument(help="As in the households export.")],
    council: CouncilDir,
    purpose: PurposeOption = Purpose.WELFARE_SUPPORT,
    said: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME=VALUE", help="What they just said: a fact, or an event's day."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """One household explained: who, what we know, what the rules say, the risk, what is suggested.

    With --with, what would change if that were so, and nothing is stored:
    --with benefits.universal_credit=yes --with rent.payment_missed=2026-10-30
    """
    opened = open_council(council)
    if said:
        _what_if(opened, household_id, said, purpose, as_json=as_json)
        return
    view = explain_household(opened, household_id, actor=operator(purpose))
    opened.close()
    if as_json:
        typer.echo(TypeAdapter(HouseholdView).dump_json(view, indent=2).decode())
    else:
        out.print(letter(view), markup=False)


def _what_if(opened: Council, household_id: str, said: list[str], purpose: Purpose, *, as_json: bool) -> None:
    pairs = [each.partition("=") for each in said]
    told = [(name.strip(), value.strip()) for name, _, value in pairs]
    try:
        found = ask_what_if(opened, household_id, told, actor=operator(purpose))
    finally:
        opened.close()
    if as_json:
        typer.echo(TypeAdapter(WhatIf).dump_json(found, indent=2).decode())
    else:
        out.print(what_if_text(found), markup=False)


@cli.command()
def referrals(
    council: CouncilDir,
    team: Annotated[str | None, typer.Option(help="One team's queue; every team's without it.")] = None,
    purpose: PurposeOption = Purpose.WELFARE_SUPPORT,
) -> None:
    """The referral queue, most urgent first."""
    opened = open_council(council)
    found = list_referrals(opened, team=team, actor=operator(purpose))
    opened.close()
    for each in found:
        duty = ", statutory" if each.statutory else ""
        out.print(
            f"{each.referral_id}  {each.household_id or 'household not found'}  {each.team}  "
            f"act by {each.due_on:%-d %B %Y}{duty}: {each.reasons}"
            + (f"  Look first: {each.look}." if each.look else ""),
            markup=False,
        )
    if not found:
        out.print("No open referrals.")


@cli.command()
def outcome(
    household_id: Annotated[str, typer.Argument(help="As in the households export.")],
    intervention: Annotated[str, typer.Argument(help="As in the suggestions export.")],
    ended: Annotated[OutcomeKind, typer.Argument(help="How it ended.")],
    council: CouncilDir,
) -> None:
    """Record that a household refused an offer, or that it was completed: starts its cool-off.

    What the law makes the council do stays suggested after a refusal, and after a completion once the debt
    takes another step.
    """
    opened = open_council(council)
    recorded = record_outcome(opened, household_id, intervention, ended, actor=operator())
    opened.close()
    counts = f"Nights as of {recorded.recorded_on:%-d %B %Y} and later go by it."
    out.print(f"Recorded: {intervention} {ended} for {household_id}. {counts}", markup=False)


@cli.command()
def serve(
    council: CouncilDir,
    port: Annotated[int, typer.Option(min=1, max=65535, help="On 127.0.0.1 only.")] = 8321,
) -> None:
    """The API, on this machine only; put a TLS proxy before it to serve a network."""
    open_council(council).close()  # a fault of the council's folder is told here, in words
    os.environ["TRIAGE_COUNCIL"] = str(council)
    err.print(
        f"Serving {council} on http://127.0.0.1:{port}/api/v1/ (its description: /api/v1/openapi.json)",
        markup=False,
    )
    # Addresses hold household ids: the access log stays off, the audit log has who saw what.
    uvicorn.run(
        "api.app:from_environment",
        factory=True,
        host="127.0.0.1",
        port=port,
        access_log=False,
        server_header=False,
        limit_concurrency=_MOST_AT_ONCE,
    )


def main() -> None:
    """The `triage` command."""
    leave(run_safely(cli))


if __name__ == "__main__":
    main()
