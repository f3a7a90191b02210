"""Writing the council to disk: eight CSV files with their manifest, and the two files of truth."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl


def write_table(path: Path, frame: pl.DataFrame) -> int:
    """Write a frame as CSV; returns its number of rows."""
    frame.write_csv(path)
    return frame.height


def write_parts(path: Path, parts: Iterable[pl.DataFrame], *, head: pl.DataFrame, form: str) -> int:
    """Write frames one after the other into one CSV, dates in `form`, amounts with two decimals."""
    rows = 0
    with path.open("wb") as file:
        head.write_csv(file)
        for part in parts:
            part.write_csv(file, include_header=False, date_format=form, float_precision=2)
            rows += part.height
    return rows


def write_manifest(path: Path, as_of: date, rows: Mapping[str, int]) -> None:
    """Write `MANIFEST.json`: the day of the extracts and how many rows each file has."""
    manifest = {"as_of": as_of.isoformat(), "files": dict(sorted(rows.items()))}
    path.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
