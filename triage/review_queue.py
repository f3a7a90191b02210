"""The review queue: pairs of rows that may be one person, those first that would change a suggestion."""

from hashlib import blake2b

import polars as pl

from triage.policy import SUPPRESSED

_ROW = ("source", "record_ref", "role")
_OTHER = tuple(f"other_{name}" for name in _ROW)
REVIEW_COLUMNS = (
    "pair_id", *_ROW, *_OTHER, "household_id", "other_household_id", "bears", "match_weight", "evidence",
)  # fmt: skip
"""Columns of the queue; `bears`: either household has a suggestion or a hold tonight."""


def review_queue(possible: pl.DataFrame, links: pl.DataFrame, suggestions: pl.DataFrame) -> pl.DataFrame:
    """What officers could settle, most valuable first.

    Args:
        possible: `Linkage.possible`.
        links: `Linkage.links`.
        suggestions: The night's.

    Returns: One row per pair with `REVIEW_COLUMNS`: what bears on a suggestion first, then the likeliest.
    """
    home = links.select(*_ROW, "household_id")
    touched = suggestions.filter(pl.col("status") != SUPPRESSED)["household_id"].unique().implode()
    pairs = possible.join(home, on=_ROW).join(
        home.rename({"household_id": "other_household_id"}), left_on=_OTHER, right_on=_ROW
    )
    keys = [pair_id("|".join(row)) for row in pairs.select(*_ROW, *_OTHER).iter_rows()]
    bears = pl.col("household_id").is_in(touched) | pl.col("other_household_id").is_in(touched)
    told = pairs.with_columns(pair_id=pl.Series(keys, dtype=pl.String), bears=bears)
    order = ["bears", "match_weight", *_ROW, *_OTHER]
    return told.select(REVIEW_COLUMNS).sort(order, descending=[True, True, *[False] * 6])


def pair_id(key: str) -> str:
    """The id of a pair: the same two rows give the same id every night."""
    return "P" + blake2b(key.encode(), digest_size=5).hexdigest().upper()
