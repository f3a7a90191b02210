"""What came after a night, from a labelled sample: joined to our households through labelled links.

The labels measure; they are never an input of a run.
"""

from pathlib import Path

import polars as pl

from smart_record.errors import ColumnMissing, ExtractMissing

HOMELESS = "homeless_6m"
OUTCOME_COLUMNS = {
    "liability_order": "liability_order_6m",
    "rent_court": "rent_court_6m",
    "homelessness_approach": HOMELESS,
}
"""Column of the labels for each outcome that a model may predict."""
NEEDED_COLUMNS = ("liability_order_6m", "rent_court_6m")
"""Columns that labels must have; a model that predicts homelessness needs its column too."""
GROUP_COLUMNS = ("group", "tenure", "kind", "ward")
_KEYS = ("source", "record_ref", "role")


def read_outcome_labels(labels: Path, links_labels: Path | None, links: pl.DataFrame) -> pl.DataFrame:
    """Say for our households what came, and which groups they are of.

    Args:
        labels: CSV: household_id, group, tenure, kind, ward, liability_order_6m, rent_court_6m, homeless_6m
            (0 or 1); the groups may be absent.
        links_labels: CSV: source, record_ref, role, household_id, by which the labels' households are found;
            None where the labels have our own ids.
        links: The night's links.

    Returns:
        One row per household of ours that the labels speak of, sorted. Columns: household_id, those of the
        labels, records (i64; how many records agree on it).

    Raises:
        ExtractMissing: If a file is not there.
        ColumnMissing: If it lacks a column.
    """
    outcomes = _read(labels, ("household_id", *NEEDED_COLUMNS))
    if links_labels is None:
        return outcomes.with_columns(records=pl.lit(1)).sort("household_id")
    truth = _read(links_labels, (*_KEYS, "household_id")).select(*_KEYS, labelled="household_id")
    return (
        links.select(*_KEYS, "household_id")
        .join(truth, on=_KEYS)
        .group_by("household_id", "labelled")
        .agg(records=pl.len().cast(pl.Int64))
        .sort("household_id", "records", "labelled", descending=[False, True, False])
        .group_by("household_id", maintain_order=True)
        .first()
        .join(outcomes, left_on="labelled", right_on="household_id")
        .drop("labelled")
        .sort("household_id")
    )


def _read(file: Path, needed: tuple[str, ...]) -> pl.DataFrame:
    if not file.is_file():
        raise ExtractMissing(f"{file} is not there. Give the file of labels.")
    frame = pl.read_csv(file, infer_schema=False)
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise ColumnMissing(f"{file.name} lacks {', '.join(missing)}. Labels need: {', '.join(needed)}.")
    return frame.with_columns(pl.col("^.*_6m$") == "1")
