"""Rows as a system exports them: in no order, a few twice, a few with values that can't be right."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from triage.invented.chance import draw, happens, worsened

IMPOSSIBLE = ("31/02/2025", "£££", "n/a", "UNKNOWN")
_TWICE = 0.0024


def exported(
    rng: np.random.Generator, rows: pl.DataFrame, *, spoilt: Mapping[str, float], dirt: float
) -> pl.DataFrame:
    """`rows` (all text) as exported: shuffled, a few twice, impossible values in the columns to be spoilt."""
    rows = rows.with_columns(_spoilt(rng, rows[name], worsened(rate, dirt)) for name, rate in spoilt.items())
    again = np.flatnonzero(happens(rng, worsened(_TWICE, dirt), rows.height))
    order = rng.permutation(np.concatenate([np.arange(rows.height), again]))
    return rows[order]


def _spoilt(rng: np.random.Generator, values: pl.Series, rate: float) -> pl.Series:
    bad = pl.Series(happens(rng, rate, len(values)))
    instead = pl.Series(IMPOSSIBLE).gather(draw(rng, np.ones(len(IMPOSSIBLE)), len(values)))
    return pl.select(pl.when(bad).then(instead).otherwise(values)).to_series().alias(values.name)


def yes_no(flags: np.ndarray) -> pl.Series:
    """`Y` or `N`."""
    return pl.Series(["N", "Y"]).gather(flags.astype(np.int64))


def of_people(people: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """The people in these rows of `people`, a row of nulls where a row number is null."""
    return people[rows.fill_null(0)].with_columns(pl.when(rows.is_not_null()).then(pl.all()))
