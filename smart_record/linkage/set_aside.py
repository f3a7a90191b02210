"""Links of rows that intake set aside say so: their people are matched, their figures are not believed."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from smart_record.linkage.matching import Linkage
from smart_record.linkage.sources import DEPENDANTS, DEPENDANTS_EXTRACT, SOURCES

SET_ASIDE = "row set aside"
"""How the evidence of such a link begins; the reason stands behind it in brackets."""


def marked_set_aside(linkage: Linkage, named: Mapping[str, pl.DataFrame], rejects: pl.DataFrame) -> Linkage:
    """The linkage with each link of a set-aside row marked in its evidence.

    Args:
        linkage: Matched with the set-aside rows.
        named: The set-aside rows that were matched, by declared extract name.
        rejects: Columns: source (the extract), record_ref, reason.
    """
    sources = {one.extract: one.source for one in SOURCES} | {DEPENDANTS_EXTRACT: DEPENDANTS}
    aside = [
        rows.select(pl.lit(extract).alias("extract"), pl.lit(sources[extract]).alias("source"), "record_ref")
        for extract, rows in named.items()
        if extract in sources  # rows of further files name records, not people
    ]
    if not aside:
        return linkage
    reasons = rejects.select("record_ref", "reason", extract="source").unique(
        ["extract", "record_ref"], keep="first", maintain_order=True
    )
    told = pl.concat(aside).join(reasons, on=["extract", "record_ref"], how="left", maintain_order="left")
    links = linkage.links.join(
        told.drop("extract"), on=["source", "record_ref"], how="left", maintain_order="left"
    )
    mark = pl.format(f"{SET_ASIDE} ({{}})", "reason")
    agreed = pl.when(pl.col("evidence") != "").then("evidence")
    evidence = pl.concat_str(mark, agreed, separator="; ", ignore_nulls=True)
    return replace(
        linkage,
        links=links.with_columns(
            evidence=pl.when(pl.col("reason").is_null()).then("evidence").otherwise(evidence)
        ).drop("reason"),
    )
