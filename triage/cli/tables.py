"""`triage model draft` and `triage model try`: the risk model's pipeline on any table, by a mapping."""

from pathlib import Path
from typing import Annotated

import typer

from triage.actions.draft_table_mapping import draft_table_mapping
from triage.actions.try_model_on_table import try_model_on_table
from triage.cli.terminal import out, progress

_STAGES = 7

TableFile = Annotated[Path, typer.Argument(help="CSV or Parquet, one row for each case.")]


def draft(
    table: TableFile,
    to: Annotated[Path, typer.Option("-o", "--output", help="MAPPING.yaml, to be read and put right.")],
    target: Annotated[str | None, typer.Option(help="Column of the outcome; guessed if not named.")] = None,
) -> None:
    """Draft a mapping of a table: what each column is. A person sets directions and puts it right."""
    drafted = draft_table_mapping(table, to, target=target)
    out.print(
        f"{to}: the outcome is {drafted.target} {' or '.join(drafted.positive)}; {len(drafted.features)}"
        f" features, {len(drafted.audited)} for the audit alone. Read it, set directions, then:"
        f" triage model try {table} --mapping {to} --out FOLDER",
        markup=False,
    )


def try_(
    table: TableFile,
    mapping: Annotated[Path, typer.Option(help="MAPPING.yaml, as `triage model draft` starts one.")],
    folder: Annotated[Path, typer.Option("--out", help="Folder for the report, scorecard and scores.")],
    seed: Annotated[int, typer.Option(help="The same seed parts the rows in the same way.")] = 0,
) -> None:
    """Try the model's pipeline on a table by a mapping: train, calibrate, compare, audit, explain."""
    with progress(_STAGES) as say:
        tried = try_model_on_table(table, mapping, folder, seed=seed, say=say)
    out.print(tried.trial.verdict, markup=False)
    out.print(f"Written: {', '.join(map(str, tried.files))}", markup=False)
