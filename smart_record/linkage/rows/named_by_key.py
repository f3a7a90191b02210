"""Records that carry another system's key: a claim that names the bill it reduces, a tenancy its claim.

Where a mapping says that a column holds such a key, the source itself says which records belong together. A
key that several running records of one source carry (a landlord's bill, named by the claim of each sharer)
says nothing of any of them.
"""

import polars as pl

from smart_record.linkage.sources import KEYS

NAMED = {source: f"names_{source}" for source in KEYS}
"""By source: the column of `record_rows` with the key of its record that another source's record carries."""


def key_groups(records: pl.DataFrame) -> pl.DataFrame:
    """The records that carry a key, and those that bear it.

    Args:
        records: `record_rows`.

    Returns:
        record, source, carries (bool; else the record itself bears the key), running (bool), key (of which
        source and which record; equal for all of one group).
    """
    running = pl.col("ends").is_null()
    groups = []
    for source, column in NAMED.items():
        kind = pl.lit(f"{source} ")
        carried = records.filter(pl.col(column).is_not_null())
        asked = carried[column].unique().implode()
        bearing = records.filter((pl.col("source") == source) & pl.col("record_ref").is_in(asked))
        bearing = bearing.select(
            "record", "source", running.alias("running"), key=kind + pl.col("record_ref")
        )
        carried = carried.select("record", "source", running.alias("running"), key=kind + pl.col(column))
        groups += [
            carried.with_columns(carries=pl.lit(value=True)),
            bearing.with_columns(carries=pl.lit(value=False)),
        ]
    return pl.concat(groups)


def named_by_key(records: pl.DataFrame) -> pl.DataFrame:
    """Pairs of running records of which one alone of its source carries the other's key.

    Returns:
        left < right (record numbers), loose (the one that carries the key; of two that carry each other's the
        first), sorted.
    """
    groups = key_groups(records).filter("running")
    carrying = groups.filter("carries")
    alone = carrying.filter(pl.len().over("key", "source") == 1).select("key", one="record")
    bearing = groups.filter(~pl.col("carries")).select("key", other="record")
    pairs = alone.join(bearing, on="key").filter(pl.col("one") != pl.col("other"))
    ends = pairs.select(
        left=pl.min_horizontal("one", "other"), right=pl.max_horizontal("one", "other"), loose="one"
    )
    return ends.sort("left", "right", "loose").unique(["left", "right"], keep="first", maintain_order=True)
