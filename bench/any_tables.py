"""The general matcher on one table of everybody whom a town's files name, at growing sizes, on one core.

It gets no rule of ours about roles, records or dates: a name, a date of birth, a number, an address, a
telephone and an email, and finds who stands there more than once.

Usage: python -m bench.any_tables [HOUSEHOLDS ...]    (default: 6000 60000 395000, the last 870,000 rows)
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from bench.matching import OUT, people_of
from bench.measure import Stopwatch
from smart_record.table_linkage import match_tables, read_table_mapping
from smart_record.table_linkage.evaluation import evaluate_clusters

SIZES = (6_000, 60_000, 395_000)
_ONE_CORE = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
_MAPPING = Path(__file__).parent / "mappings" / "everybody.yaml"
_SHOWN = ("precision", "recall", "f1", "b_cubed_f1")

_TAX = {"address": [f"address_line_{line}" for line in range(1, 5)], "record": "council_tax"}
_CLAIM = {"address": [f"address_line_{line}" for line in range(1, 4)], "record": "benefits"}
_RENT = {"address": ["property_address"], "record": "rent"}
_NAMED: list[tuple[str, str, dict[str, Any]]] = [
    (
        "council_tax_accounts",
        "liable_1",
        _TAX
        | {
            "name": ["liable_name_1"],
            "born": "liable_dob_1",
            "nino": "liable_nino_1",
            "telephone": "telephone",
            "email": "email",
        },
    ),
    ("council_tax_accounts", "liable_2", _TAX | {"name": ["liable_name_2"], "born": "liable_dob_2"}),
    ("benefit_claims", "claimant", _CLAIM | {"name": ["forename", "surname"], "born": "dob", "nino": "nino"}),
    (
        "benefit_claims",
        "partner",
        _CLAIM
        | {"name": ["partner_forename", "partner_surname"], "born": "partner_dob", "nino": "partner_nino"},
    ),
    (
        "rent_accounts",
        "tenant",
        _RENT
        | {"name": ["tenant_forename", "tenant_surname"], "born": "tenant_dob", "nino": "tenant_nino"}
        | {"telephone": "tenant_phone", "email": "tenant_email"},
    ),
    ("rent_accounts", "joint", _RENT | {"name": ["joint_forename", "joint_surname"], "born": "joint_dob"}),
]


def main(sizes: tuple[int, ...]) -> None:
    headings = ("households", "rows", *_SHOWN, "CPU s", "MiB")
    table = Table(*headings, box=None, padding=(0, 2))
    for size in sizes:
        command = [sys.executable, "-m", "bench.any_tables", "--measure", str(_everybody(size))]
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | _ONE_CORE
        )
        told = json.loads(done.stdout.splitlines()[-1])
        cpu = sum(stage["cpu"] for stage in told["stages"])
        peak = max(stage["peak_mib"] for stage in told["stages"])
        scores = [f"{told[name]:.4f}" for name in _SHOWN]
        table.add_row(f"{size:,}", f"{told['rows']:,}", *scores, f"{cpu:.1f}", f"{peak:,.0f}")
    Console(highlight=False, width=120).print(table)


def measure(file: Path) -> None:
    """Match one file and print what came of it as JSON."""
    watch = Stopwatch()
    clusters = match_tables(read_table_mapping(_MAPPING), (file,), progress=watch).clusters
    watch.close()
    scores = evaluate_clusters(clusters, across=False)
    print(json.dumps({"rows": clusters.height, "stages": watch.as_dicts()} | scores))


def _everybody(size: int) -> Path:
    """One row per person whom a record of the town names, with whose it is."""
    people, file = people_of(size), OUT / str(size) / "everybody.parquet"
    if file.is_file():
        return file
    named = [
        _rows(pl.read_parquet(people / f"{extract}.parquet"), role, how) for extract, role, how in _NAMED
    ]
    truth = pl.read_csv(OUT / str(size) / "truth" / "links.csv", infer_schema=False)
    same = ["source", "record_ref", "role"]
    whose = truth.unique(same, keep="first", maintain_order=True).select(*same, person="person_id")
    rows = pl.concat(named).join(whose, on=same, how="left", maintain_order="left").with_row_index("id")
    rows.write_parquet(file)
    return file


def _rows(extract: pl.DataFrame, role: str, how: dict[str, Any]) -> pl.DataFrame:
    def column(name: str, dtype: type[pl.DataType] = pl.String) -> pl.Expr:
        return pl.col(how[name]).cast(dtype) if name in how else pl.lit(None, dtype)

    rows = extract.select(
        "record_ref",
        "postcode",
        source=pl.lit(how["record"]),
        role=pl.lit(role),
        name=pl.concat_str(how["name"], separator=" ", ignore_nulls=True),
        born=column("born", pl.Date),
        nino=column("nino"),
        address=pl.concat_str(how["address"], separator=", ", ignore_nulls=True),
        telephone=column("telephone"),
        email=column("email"),
    )
    return rows.filter(pl.col("name") != "")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]))
    else:
        main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
