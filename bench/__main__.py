"""Each stage of the night at three sizes, its growth, and its ratio to the floor of the same run.

Usage: python -m bench [SIZE ...]    (default: 6000 60000 223000 households)
"""

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from triage.actions.init_council import init_council
from triage.actions.run_night import run_night
from triage.actions.train_model import train_model
from triage.cli.terminal import operator
from triage.council import open_council
from triage.invented import generate

OUT = Path(__file__).parent / "out"
SIZES = (6_000, 60_000, 223_000)
LIMIT = 20
"""The night should stay under this many times the floor."""

console = Console(highlight=False, width=150)


def main(sizes: tuple[int, ...]) -> None:
    models = _trained_model(sizes[0])
    nights, floors = {}, {}
    for size in sizes:
        home = _town(size)
        shutil.rmtree(home / "council", ignore_errors=True)
        init_council(home / "council", actor=operator())
        shutil.copytree(models, home / "council" / "models")
        console.print(f"{size:,} households: the floor, then the night", style="dim")
        floors[size] = _child("bench.floor", home / "extracts")
        nights[size] = _child("bench.night", home / "council", home / "extracts")
    _print(sizes, nights, floors)


def _town(size: int) -> Path:
    home = OUT / str(size)
    if not (home / "extracts" / "MANIFEST.json").is_file():
        console.print(f"{size:,} households: inventing the town", style="dim")
        generate(home, households=size, seed=1)
    return home


def _trained_model(size: int) -> Path:
    """The model folder that every size scores with; training is no part of a night."""
    home = _town(size)
    shutil.rmtree(home / "council", ignore_errors=True)
    init_council(home / "council", actor=operator())
    council = open_council(home / "council")
    run_night(council, home / "extracts", actor=operator())
    train_model(council, actor=operator())
    council.close()
    kept = OUT / "models"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(home / "council" / "models", kept)
    return kept


def _child(module: str, *arguments: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", module, *(str(each) for each in arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _print(sizes: tuple[int, ...], nights: dict[int, Any], floors: dict[int, Any]) -> None:
    table = Table(
        "stage", box=None, padding=(0, 2), title="Wall seconds · processor seconds · peak MiB; growth"
    )
    for size in sizes:
        table.add_column(f"{size:,}", justify="right")
    for before, after in pairwise(sizes):
        table.add_column(f"x{after / before:.1f}", justify="right")
    for position, stage in enumerate(nights[sizes[0]]["stages"]):
        rows = [nights[size]["stages"][position] for size in sizes]
        table.add_row(stage["name"], *(_cell(row) for row in rows), *_growth([row["wall"] for row in rows]))
    totals = [_total(nights[size]) for size in sizes]
    table.add_row("the night", *(_cell(row) for row in totals), *_growth([row["wall"] for row in totals]))
    floor = [_total(floors[size]) for size in sizes]
    table.add_row(
        "polars: read and join", *(_cell(row) for row in floor), *_growth([row["wall"] for row in floor])
    )
    for unit in ("wall", "cpu"):
        ratios = [night[unit] / least[unit] for night, least in zip(totals, floor, strict=True)]
        table.add_row(f"night / floor ({unit})", *(f"{ratio:.1f}" for ratio in ratios))
    console.print(table)
    console.print(f"Goal: under {LIMIT} times the floor.")


def _total(measured: dict[str, Any]) -> dict[str, float]:
    stages = measured["stages"]
    return {
        "wall": sum(stage["wall"] for stage in stages),
        "cpu": sum(stage["cpu"] for stage in stages),
        "peak_mib": max(stage["peak_mib"] for stage in stages),
    }


def _cell(row: dict[str, float]) -> str:
    return f"{row['wall']:.2f} · {row['cpu']:.2f} · {row['peak_mib']:,.0f}"


def _growth(seconds: list[float]) -> list[str]:
    return [f"x{after / before:.1f}" for before, after in pairwise(seconds)]


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
