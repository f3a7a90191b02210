"""`triage model`: train the council's risk model and say how good it is."""

import typer

from triage.actions.train_model import train_model
from triage.council import open_council
from triage.options import Challengers, CouncilDir
from triage.terminal import operator, out, progress

cli = typer.Typer(
    help="The risk model: it puts help in order and never raises recovery action.", no_args_is_help=True
)

_STAGES = 8


@cli.callback()
def model() -> None:
    """The risk model: it puts help in order and never raises recovery action."""


@cli.command()
def train(council: CouncilDir, *, challengers: Challengers = False) -> None:
    """Train on the council's own histories, as known from its last night; later runs use it."""
    opened = open_council(council)
    with progress(_STAGES) as say:
        trained = train_model(opened, actor=operator(), challengers=challengers, say=say)
    opened.close()
    out.print(trained.evaluation.verdict, markup=False)
    for outcome, reason in trained.scorecard.training["outcomes_left_out"].items():
        out.print(f"Not predicted: {outcome.replace('_', ' ')}: {reason}", markup=False)
    out.print(f"Kept as {trained.scorecard.model_id}; the next run scores with it.", markup=False)
