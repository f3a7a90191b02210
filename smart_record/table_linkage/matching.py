"""Tables of people matched by a mapping: read, compared, weighed by what was learned from them, joined."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from smart_record.errors import ExtractMissing
from smart_record.table_linkage.comparing import Compared, Comparer
from smart_record.table_linkage.declared_comparisons import Comparison, comparisons
from smart_record.table_linkage.fields import CATEGORY, LINK
from smart_record.table_linkage.joining import join_by_groups, join_one_to_one, pairs_inside
from smart_record.table_linkage.keys import Pairs, candidate_pairs
from smart_record.table_linkage.learning import Model
from smart_record.table_linkage.standard_rows import standard_rows
from smart_record.table_linkage.table_mapping import TableMapping
from smart_record.table_linkage.weighing import Weigher, weigh_candidates

_ACCEPTED = 0.0
"""Posterior bits from which two rows may be one person: as likely as not. What contradicts is refused."""

_SHOWN = -3.0
"""Posterior bits from which a pair is written down: about one in nine."""

STAGES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What a matching found.

    Attributes:
        pairs: Pairs that may be one person, likeliest first: table_l, id_l, table_r, id_r, match_weight
            (bits), probability (0 to 1), joined (whether the two rows are one person in `clusters`), evidence
            (plain English, no personal data).
        clusters: One row per row of the tables: table, id, cluster_id (table and id of its first row),
            person (as the mapping's person column says; null where it does not).
        levels: What was learned: comparison, level, evidence, m, u (0 to 1), weight (bits).
    """

    pairs: pl.DataFrame
    clusters: pl.DataFrame
    levels: pl.DataFrame


def match_tables(
    mapping: TableMapping, files: tuple[Path, ...], *, progress: Callable[[str], None] | None = None
) -> Matched:
    """Match the people of all tables.

    Args:
        mapping: What each table's columns are.
        files: One for each table of the mapping, in its order.
        progress: Told the name of each stage as it starts.

    Raises:
        ExtractMissing: If the files are fewer or more than the mapping's tables, or one is not there.
        ExtractMalformed: If one can't be read, or a column is not what the mapping says.
        ColumnMissing: If one lacks a mapped column.
    """
    tell = progress or (lambda _: None)
    if len(files) != len(mapping.tables):
        names = ", ".join(table.name for table in mapping.tables)
        raise ExtractMissing(
            f"The mapping has {len(mapping.tables)} tables ({names}) and {len(files)} files were given. "
            "Give one file for each, in that order."
        )
    tell("reading tables")
    across = mapping.task == LINK
    rows = standard_rows(mapping, files)
    tell("finding candidates")
    pairs = candidate_pairs(rows, across=across)
    asked = comparisons(rows)
    categories = {
        f"other.{f.name}" for table in mapping.tables for f in table.fields if f.compare == CATEGORY
    }
    compare = Comparer.of(rows, categories=frozenset(categories))
    weigher, weighed = weigh_candidates(rows, asked, compare, pairs, across=across, tell=tell)
    tell("joining")
    person = _people(rows, weigher, weighed, pairs, across=across)
    return Matched(
        pairs=_named_pairs(weighed, rows, person, weigher, mapping),
        clusters=_named_clusters(rows, person, mapping),
        levels=_levels(asked, weigher.model),
    )


def _people(
    rows: pl.DataFrame, weigher: Weigher, weighed: pl.DataFrame, candidates: Pairs, *, across: bool
) -> pl.Series:
    accepted = weighed.filter(pl.col("posterior") >= _ACCEPTED)
    if across:
        return join_one_to_one(accepted, rows["table"])
    inside = weigher.weighed_pairs(pairs_inside(accepted, candidates, rows.height))
    return join_by_groups(inside, rows.height, _ACCEPTED)


def _named_pairs(
    weighed: pl.DataFrame,
    rows: pl.DataFrame,
    person: pl.Series,
    weigher: Weigher,
    mapping: TableMapping,
) -> pl.DataFrame:
    """The pairs worth a look, with names of tables and ids, and what agreed."""
    shown = weighed.filter(pl.col("posterior") >= _SHOWN)
    shown = shown.sort("posterior", "left", "right", descending=[True, False, False])
    left, right = (shown[side].to_numpy().astype(np.int64) for side in ("left", "right"))
    compared = weigher.compare(left, right)
    names = [table.name for table in mapping.tables]
    sides = {
        f"{column}_{side[0]}": values
        for side, at in (("left", left), ("right", right))
        for column, values in (
            ("table", pl.Series(names).gather(rows["table"].gather(at))),
            ("id", rows["id"].gather(at)),
        )
    }
    return pl.DataFrame(sides).with_columns(
        match_weight=shown["match_weight"].round(2),
        probability=(1 / (1 + 2 ** -shown["posterior"].clip(-60, 60))).round(6),
        joined=person.gather(left) == person.gather(right),
        evidence=_evidence(weigher.asked, compared),
    )


def _evidence(asked: tuple[Comparison, ...], pairs: Compared) -> pl.Series:
    said = pl.DataFrame({each.name: pairs.levels[each.name] for each in asked})
    phrases = [
        pl.col(each.name).replace_strict(dict(each.words), default=None, return_dtype=pl.String)
        for each in asked
        if each.words
    ]
    return said.select(evidence=pl.concat_str(phrases, separator="; ", ignore_nulls=True)).to_series()


def _named_clusters(rows: pl.DataFrame, person: pl.Series, mapping: TableMapping) -> pl.DataFrame:
    names = pl.Series([table.name for table in mapping.tables])
    named = rows.select(table=names.gather(rows["table"]), id="id", person="person")
    first = named.select(cluster_id=pl.concat_str("table", "id", separator="/"))["cluster_id"].gather(person)
    return named.with_columns(cluster_id=first).select("table", "id", "cluster_id", "person")


def _levels(asked: tuple[Comparison, ...], model: Model) -> pl.DataFrame:
    lines = [
        (each.name.removeprefix("other."), level, each.words.get(level, ""), float(m), float(u))
        for each in asked
        for level, (m, u) in enumerate(zip(model.m[each.name], model.u[each.name], strict=True))
    ]
    table = pl.DataFrame(lines, schema=["comparison", "level", "evidence", "m", "u"], orient="row")
    return table.with_columns(weight=(pl.col("m") / pl.col("u")).log(2).round(2))
