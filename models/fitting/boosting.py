"""Fit the additive model: boosted trees that each look at one feature, kept in the declared directions.

With no interactions the score is a baseline plus one step function per feature, which is read off the fitted
model through its public face alone: change one feature at a time and see what the score does. Features are
cut at round figures before the fit, so every step of the result is one an officer recognises.
scikit-learn is loaded when a model is trained, never when one is used.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from models.histories.features import Direction, Feature
from models.measures.metrics import Floats
from models.scorecards.parts import StepFunction

_SIGNS = {Direction.RAISES: 1, Direction.LOWERS: -1, Direction.FREE: 0}
_DECIMALS = 12
"""Step values are kept to 12 decimals: far below any meaning, and above machine noise."""


class Trees(Protocol):
    """What we use of a boosted model."""

    def fit(self, X: Floats, y: npt.NDArray[np.int8], sample_weight: Floats | None = None) -> object:  # noqa: N803
        """Learn."""

    def decision_function(self, X: Floats) -> Floats:  # noqa: N803
        """Give raw scores, in log-odds."""

    def predict_proba(self, X: Floats) -> Floats:  # noqa: N803
        """Give chances."""

    def staged_decision_function(self, X: Floats) -> Iterator[Floats]:  # noqa: N803
        """Give raw scores after each round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditiveFit:
    """A fitted additive model, as the scorecard holds it.

    Attributes:
        baseline: Mean raw score over the training rows, in log-odds.
        steps: One step function per feature, centred on the training rows.
    """

    baseline: float
    steps: tuple[StepFunction, ...]


def bin_features(values: Floats, features: Sequence[Feature]) -> Floats:
    """Replace each value by the number of its feature's cuts at or below it; not known stays NaN.

    Args:
        values: One row per household and date, one column per feature, in the features' order and units.
        features: The features.
    """
    codes = np.empty_like(values)
    for place, feature in enumerate(features):
        column = values[:, place]
        codes[:, place] = np.where(
            np.isnan(column), np.nan, np.searchsorted(feature.cuts, column, side="right")
        )
    return codes


def boosted_trees(features: Sequence[Feature], *, seed: int) -> Trees:
    """Give the unfitted additive model.

    Each tree is a single cut, which did no worse than larger ones on later periods. The number of rounds is
    fixed, so that no rows need to be held out at random.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415  (training only)

    trees: Trees = HistGradientBoostingClassifier(
        learning_rate=0.08,
        max_iter=200,
        max_leaf_nodes=2,
        min_samples_leaf=20,
        l2_regularization=1.0,
        early_stopping=False,
        interaction_cst="no_interactions",
        monotonic_cst=[_SIGNS[feature.direction] for feature in features],
        random_state=seed,
    )
    return trees


def fit_trees(model: Trees, codes: Floats, labels: Floats, weights: Floats | None = None) -> None:
    """Fit, on one thread: sums split over threads differ in the last digit from machine to machine.

    A feature that nobody has, as rent where the council has no homes, is set level: it can't be cut, and adds
    nothing for anyone.
    """
    level = np.where(np.isnan(codes).all(axis=0), 0.0, codes)
    with one_thread():
        model.fit(level, labels.astype(np.int8), sample_weight=weights)


def tree_scores(model: Trees, codes: Floats) -> Floats:
    """Give the fitted model's own raw scores, in log-odds."""
    with one_thread():
        return np.asarray(model.decision_function(codes), dtype=np.float64)


def _distinct(codes: Floats, labels: Floats) -> tuple[Floats, Floats, Floats]:
    """Each combination of bins and label once, weighted by its rows: most households look like others."""
    unknown = -1
    frame = pl.DataFrame(np.where(np.isnan(codes), unknown, codes).astype(np.int16))
    frame = frame.with_columns(label=pl.Series(labels))
    names = frame.columns
    once = frame.group_by(names).len("rows").sort(names)
    held = once.select(names[:-1]).to_numpy().astype(np.float64)
    held[held == unknown] = np.nan
    label, rows = (once.get_column(name).cast(pl.Float64).to_numpy() for name in ("label", "rows"))
    return held, label, rows


def one_thread() -> AbstractContextManager[object]:
    """Keep sums in one order, and small fits from waiting for each other's threads."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    limited: AbstractContextManager[object] = threadpool_limits(limits=1)
    return limited


def fit_additive(
    codes: Floats, labels: Floats, features: Sequence[Feature], *, seed: int
) -> tuple[AdditiveFit, Trees]:
    """Fit the additive model and write it out as step functions.

    Args:
        codes: Binned features, as `bin_features` gives them.
        labels: 1 where the outcome came, else 0, in the same order.
        features: The features, in column order.
        seed: For the fit; the same rows and seed give the same model.

    Returns:
        The step functions, and the fitted model they were read from (an oracle for tests).
    """
    model = boosted_trees(features, seed=seed)
    fit_trees(model, *_distinct(codes, labels))
    tables = _step_tables(model, features)
    start = float(tree_scores(model, np.zeros((1, len(features))))[0])
    means = [_mean(table, codes[:, place]) for place, table in enumerate(tables)]
    steps = tuple(
        _step_function(feature, table - mean)
        for feature, table, mean in zip(features, tables, means, strict=True)
    )
    return AdditiveFit(baseline=round(start + sum(means), _DECIMALS), steps=steps), model


def _step_tables(model: Trees, features: Sequence[Feature]) -> list[Floats]:
    """Change of the score, against all features in their lowest bin, in each bin of each and if not known."""
    sizes = [len(feature.cuts) + 2 for feature in features]
    probes = np.zeros((sum(sizes), len(features)))
    stops = np.cumsum(sizes)
    for place, (size, stop) in enumerate(zip(sizes, stops, strict=True)):
        probes[stop - size : stop, place] = [*range(size - 1), np.nan]
    raw = tree_scores(model, probes)
    start = raw[0]
    return [raw[stop - size : stop] - start for size, stop in zip(sizes, stops, strict=True)]


def _mean(table: Floats, codes: Floats) -> float:
    place = np.where(np.isnan(codes), len(table) - 1, codes).astype(np.int64)
    counts: npt.NDArray[np.int64] = np.bincount(place, minlength=len(table))
    return float((table * counts).sum() / counts.sum())


def _step_function(feature: Feature, table: Floats) -> StepFunction:
    """Round, and join neighbouring steps of equal height."""
    *heights, missing = (round(float(value), _DECIMALS) + 0.0 for value in table)
    kept = [place for place in range(1, len(heights)) if heights[place] != heights[place - 1]]
    return StepFunction(
        feature=feature.name,
        fact=feature.fact,
        unit=feature.unit,
        direction=feature.direction,
        cuts=tuple(feature.cuts[place - 1] for place in kept),
        values=(heights[0], *(heights[place] for place in kept)),
        missing=missing,
    )
