"""Our general matcher beside Splink's documented set-up, on public data sets, in one run.

Both get the same files; neither sees the labels. Pairs are counted over all true pairs, those never compared
among the missed. CPU seconds of one process, training included.

Usage: python -m bench.public_sets [SET ...]
"""

import contextlib
import io
import sys
import time
import warnings
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from bench.public_data import fetch
from bench.public_splink import matched, set_ups
from smart_record.table_linkage import match_tables, read_table_mapping
from smart_record.table_linkage.evaluation import evaluate_clusters

SETS = {
    "febrl1": ("febrl1",),
    "febrl2": ("febrl2",),
    "febrl3": ("febrl3",),
    "febrl4": ("febrl4a", "febrl4b"),
    "rldata500": ("rldata500",),
    "rldata10000": ("rldata10000",),
    "census_acs": ("census", "acs"),
    "census_wic": ("census", "wic"),
}
_FAMILIES = {"febrl": "febrl", "rldat": "rldata", "censu": "census"}


def main(names: list[str]) -> None:
    home = fetch()
    table = Table("set", "", "precision", "recall", "F1", "B-cubed F1", "CPU s", box=None, padding=(0, 2))
    for name in names:
        for line in _lines(name, home):
            table.add_row(*line)
            print("  ".join(line), file=sys.stderr, flush=True)
    Console(highlight=False, width=120).print(table)


def _lines(name: str, home: Path) -> list[list[str]]:
    mapping = read_table_mapping(Path(__file__).parent / "mappings" / f"{name}.yaml")
    files = tuple(home / f"{file}.csv" for file in SETS[name])
    began = time.process_time()
    ours = match_tables(mapping, files).clusters
    seconds = time.process_time() - began
    lines = [_line(name, "ours", ours, mapping.task, seconds)]
    whose = ours.select("table", "id", "person")
    tables = {
        table.name: pl.read_csv(file, infer_schema=False)
        for table, file in zip(mapping.tables, files, strict=True)
    }
    began = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = matched(tables, mapping.tables[0].id_column, set_ups()[_FAMILIES[name[:5]]])
        except ValueError as fault:
            return [*lines, ["", f"Splink 5 fails: {fault}", "", "", "", "", ""]]
    seconds = time.process_time() - began
    for how, clusters in found.items():
        labelled = clusters.join(whose, on=["table", "id"], how="left")
        lines.append(_line("", f"Splink 5, {how}", labelled, mapping.task, seconds))
    return lines


def _line(name: str, who: str, clusters: pl.DataFrame, task: str, seconds: float) -> list[str]:
    measured = evaluate_clusters(clusters, across=task == "link")
    cells = (measured["precision"], measured["recall"], measured["f1"], measured["b_cubed_f1"])
    return [name, who, *(f"{cell:.4f}" for cell in cells), f"{seconds:.1f}"]


if __name__ == "__main__":
    main(sys.argv[1:] or list(SETS))
