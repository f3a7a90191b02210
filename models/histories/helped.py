"""Households that were helped: what then did not come to them says nothing of their risk without help.

Learned from as they stand, they would teach that a household in deep arrears is in no danger, since help that
worked kept the outcome away. Policy, recorded with every model: a row is left out where help was completed in
the six months before its date, or in the six months after it and before any outcome. An outcome that came
before the help stays. So the score says what would come without help, to helped and unhelped alike, and the
evaluation measures it on households that were not helped.

Source: Lenert et al. 2019 and arXiv 2010.11530 on models that learn from what their own use prevented.
"""

from dataclasses import replace

import polars as pl

from models.histories.labels import WINDOW_MONTHS, window_end
from models.histories.panel import Panel

POLICY = (
    "rows are left out where help was completed in the six months before their date, or in the six months"
    " after it and before any outcome"
)
_ROW = ("household_id", "as_of")


def leave_out_helped(panel: Panel, helped: pl.DataFrame) -> Panel:
    """Leave out the rows that help makes unfit to learn from or to measure on.

    Args:
        panel: Features and outcomes of past dates.
        helped: When help was completed: household_id, helped_on (date); any number of rows a household.

    Returns:
        The panel without them; `helped_rows` and `helped_households` say how many they were.
    """
    out = (
        _first_help(panel, helped)
        .join(_first_outcome(panel), on=_ROW, how="left")
        .filter(
            (pl.col("helped_on") <= pl.col("as_of"))
            | pl.col("event_on").is_null()
            | (pl.col("event_on") > pl.col("helped_on"))
        )
    )
    return replace(
        panel,
        rows=panel.rows.join(out, on=_ROW, how="anti", maintain_order="left"),
        helped_rows=out.height,
        helped_households=out.get_column("household_id").n_unique(),
    )


def _first_help(panel: Panel, helped: pl.DataFrame) -> pl.DataFrame:
    """The first help of each row's household from six months before to six months after its date."""
    within = pl.col("helped_on").is_between(
        pl.col("as_of").dt.offset_by(f"-{WINDOW_MONTHS}mo"), pl.col("end"), closed="right"
    )
    return (
        _windows(panel)
        .join(helped.select("household_id", "helped_on").drop_nulls(), on="household_id")
        .filter(within)
        .group_by(_ROW)
        .agg(pl.col("helped_on").min())
    )


def _first_outcome(panel: Panel) -> pl.DataFrame:
    return (
        _windows(panel)
        .join(panel.events.select("household_id", "event_on"), on="household_id")
        .filter(pl.col("event_on").is_between(pl.col("as_of"), pl.col("end"), closed="right"))
        .group_by(_ROW)
        .agg(pl.col("event_on").min())
    )


def _windows(panel: Panel) -> pl.DataFrame:
    ends = {day: window_end(day) for day in panel.dates}
    return panel.rows.select(*_ROW, end=pl.col("as_of").replace_strict(ends, return_dtype=pl.Date))
