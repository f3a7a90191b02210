"""Why a row of a table scores as it does: every term's share exactly, and the strongest in words."""

import numpy as np
import polars as pl

from models.measures.metrics import Floats
from models.tables.mapping import Kind, TableColumn, TableMapping
from models.tables.reading import TableData
from models.tables.scales import Rows
from models.tables.terms import TableScorecard

NAMED = 3
LEAST = 0.02
"""Log-odds below which a term says too little to be named."""


def score_rows(
    scorecard: TableScorecard, data: TableData, mapping: TableMapping, rows: Rows
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Score rows with their reasons, and take every score apart.

    Args:
        scorecard: The model.
        data: The table.
        mapping: What its columns are.
        rows: Numbers of the rows to score.

    Returns:
        The scores: one row each in the order given; columns key, raw_score, probability, raised_by,
        lowered_by (str). And the parts: key, baseline, one column per term, in log-odds; baseline and terms
        of a row add up to its raw_score.
    """
    added = scorecard.contributions(scorecard.codes(data)[rows])
    raw = scorecard.raw_scores(added)
    keys = data.keys[rows]
    words = _words(scorecard, data, mapping, rows)
    scores = pl.DataFrame(
        {
            "key": keys,
            "raw_score": raw,
            "probability": scorecard.sigmoid.probabilities(raw),
            "raised_by": _named(added, words, -1.0),
            "lowered_by": _named(added, words, 1.0),
        }
    )
    parts = pl.DataFrame(
        {"key": keys, "baseline": np.full(len(rows), scorecard.baseline)}
        | {name: added[:, at] for at, name in enumerate(scorecard.terms)}
    )
    return scores, parts


def _words(scorecard: TableScorecard, data: TableData, mapping: TableMapping, rows: Rows) -> list[pl.Series]:
    """Each term in words, for every row."""
    said = [_said(column, data, rows) for column in mapping.features]
    return [*said, *(said[pair.first] + ", with " + said[pair.second] for pair in scorecard.pairs)]


def _said(column: TableColumn, data: TableData, rows: Rows) -> pl.Series:
    unknown = pl.lit(f"{column.words} not known")
    if column.kind is Kind.CATEGORY:
        cells = data.texts[column.name][rows].alias("cell").replace(dict(column.labels))
        value = pl.col("cell")
    else:
        cells = pl.Series("cell", data.numbers[column.name][rows], nan_to_null=True)
        rounded = pl.col("cell").round_sig_figs(6).cast(pl.String).str.replace(r"\.0$", "")
        value = pl.when(pl.col("cell") == 1).then(pl.lit("yes")).otherwise(pl.lit("no"))
        if column.kind is Kind.NUMBER:
            value = pl.format("{} {}", rounded, pl.lit(column.unit)).str.strip_chars()
    worded = (
        pl.when(pl.col("cell").is_null())
        .then(unknown)
        .otherwise(pl.format("{} {}", pl.lit(column.words), value))
    )
    return cells.to_frame().select(worded.alias("words")).to_series()


def _named(added: Floats, words: list[pl.Series], sign: float) -> pl.Series:
    """The three strongest terms of one side, with what each adds."""
    order = np.argsort(sign * added, axis=1, kind="stable")[:, :NAMED]
    strength = np.take_along_axis(added, order, axis=1)
    told = []
    for slot in range(order.shape[1]):
        phrase = np.full(len(added), "", dtype=object)
        for term in np.unique(order[:, slot]):
            held = np.flatnonzero((order[:, slot] == term) & (-sign * strength[:, slot] >= LEAST))
            phrase[held] = words[term][held].to_numpy()
        column = pl.Series("phrase", phrase, dtype=pl.String)
        figures = pl.Series("added", strength[:, slot]).round(2)
        shown = pl.when(pl.col("phrase") != "").then(
            pl.format("{} ({}{})", "phrase", pl.lit("+" if sign < 0 else ""), "added")
        )
        told.append(pl.DataFrame([column, figures]).select(shown.alias(f"{slot}")).to_series())
    return pl.DataFrame(told).select(pl.concat_str(pl.all(), separator="; ", ignore_nulls=True)).to_series()
