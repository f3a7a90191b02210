"""Where a column's table may step: round cuts of a number, groups of a category's values.

A value that many rows share, as a capital gain of nought, has a step of its own and does not use up those of
the rest. Cuts are the roundest figures between the values that they part.
"""

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from models.histories.features import Direction
from models.measures.metrics import Floats
from models.tables.mapping import Kind, TableColumn, TableMapping
from models.tables.reading import TableData

Rows: TypeAlias = npt.NDArray[np.int64]
"""Numbers of rows."""

MOST_STEPS = 100
_GIVE = 4
"""By which part of a step a cut may move to a rounder figure."""
_LEAST_LEVEL = 20
"""Rows that a category's value must have to stand alone; rarer ones count together."""
_PULL = 20
"""Rows of the average that a value's share of outcomes is pulled towards, for its place in the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How a column's value finds its step.

    Attributes:
        column: Name of the column.
        kind: What it holds.
        direction: What a larger value may do.
        cuts: Of a number, rising; a value at a cut belongs above it.
        levels: Of a category, the values of each step, from the fewest outcomes to the most.
        rest: Step of the values that were too rare or not there at training; None takes them as not known.
    """

    column: str
    kind: Kind
    direction: Direction
    cuts: tuple[float, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()
    rest: int | None = None

    @property
    def steps(self) -> int:
        """How many steps it has, not known aside."""
        return len(self.levels) if self.kind is Kind.CATEGORY else len(self.cuts) + 1

    def codes(self, data: TableData) -> Floats:
        """Give each row's step; NaN where not known."""
        if self.kind is not Kind.CATEGORY:
            numbers = data.numbers[self.column]
            return np.where(np.isnan(numbers), np.nan, np.searchsorted(self.cuts, numbers, side="right"))
        place = {value: float(step) for step, level in enumerate(self.levels) for value in level}
        cells = data.texts[self.column]
        other = float("nan") if self.rest is None else float(self.rest)
        found = cells.replace_strict(place, default=other, return_dtype=pl.Float64)
        known = cells.is_not_null().to_numpy()
        return np.where(known, found.fill_null(float("nan")).to_numpy(), np.nan)


def fit_scales(data: TableData, mapping: TableMapping, rows: Rows) -> tuple[Scale, ...]:
    """Lay the steps of every feature by the rows learned from."""
    return tuple(
        _category(column, data, rows) if column.kind is Kind.CATEGORY else _number(column, data, rows)
        for column in mapping.features
    )


def _number(column: TableColumn, data: TableData, rows: Rows) -> Scale:
    values = data.numbers[column.name][rows]
    cuts = find_cuts(values[~np.isnan(values)], MOST_STEPS)
    return Scale(column=column.name, kind=column.kind, direction=column.direction, cuts=cuts)


def find_cuts(values: Floats, most: int) -> tuple[float, ...]:
    """Part known values into steps of about equal size; a value with a step's worth of rows has its own.

    >>> find_cuts(np.array([0.0, 0.0, 0.0, 1.0, 2.0]), 3)
    (1.0, 2.0)
    """
    distinct, counts = np.unique(values, return_counts=True)
    last = len(distinct) - 1
    if last < most:
        spans = [(at, at + 1) for at in range(last)]
    else:
        heavy = counts > len(values) / most
        places = np.flatnonzero(heavy)
        left = max(most - 2 * len(places), 8)
        above = np.cumsum(np.where(heavy, 0, counts))
        step = above[-1] / (left + 1)
        ends = step * np.arange(1, left + 1)
        low, high = (np.searchsorted(above, ends + side * step / _GIVE) for side in (-1, 1))
        spans = [(int(one), max(int(other), int(one) + 1)) for one, other in zip(low, high, strict=True)]
        spans += [(int(at) + side, int(at) + side + 1) for at in places for side in (-1, 0)]
    spans = [(one, other) for one, other in spans if one >= 0 and other <= last]
    return tuple(sorted({_roundest(float(distinct[one]), float(distinct[other])) for one, other in spans}))


def _roundest(low: float, high: float) -> float:
    """The figure above `low` and not above `high` with the fewest digits.

    >>> _roundest(1234.5, 1410.0), _roundest(0.1249, 0.1253)
    (1400.0, 0.125)
    """
    digits = floor(log10(max(abs(low), abs(high), high - low)))
    while True:
        power = 10.0**-digits if digits < 0 else 1 / 10.0**digits
        tried = floor(high * power) / power
        if low < tried <= high:
            return tried + 0.0
        tried = ceil(low * power) / power
        if low < tried <= high:
            return tried + 0.0
        digits -= 1
        if digits < -300:
            return high


def _category(column: TableColumn, data: TableData, rows: Rows) -> Scale:
    """Values from the fewest outcomes to the most, so that a step is a question of more or fewer."""
    seen = pl.DataFrame(
        {"value": data.texts[column.name], "label": data.labels}, schema_overrides={"label": pl.Float64}
    )[rows].drop_nulls()
    usual = float(np.mean(data.labels[rows]))
    rare = pl.len().over("value") < _LEAST_LEVEL
    share = (pl.col("label").sum() + _PULL * usual) / (pl.len() + _PULL)
    levels = (
        seen.with_columns(rare=rare, level=pl.when(rare).then(pl.lit("")).otherwise("value"))
        .group_by("level", "rare")
        .agg(share.alias("share"), values=pl.col("value").unique().sort())
        .sort("share", "level", "rare")
    )
    rest = levels.get_column("rare").arg_max() if levels.get_column("rare").any() else None
    return Scale(
        column=column.name,
        kind=column.kind,
        direction=Direction.FREE,
        levels=tuple(tuple(values) for values in levels.get_column("values")) or ((),),
        rest=rest,
    )
