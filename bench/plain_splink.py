"""Our matching beside a plain Splink set-up, on the same rows, in one run.

Splink is set up as its documentation shows: comparisons of names with term frequencies, date of birth,
National Insurance number and place; u by random sampling, m by expectation maximisation; connected components
at the best of three thresholds; households taken as UPRN. It gets our standardised names and numbers, so what
is compared is the matching, not the cleaning.

Usage: python -m bench.plain_splink TOWN [LABELS]    (TOWN/extracts, TOWN/truth/links.csv)
"""

import sys
import tempfile
import time
from pathlib import Path

import duckdb
import polars as pl
import splink.comparison_library as cl
from rich.console import Console
from rich.table import Table
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from smart_record.intake import take_in
from smart_record.linkage import match
from smart_record.linkage.evaluation import evaluate
from smart_record.linkage.person_rows import person_rows
from smart_record.linkage.record_rows import record_rows
from smart_record.linkage.sources import DEPENDANTS

THRESHOLDS = (0.5, 0.95, 0.99)
_ROW = ["source", "record_ref", "role"]


def plain_links(rows: pl.DataFrame) -> dict[float, pl.DataFrame]:
    """Links of plain Splink at each threshold, from one training and one prediction."""
    with tempfile.TemporaryDirectory() as scratch:
        connection = duckdb.connect()
        for setting in (
            "memory_limit='8GB'",
            f"temp_directory='{scratch}'",
            "max_temp_directory_size='10GB'",
        ):
            connection.execute(f"set {setting}").fetchall()
        db = DuckDBAPI(connection=connection)
        people = db.register(rows.to_arrow(), dataset_display_name="people")
        linker = Linker(people, _settings(), log_level=None)
        linker.training.estimate_probability_two_random_records_match([block_on("nino")], recall=0.6)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (block_on("dob", "surname"), block_on("uprn", "forename")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        pairs = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
        return {
            threshold: linker.clustering.cluster_pairwise_predictions_at_threshold(
                pairs, threshold_match_probability=threshold
            )
            .as_duckdbpyrelation()
            .pl()
            for threshold in THRESHOLDS
        }


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        blocking_rules_to_generate_predictions=[
            block_on("nino"),
            block_on("surname", "dob"),
            block_on("forename", "dob"),
            block_on("uprn", "forename"),
            block_on("postcode", "surname", "forename"),
        ],
        comparisons=[
            cl.NameComparison("forename").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=False),
            cl.ExactMatch("nino"),
            cl.ExactMatch("uprn"),
            cl.ExactMatch("postcode"),
        ],
    )


def _score(name: str, links: pl.DataFrame, labels: pl.DataFrame, seconds: float) -> list[str]:
    measured = evaluate(links, labels).filter((pl.col("rows") == "accepted") & (pl.col("part") == "all"))
    cells = [name]
    for unit in ("persons", "households"):
        row = measured.filter(pl.col("unit") == unit).row(0, named=True)
        cells.append(f"{row['precision']:.4f} / {row['recall']:.4f} / {row['f1']:.4f}")
    return [*cells, f"{seconds:.1f}"]


def main(town: Path, labels_file: Path) -> None:
    labels = pl.read_csv(labels_file, infer_schema=False)
    intake = take_in(town / "extracts" if (town / "extracts").is_dir() else town)
    assert intake.as_of is not None
    table = Table("", "persons P / R / F1", "households P / R / F1", "CPU s", box=None, padding=(0, 2))

    began = time.process_time()
    ours = match(intake.extracts, as_of=intake.as_of).links
    table.add_row(*_score("ours", ours, labels, time.process_time() - began))

    records = record_rows(intake.extracts, as_of=intake.as_of)
    persons = person_rows(intake.extracts, records, as_of=intake.as_of)
    rows = (
        persons.filter(pl.col("source") != DEPENDANTS)
        .join(records.select("record", "uprn", "postcode"), on="record", how="left")
        .rename({"person": "unique_id"})
    )
    began = time.process_time()
    for threshold, clusters in plain_links(rows).items():
        seconds = time.process_time() - began
        links = rows.join(clusters.select("unique_id", "cluster_id"), on="unique_id").select(
            *_ROW,
            resident_id=pl.col("cluster_id").cast(pl.String),
            household_id=pl.coalesce(pl.col("uprn").cast(pl.String), pl.col("record_ref")),
        )
        table.add_row(*_score(f"Splink 5, p >= {threshold}", links, labels, seconds))
    Console(highlight=False, width=120).print(table)


if __name__ == "__main__":
    home = Path(sys.argv[1])
    main(home, Path(sys.argv[2]) if len(sys.argv) > 2 else home / "truth" / "links.csv")
