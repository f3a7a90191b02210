"""`triage links match`: people of any tables matched by a mapping file."""

from pathlib import Path
from typing import Annotated

import typer

from smart_record.table_linkage.matching import STAGES
from triage.actions.match_tables import match_tables
from triage.cli.terminal import out, progress


def match(
    files: Annotated[
        list[Path], typer.Argument(help="CSV or Parquet, one for each table of the mapping, in its order.")
    ],
    mapping: Annotated[Path, typer.Option(help="YAML: which column of each table is what.")],
    to: Annotated[Path, typer.Option("--out", help="Folder for pairs.csv, clusters.csv and levels.csv.")],
    labels: Annotated[
        Path | None,
        typer.Option(help="CSV of whose each row is: id, person and, for several tables, table."),
    ] = None,
) -> None:
    """Any tables of your own, not a council's night (`triage run` matches that): link, dedupe, or both.

    Needs no training data: what each agreement is worth is learned from the tables themselves. How to write
    the mapping: docs/match-any-tables.md.
    """
    with progress(STAGES) as say:
        matched, measured = match_tables(mapping, tuple(files), to, labels=labels, progress=say)
    people = matched.clusters["cluster_id"].n_unique()
    joined = matched.pairs["joined"].sum()
    out.print(
        f"{matched.clusters.height:,} rows are {people:,} people; {joined:,} pairs joined.", markup=False
    )
    if measured is not None:
        for name, value in measured.items():
            shown = (
                "not known" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.4f}"
            )
            out.print(f"{name.replace('_', ' ')}: {shown}", markup=False)
    out.print(f"Written: {', '.join(str(to / f'{name}.csv') for name in ('pairs', 'clusters', 'levels'))}")
