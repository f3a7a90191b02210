"""Why labelled rows have no link: the extracts lack them, intake set them aside, or they name nobody."""

from collections.abc import Mapping

import polars as pl

from smart_record.linkage.sources import DEPENDANTS, DEPENDANTS_EXTRACT, SOURCES

NOT_THERE = "not in the extracts"
SET_ASIDE = "set aside at intake"
NOBODY = "read, but naming nobody in that role"

_KEY = ["source", "record_ref"]


def why_unlinked(rows: pl.DataFrame, read: Mapping[str, pl.DataFrame], rejects: pl.DataFrame) -> pl.DataFrame:
    """Say of each row without a link why it has none.

    Args:
        rows: source, record_ref and whatever else; rows that have no link.
        read: What the matching read, by declared extract name (`Records.everyone`).
        rejects: What intake set aside: source (the extract), record_ref, reason.

    Returns:
        The rows with why: `NOT_THERE`, `SET_ASIDE` with intake's reason behind it, or `NOBODY`.
    """
    sources = {one.extract: one.source for one in SOURCES} | {DEPENDANTS_EXTRACT: DEPENDANTS}
    there = [
        read[extract].select("record_ref", source=pl.lit(source), there=pl.lit(value=True)).unique()
        for extract, source in sources.items()
        if extract in read
    ]
    aside = rejects.select(
        "record_ref", source=pl.col("source").replace_strict(sources, default=None), reason="reason"
    ).unique(_KEY, keep="first", maintain_order=True)
    schema = {"record_ref": pl.String, "source": pl.String, "there": pl.Boolean}
    told = rows.join(
        pl.concat([pl.DataFrame(schema=schema), *there]), on=_KEY, how="left", maintain_order="left"
    ).join(aside, on=_KEY, how="left", maintain_order="left")
    return told.with_columns(
        why=pl.when("there")
        .then(pl.lit(NOBODY))
        .when(pl.col("reason").is_not_null())
        .then(pl.format(f"{SET_ASIDE}: {{}}", "reason"))
        .otherwise(pl.lit(NOT_THERE))
    ).drop("there", "reason")
