"""`triage model`: train the council's risk model, say how good it is, explain it, choose among versions."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from models.scoring.explanation import Explanation
from smart_record.purposes import Purpose
from triage.actions.approve_model import approve_model
from triage.actions.challenge_model import challenge_model
from triage.actions.check_drift import check_drift
from triage.actions.compare_models import compare_models
from triage.actions.evaluate_model import evaluate_model
from triage.actions.explain_risk import explain_risk
from triage.actions.list_models import list_models
from triage.actions.train_model import train_model
from triage.actions.use_model import use_model
from triage.actions.write_model_card import write_model_card
from triage.cli.options import AsJson, Challengers, CouncilDir, PurposeOption
from triage.cli.risk_text import drift_lines, explanation_lines, version_lines
from triage.cli.summary_text import challenger_words
from triage.cli.tables import draft, try_
from triage.cli.terminal import operator, out, progress
from triage.council import open_council
from triage.papers.evaluation_report import evaluation_report
from triage.papers.writing import to_markdown, write_paper

cli = typer.Typer(
    help="The risk model: it puts help in order and never raises recovery action.", no_args_is_help=True
)

_STAGES = 8

cli.command("draft")(draft)
cli.command("try")(try_)


@cli.callback()
def model() -> None:
    """The risk model: it puts help in order and never raises recovery action."""


@cli.command()
def train(council: CouncilDir, *, challengers: Challengers = False) -> None:
    """Train on the council's own histories, as known from its last night; later runs use it."""
    opened = open_council(council)
    with progress(_STAGES) as say:
        trained = train_model(opened, actor=operator(), challengers=challengers, say=say)
    kept = list_models(opened, actor=operator())
    opened.close()
    in_use = any(one.in_use and one.name == trained.scorecard.model_id for one in kept)
    out.print(trained.evaluation.verdict, markup=False)
    for outcome, reason in trained.scorecard.training["outcomes_left_out"].items():
        out.print(f"Not predicted: {outcome.replace('_', ' ')}: {reason}", markup=False)
    told = (
        "the next run scores with it"
        if in_use
        else "it runs beside the model in use as the challenger, until a second person approves it: triage"
        f" model approve {trained.scorecard.model_id}"
    )
    out.print(f"Kept as {trained.scorecard.model_id}; {told}.", markup=False)


@cli.command()
def evaluate(
    council: CouncilDir,
    labels: Annotated[Path | None, typer.Option(help="CSV of what came in the six months after.")] = None,
    links_labels: Annotated[
        Path | None, typer.Option(help="CSV of whose each record is: source, record_ref, role, household_id.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="REPORT.html (with REPORT.md beside it) or REPORT.md"),
    ] = None,
    *,
    challengers: Annotated[
        bool, typer.Option("--challengers", help="Also measure other kinds of model on the labels.")
    ] = False,
) -> None:
    """How good the model is, for whom, and what it is worth to each team; a report with figures."""
    if challengers and labels is None:
        raise typer.BadParameter("--challengers measures on labels: give --labels too.")
    opened = open_council(council)
    found = evaluate_model(
        opened, actor=operator(), labels=labels, links_labels=links_labels, challengers=challengers
    )
    opened.close()
    report = evaluation_report(found)
    if to is None:
        typer.echo(to_markdown(report))
    else:
        out.print(f"Written: {', '.join(map(str, write_paper(report, to)))}", markup=False)


@cli.command()
def card(
    council: CouncilDir,
    to: Annotated[Path, typer.Option("-o", "--output", help="CARD.html (with CARD.md beside it) or CARD.md")],
) -> None:
    """The model card, the transparency record and the DPIA annex, from the live configuration."""
    opened = open_council(council)
    paper = write_model_card(opened, actor=operator())
    opened.close()
    out.print(f"Written: {', '.join(map(str, write_paper(paper, to)))}", markup=False)


@cli.command()
def explain(
    household_id: Annotated[str, typer.Argument(help="As in the households export.")],
    council: CouncilDir,
    purpose: PurposeOption = Purpose.WELFARE_SUPPORT,
    *,
    as_json: AsJson = False,
) -> None:
    """One household's score taken apart: what each fact adds, and what would lower its band."""
    opened = open_council(council)
    explained = explain_risk(opened, household_id, actor=operator(purpose))
    opened.close()
    if as_json:
        typer.echo(TypeAdapter(Explanation).dump_json(explained, indent=2).decode())
    else:
        out.print("\n".join(explanation_lines(explained)), markup=False)


@cli.command()
def drift(council: CouncilDir) -> None:
    """Can the scores of the last night be trusted? The check that every run makes, asked again."""
    opened = open_council(council)
    found = check_drift(opened, actor=operator())
    opened.close()
    out.print("\n".join(drift_lines(found)), markup=False)


@cli.command()
def versions(council: CouncilDir) -> None:
    """Every model that the council keeps, and which is in use."""
    opened = open_council(council)
    kept = list_models(opened, actor=operator())
    opened.close()
    out.print("\n".join(version_lines(kept)), markup=False)


@cli.command()
def use(
    name: Annotated[str, typer.Argument(help="As `triage model versions` gives it.")], council: CouncilDir
) -> None:
    """Put a kept model in use; the next run scores with it."""
    opened = open_council(council)
    content_hash = use_model(opened, name, actor=operator())
    opened.close()
    out.print(f"In use: risk-{content_hash[:8]}. The next run scores with it.", markup=False)


@cli.command()
def approve(
    name: Annotated[str, typer.Argument(help="As `triage model versions` gives it.")],
    council: CouncilDir,
    why: Annotated[str, typer.Option(help="The grounds; kept with the model.")],
) -> None:
    """Approve a model that a colleague trained: the next run uses it, and from then on only approved ones."""
    opened = open_council(council)
    approved = approve_model(opened, name, why=why, actor=operator())
    opened.close()
    out.print(f"Approved and in use: risk-{approved.content_hash[:8]}.", markup=False)


@cli.command()
def challenge(
    council: CouncilDir,
    name: Annotated[str | None, typer.Argument(help="A kept model; leave it out to run none.")] = None,
) -> None:
    """Run a kept model beside the one in use: scored and compared each night, never used."""
    opened = open_council(council)
    chosen = challenge_model(opened, name, actor=operator())
    opened.close()
    out.print(f"Challenger: {'none' if chosen is None else f'risk-{chosen[:8]}'}.", markup=False)


@cli.command()
def compare(council: CouncilDir) -> None:
    """How the challenger has done beside the model in use, night by night."""
    opened = open_council(council)
    nights = compare_models(opened, actor=operator())
    opened.close()
    for night in nights:
        out.print(f"{night.as_of:%-d %B %Y}: {challenger_words(night.found)}", markup=False)
    if not nights:
        out.print("No night has had a challenger. Name one with: triage model challenge NAME", markup=False)
