"""Splink set up as its documentation shows for each kind of data, on the same columns as ours.

febrl: the "linking febrl" and "deduplicate febrl3" tutorials; RLdata: their pattern for names and dates of
birth; census: the pseudopeople tutorial. Clusters at three thresholds; which is best, labels alone can tell.
"""

import tempfile
from dataclasses import dataclass

import duckdb
import polars as pl
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLDS = (0.5, 0.95, 0.99)


@dataclass(frozen=True)
class SetUp:
    """How Splink is told about one set: its comparisons, blocking, training and what is certain."""

    comparisons: list[object]
    blocking: list[tuple[str, ...]]
    training: list[tuple[str, ...]]
    certain: list[tuple[str, ...]]


def set_ups() -> dict[str, SetUp]:
    """By family of sets."""
    febrl = SetUp(
        comparisons=[
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
        blocking=[
            ("given_name", "surname"),
            ("soc_sec_id",),
            ("date_of_birth",),
            ("postcode", "given_name"),
            ("postcode", "surname"),
            ("state", "street_number", "address_1"),
        ],
        training=[("date_of_birth",), ("postcode",)],
        certain=[("soc_sec_id",), ("given_name", "surname", "date_of_birth")],
    )
    rldata = SetUp(
        comparisons=[
            cl.NameComparison("fname_c1").configure(term_frequency_adjustments=True),
            cl.NameComparison("lname_c1").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
        ],
        blocking=[("fname_c1", "lname_c1"), ("dob",), ("fname_c1", "by"), ("lname_c1", "by"), ("bm", "bd")],
        training=[("fname_c1",), ("lname_c1",)],
        certain=[],  # every double has a slip: no rule is certain and common; Splink's default share stands
    )
    census = SetUp(
        comparisons=[
            cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
            cl.ExactMatch("middle_initial").configure(term_frequency_adjustments=True),
            cl.NameComparison("last_name").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%m/%d/%Y"),
            cl.DamerauLevenshteinAtThresholds("address").configure(term_frequency_adjustments=True),
            cl.ExactMatch("sex"),
        ],
        blocking=[
            ("first_name", "last_name"),
            ("date_of_birth",),
            ("last_name", "street_name"),
            ("first_name", "street_name"),
        ],
        training=[("first_name", "last_name"), ("date_of_birth",)],
        certain=[("first_name", "last_name", "date_of_birth")],
    )
    return {"febrl": febrl, "rldata": rldata, "census": census}


def with_joined_columns(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns that the tutorials make before they begin."""
    here = set(rows.columns)
    if {"by", "bm", "bd"} <= here:
        parts = [pl.col("by"), pl.col("bm").str.zfill(2), pl.col("bd").str.zfill(2)]
        return rows.with_columns(dob=pl.concat_str(parts, separator="-"))
    if "street_name" in here:
        parts = [pl.col(name).fill_null("") for name in ("street_number", "street_name", "unit_number")]
        return rows.with_columns(address=pl.concat_str(parts, separator=" ").str.strip_chars())
    return rows


def matched(tables: dict[str, pl.DataFrame], id_column: str, set_up: SetUp) -> dict[str, pl.DataFrame]:
    """Train, predict and cluster.

    Returns:
        By threshold, in words: table, id, cluster_id.
    """
    with tempfile.TemporaryDirectory() as scratch:
        linker = _linker(tables, id_column, set_up, scratch)
        certain = [block_on(*columns) for columns in set_up.certain]
        if certain:
            linker.training.estimate_probability_two_random_records_match(certain, recall=0.7)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for columns in set_up.training:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
        pairs = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
        found = {}
        for threshold in THRESHOLDS:
            clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
                pairs, threshold_match_probability=threshold
            )
            found[f"p >= {threshold}"] = _named(clusters.as_duckdbpyrelation().pl(), tables)
        return found


def _linker(tables: dict[str, pl.DataFrame], id_column: str, set_up: SetUp, scratch: str) -> Linker:
    connection = duckdb.connect()
    for setting in ("memory_limit='4GB'", f"temp_directory='{scratch}'", "max_temp_directory_size='5GB'"):
        connection.execute(f"set {setting}").fetchall()
    database = DuckDBAPI(connection=connection)
    first, *others = (rows.columns for rows in tables.values())
    common = [name for name in first if all(name in columns for columns in others)]
    registered = [
        database.register(
            with_joined_columns(rows.select(common)).rename({id_column: "unique_id"}).to_arrow(),
            dataset_display_name=name,
        )
        for name, rows in tables.items()
    ]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(tables) == 1 else "link_only",
        comparisons=set_up.comparisons,
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in set_up.blocking],
    )
    return Linker(registered if len(tables) > 1 else registered[0], settings, log_level=None)


def _named(clusters: pl.DataFrame, tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    table = pl.col("source_dataset") if len(tables) > 1 else pl.lit(next(iter(tables)))
    return clusters.select(table=table, id=pl.col("unique_id").cast(pl.String), cluster_id="cluster_id")
