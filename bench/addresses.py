"""Our look-up of addresses beside uk_address_matcher 1.5.3, on the same invented list and its messy copies.

Rows whose label itself has drifted (the copy says another address) are left out of both scores. Touched rows
are those that the noise changed. CPU seconds of one core each, reading included; what uk_address_matcher took
is kept under bench/out from the first run, so that only a fresh copy has both measured side by side.

Usage: python -m bench.addresses [COUNT]    (57,000 where it says nothing)
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from bench.public_data import OUT, own_environment
from smart_record.standardise import identifiers
from smart_record.standardise.addresses.address_lookup import look_up_addresses

COPIES = ("pooled", "cornwall", "stress", "leeds")
_HERE = Path(__file__).parent


def main(count: int) -> None:
    python = own_environment("addresses", "uk-address-matcher==1.5.3", "address-errors==0.1.1")
    folder = OUT.parent / "addresses" / str(count)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "leeds.csv").is_file():
        subprocess.run([python, _HERE / "address_copies.py", str(count), folder], check=True)
    headings = ("copy", "", "precision", "recall", "touched P", "touched R", "CPU s", "MiB")
    table = Table(*headings, box=None, padding=(0, 2))
    for copy in COPIES:
        began = time.process_time()
        found = _ours(folder, copy)
        table.add_row(copy, "ours", *_scores(folder, copy, found), f"{time.process_time() - began:.1f}", "")
        found, told = _theirs(python, folder, copy)
        seconds, memory = f"{told['cpu']:.1f}", f"{told['mib']:.0f}"
        table.add_row("", "uk_address_matcher", *_scores(folder, copy, found), seconds, memory)
    Console(highlight=False, width=120).print(table)


def _ours(folder: Path, copy: str) -> pl.DataFrame:
    known = pl.read_csv(folder / "canonical.csv", infer_schema=False)
    parts = [
        pl.concat_str("number", "streetname", separator=" ", ignore_nulls=True).alias("line"),
        pl.col("uprn").cast(pl.Int64),
        identifiers.postcode(pl.col("postcode")),
    ]
    address = pl.concat_str(
        "subname", "name", "line", "locality", "townname", separator=", ", ignore_nulls=True
    )
    known = known.with_columns(parts).select("uprn", "postcode", address=address)
    messy = pl.read_csv(folder / f"{copy}.csv", infer_schema=False)
    postcode = identifiers.postcode(pl.col("recorded_postcode"))
    found = look_up_addresses(messy.select(address="recorded_address", postcode=postcode), known)
    return messy.select(asked="source_uprn", found=found["uprn"].cast(pl.String))


def _theirs(python: Path, folder: Path, copy: str) -> tuple[pl.DataFrame, dict[str, float]]:
    out = folder / f"{copy}-ukam.parquet"
    told = folder / f"{copy}-ukam.json"
    if not told.is_file():
        files = (folder / "canonical.csv", folder / f"{copy}.csv", out)
        run = subprocess.run(
            [python, _HERE / "address_ukam.py", *files],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )
        told.write_text(run.stdout.strip().splitlines()[-1], encoding="utf-8")
    found = pl.read_parquet(out).cast(pl.String).unique("asked", keep="any")
    return found, json.loads(told.read_text(encoding="utf-8"))


def _scores(folder: Path, copy: str, found: pl.DataFrame) -> list[str]:
    truth = pl.read_csv(folder / f"{copy}.csv", infer_schema=False)
    truth = truth.filter(pl.col("label_drift_relation").fill_null("") == "")
    rows = truth.join(found, left_on="source_uprn", right_on="asked", how="left")
    right = (pl.col("found") == pl.col("source_uprn")).fill_null(value=False)
    touched = rows.filter(pl.col("applied_rules").fill_null("") != "")
    cells = []
    for part in (rows, touched):
        correct = part.select(right.sum()).item()
        cells += [correct / max(part["found"].count(), 1), correct / max(part.height, 1)]
    return [f"{cell:.4f}" for cell in cells]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 57_000)
