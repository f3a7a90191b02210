"""Match any tables of people by a mapping file. Belongs to no council and leaves nothing but its results."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from smart_record.errors import ColumnMissing, ExtractMissing
from smart_record.table_linkage import Matched, read_table_mapping
from smart_record.table_linkage import match_tables as match
from smart_record.table_linkage.evaluation import evaluate_clusters
from smart_record.table_linkage.fields import LINK

RESULTS = ("pairs", "clusters", "levels")
_ROW = ["table", "id"]


def match_tables(
    mapping: Path,
    files: tuple[Path, ...],
    out: Path,
    *,
    labels: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Matched, dict[str, float | None] | None]:
    """Match, and write pairs.csv, clusters.csv and levels.csv.

    Args:
        mapping: The mapping file.
        files: One CSV or Parquet file for each table of the mapping, in its order.
        out: The folder for the results; made where it is not there.
        labels: CSV of whose each row is: id, person and, for several tables, table. Takes the place of the
            mapping's person columns.
        progress: Told the name of each stage as it starts.

    Returns:
        What was found, and how well it agrees with the labels (`evaluate_clusters`), None without labels.

    Raises:
        MappingInvalid: If the mapping says what can't be.
        SourceError: If a file is missing or not what the mapping says.
    """
    declared = read_table_mapping(mapping)
    known = None if labels is None else _labels(labels, [table.name for table in declared.tables])
    matched = match(declared, files, progress=progress)
    out.mkdir(parents=True, exist_ok=True)
    for name in RESULTS:
        frame: pl.DataFrame = getattr(matched, name)
        beside = out / f".{name}.csv"
        (frame.drop("person") if name == "clusters" else frame).write_csv(beside)
        beside.replace(out / f"{name}.csv")
    clusters = matched.clusters
    if known is not None:
        clusters = clusters.drop("person").join(known, on=_ROW, how="left", maintain_order="left")
    if clusters["person"].null_count() == clusters.height:
        return matched, None
    return matched, evaluate_clusters(clusters, across=declared.task == LINK)


def _labels(file: Path, tables: list[str]) -> pl.DataFrame:
    if not file.is_file():
        raise ExtractMissing(f"{file} is not there. Give the file of labels with --labels FILE.csv.")
    labels = pl.read_csv(file, infer_schema=False)
    if "table" not in labels.columns and len(tables) == 1:
        labels = labels.with_columns(table=pl.lit(tables[0]))
    missing = [name for name in (*_ROW, "person") if name not in labels.columns]
    if missing:
        raise ColumnMissing(
            f"{file} lacks the columns {', '.join(missing)}; it has {', '.join(labels.columns)}. "
            "Labels need id, person and, for several tables, table (as the mapping names it)."
        )
    return labels.select(*_ROW, "person").unique(_ROW, keep="first", maintain_order=True)
