"""Matching at growing sizes beside plain Splink with a model trained before, on one core each.

Usage: python -m bench.matching [HOUSEHOLDS ...]    (default: 6000 60000 223000 395000; the last names over a
million people). Towns are invented once and kept in bench/out. Splink gets our standardised rows, so its time
is of prediction and clustering alone; ours is shown whole and without the reading of names and addresses.
"""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.matching_child import TASKS
from smart_record.intake import take_in
from smart_record.linkage.sources import COLUMNS_READ
from triage.invented import generate

OUT = Path(__file__).parent / "out"
SIZES = (6_000, 60_000, 223_000, 395_000)
_ONE_CORE = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}

console = Console(highlight=False, width=150)


def main(sizes: tuple[int, ...]) -> None:
    people = {size: people_of(size) for size in sizes}
    model = OUT / "splink.json"
    _child("train", people[min(sizes, key=lambda size: abs(size - 60_000))], model)
    measured = {
        size: {task: _child(task, people[size], model) for task in TASKS if task != "train"} for size in sizes
    }
    console.print(_table(measured))


def people_of(size: int) -> Path:
    """The extracts of a town that name people, taken in once."""
    home, kept = OUT / str(size), OUT / str(size) / "people"
    if (kept / "as_of").is_file():
        return kept
    console.print(f"{size:,} households: inventing the town and taking it in", style="dim")
    if not (home / "extracts" / "MANIFEST.json").is_file():
        generate(home, households=size, seed=1)
    intake = take_in(home / "extracts")
    assert intake.as_of is not None
    kept.mkdir(exist_ok=True)
    for name in COLUMNS_READ:
        intake.extracts[name].write_parquet(kept / f"{name}.parquet")
    (kept / "as_of").write_text(intake.as_of.isoformat())
    return kept


def _child(task: str, people: Path, model: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.matching_child", task, str(people), str(model)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | _ONE_CORE)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _table(measured: dict[int, dict[str, Any]]) -> Table:
    table = Table("processor seconds · peak MiB; growth", box=None, padding=(0, 2))
    for size, tasks in measured.items():
        table.add_column(f"{size:,}\n{tasks['match']['rows']:,} rows", justify="right")
    for before, after in pairwise(measured):
        table.add_column(f"x{after / before:.1f}", justify="right")
    for task in TASKS:
        if task == "train":
            continue
        stages = [{stage["name"]: stage for stage in tasks[task]["stages"]} for tasks in measured.values()]
        for name in stages[0] if len(stages[0]) > 1 else []:
            _row(table, f"  {name}", [[each[name]] for each in stages])
        _row(table, TASKS[task], [list(each.values()) for each in stages])
    return table


def _row(table: Table, name: str, stages: list[list[dict[str, float]]]) -> None:
    seconds = [sum(stage["cpu"] for stage in each) for each in stages]
    peaks = [max(stage["peak_mib"] for stage in each) for each in stages]
    cells = [f"{cpu:.2f} · {peak:,.0f}" for cpu, peak in zip(seconds, peaks, strict=True)]
    table.add_row(name, *cells, *(f"x{after / max(before, 0.01):.1f}" for before, after in pairwise(seconds)))


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
