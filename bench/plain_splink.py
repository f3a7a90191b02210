"""Our matching beside a plain Splink set-up, on the same rows, in one run.

Splink is set up as its documentation shows: comparisons of names with term frequencies, date of birth,
National Insurance number and place; u by random sampling, m by expectation maximisation; connected components
at the best of three thresholds; households taken as UPRN. It gets our standardised names and numbers, so what
is compared is the matching, not the cleaning.

The second table says what a Splink stage after ours would add: pairs of rows that it would join and we did
not.

Usage: python -m bench.plain_splink TOWN [LABELS]    (TOWN/extracts, TOWN/truth/links.csv)
"""

import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import splink.comparison_library as cl
from rich.console import Console
from rich.table import Table
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from smart_record.intake import take_in
from smart_record.linkage import match
from smart_record.linkage.measuring.evaluation import evaluate
from smart_record.linkage.rows.person_rows import person_rows
from smart_record.linkage.rows.record_rows import record_rows
from smart_record.linkage.sources import DEPENDANTS

THRESHOLDS = (0.5, 0.95, 0.99)
_ROW = ["source", "record_ref", "role"]


@dataclass(frozen=True)
class Predicted:
    """What plain Splink says: its pairs (unique_id_l, unique_id_r, match_probability) and its clusters."""

    pairs: pl.DataFrame
    clusters: dict[float, pl.DataFrame]


def plain_splink(rows: pl.DataFrame) -> Predicted:
    """One training and one prediction, clustered at each threshold."""
    with capped_connection() as connection:
        linker = trained(rows, connection)
        pairs = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
        clusters = {threshold: clustered(linker, pairs, threshold) for threshold in THRESHOLDS}
        found = pairs.as_duckdbpyrelation().pl().select("unique_id_l", "unique_id_r", "match_probability")
        return Predicted(found, clusters)


@contextmanager
def capped_connection(*, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that can fill neither memory nor disk."""
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        settings = ["memory_limit='8GB'", f"temp_directory='{scratch}'", "max_temp_directory_size='10GB'"]
        for setting in [*settings, *([f"threads={threads}"] if threads else [])]:
            connection.execute(f"set {setting}").fetchall()
        yield connection


def linker_over(
    rows: pl.DataFrame, connection: duckdb.DuckDBPyConnection, model: dict[str, Any] | None = None
) -> Linker:
    """Splink over standardised rows, as set up here or as a model trained before says."""
    people = DuckDBAPI(connection=connection).register(rows.to_arrow(), dataset_display_name="people")
    return Linker(people, model or _settings(), log_level=None)


def trained(rows: pl.DataFrame, connection: duckdb.DuckDBPyConnection) -> Linker:
    """Splink trained on these rows."""
    linker = linker_over(rows, connection)
    linker.training.estimate_probability_two_random_records_match([block_on("nino")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("dob", "surname"), block_on("uprn", "forename")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


def clustered(linker: Linker, pairs: Any, threshold: float) -> pl.DataFrame:
    """The clusters of Splink's pairs at a threshold."""
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=threshold
    )
    return found.as_duckdbpyrelation().pl()


def standard_rows(extracts: Mapping[str, pl.DataFrame], as_of: date) -> pl.DataFrame:
    """The adults as our matching standardises them: what Splink is given."""
    records = record_rows(extracts, as_of=as_of)
    return (
        person_rows(extracts, records, as_of=as_of)
        .filter(pl.col("source") != DEPENDANTS)
        .join(records.select("record", "uprn", "postcode"), on="record", how="left")
        .rename({"person": "unique_id"})
    )


def links_of(rows: pl.DataFrame, clusters: pl.DataFrame) -> pl.DataFrame:
    """Splink's clusters as links; a household is a UPRN, or one record without any."""
    return rows.join(clusters.select("unique_id", "cluster_id"), on="unique_id").select(
        *_ROW,
        resident_id=pl.col("cluster_id").cast(pl.String),
        household_id=pl.coalesce(pl.col("uprn").cast(pl.String), pl.col("record_ref")),
    )


def added(found: Predicted, rows: pl.DataFrame, ours: pl.DataFrame, labels: pl.DataFrame) -> Table:
    """Pairs of labelled rows that Splink would join after our match, and how many of them are right."""
    known = (
        rows.select("unique_id", "record", *_ROW)
        .join(ours.select(*_ROW, "resident_id"), on=_ROW)
        .join(labels.select(*_ROW, "person_id"), on=_ROW)
        .drop(_ROW)
    )
    pairs = (
        found.pairs.join(known, left_on="unique_id_l", right_on="unique_id")
        .join(known, left_on="unique_id_r", right_on="unique_id", suffix="_r")
        .filter((pl.col("resident_id") != pl.col("resident_id_r")) & (pl.col("record") != pl.col("record_r")))
    )
    table = Table("a Splink stage after ours", "would join", "of them right", box=None, padding=(0, 2))
    for threshold in THRESHOLDS:
        joined = pairs.filter(pl.col("match_probability") >= threshold)
        right = joined.filter(pl.col("person_id") == pl.col("person_id_r")).height
        table.add_row(f"p >= {threshold}", f"{joined.height}", f"{right}")
    return table


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

    rows = standard_rows(intake.extracts, intake.as_of)
    began = time.process_time()
    found = plain_splink(rows)
    seconds = time.process_time() - began
    for threshold, clusters in found.clusters.items():
        links = links_of(rows, clusters)
        table.add_row(*_score(f"Splink 5, p >= {threshold}", links, labels, seconds))
    console = Console(highlight=False, width=120)
    console.print(table)
    console.print(added(found, rows, ours, labels))


if __name__ == "__main__":
    home = Path(sys.argv[1])
    main(home, Path(sys.argv[2]) if len(sys.argv) > 2 else home / "truth" / "links.csv")
