"""Why a household scores as it does: the facts that add most to its score, with their figures, in words.

Only facts that are known are named, so that a household could recognise and correct each. Features of one
fact count together, and each outcome by its share in the household's danger.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from models.measures.metrics import Floats
from models.scorecards.parts import Joined, Part
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import column_of
from smart_record.facts.terms.wording import statement_expression

RAISING, LOWERING = 3, 1
"""How many facts are named on each side."""
LEAST = 0.05
"""Log-odds below which a fact says too little to be named: about a twentieth more or less likely."""
NOTHING_RAISES = "No known fact raises it above the average household's."


def write_reasons(parts: Sequence[Part], joined: Joined, facts: pl.DataFrame) -> pl.Series:
    """Name the three facts that raise each score most and the one that lowers it most.

    Args:
        parts: The scorecard's parts.
        joined: What they say of the households.
        facts: The facts they said it of, in the same row order.

    Returns:
        One sentence or two per row, never null.
    """
    names = tuple(dict.fromkeys(step.fact for part in parts for step in part.steps))
    weights = _known_weights(parts, names, joined, facts)
    picks = _picked(weights)
    rows = pl.DataFrame({"row": pl.arange(len(facts), eager=True, dtype=pl.Int64)})
    phrases = pl.concat([_phrases(name, picks == place, facts) for place, name in enumerate(names)])
    worded = phrases.sort("row", "slot").group_by("row").agg(_sentences())
    return rows.join(worded, on="row", how="left", maintain_order="left").select(_text()).to_series()


def _known_weights(
    parts: Sequence[Part], names: Sequence[str], joined: Joined, facts: pl.DataFrame
) -> Floats:
    """Log-odds that each fact adds, over the outcomes by their shares; 0 where the fact is not known."""
    weights = np.zeros((len(facts), len(names)))
    for at, part in enumerate(parts):
        scale = joined.shares[:, at] * part.sigmoid.slope
        for place, step in enumerate(part.steps):
            weights[:, names.index(step.fact)] += scale * joined.contributions[at][:, place]
    known = facts.select(pl.col(column_of(name)).is_not_null() for name in names).to_numpy()
    return np.where(known, weights, 0.0)


def _picked(weights: Floats) -> npt.NDArray[np.int64]:
    """Place of the fact in each slot, raising ones first, strongest first; -1 where none is strong enough."""
    rising = np.argsort(-weights, axis=1, kind="stable")[:, :RAISING]
    falling = np.argsort(weights, axis=1, kind="stable")[:, :LOWERING]
    up = np.where(np.take_along_axis(weights, rising, axis=1) >= LEAST, rising, -1)
    down = np.where(np.take_along_axis(weights, falling, axis=1) <= -LEAST, falling, -1)
    return np.hstack([up, down]).astype(np.int64)


def _phrases(name: str, chosen: npt.NDArray[np.bool_], facts: pl.DataFrame) -> pl.DataFrame:
    """The fact in words, once for each row and slot that names it."""
    row, slot = np.nonzero(chosen)
    chosen_facts = facts.select(column_of(name))[row]
    words = chosen_facts.select(statement_expression(CATALOGUE[name]).alias("phrase"))
    return words.with_columns(row=pl.Series(row, dtype=pl.Int64), slot=pl.Series(slot, dtype=pl.Int64))


def _sentences() -> list[pl.Expr]:
    raising = pl.col("slot") < RAISING
    return [
        pl.col("phrase").filter(raising).str.join("; ").alias("up"),
        pl.col("phrase").filter(~raising).str.join("; ").alias("down"),
    ]


def _text() -> pl.Expr:
    up, down = pl.col("up").fill_null(""), pl.col("down").fill_null("")
    raised = pl.when(up == "").then(pl.lit(NOTHING_RAISES)).otherwise(pl.format("Raised by {}.", up))
    lowered = pl.when(down == "").then(pl.lit("")).otherwise(pl.format(" Lowered by {}.", down))
    return pl.concat_str(raised, lowered).alias("reasons")
