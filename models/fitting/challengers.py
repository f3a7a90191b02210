"""Rivals that the scorecard is measured against, on the same dates and the same facts; none is ever served.

Counting missed payments is what an officer would do unaided. Boosting without constraints and a regression
on splines show what being additive, monotone and legible costs.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from models.fitting.boosting import bin_features, fit_trees, one_thread, tree_scores
from models.histories.labels import ANY
from models.histories.panel import Panel
from models.measures.metrics import Floats

Scorer: TypeAlias = Callable[[Floats], Floats]
Challenger: TypeAlias = Callable[[Panel, int], Scorer]

MISSED_PAYMENTS = ("council_tax.missed_instalments_6m", "rent.missed_payments_6m")
_MOST_ROWS = 200_000


def count_missed_payments(panel: Panel, seed: int) -> Scorer:  # noqa: ARG001  (learns nothing)
    """Score by payments missed in six months; an unknown count adds none."""
    names = [feature.name for feature in panel.features]
    places = [names.index(name) for name in MISSED_PAYMENTS if name in names]

    def score(values: Floats) -> Floats:
        return np.asarray(np.nansum(values[:, places], axis=1), dtype=np.float64)

    return score


def boost_unconstrained(panel: Panel, seed: int) -> Scorer:
    """Boost any outcome with all interactions and no declared direction, on the uncut values."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415  (training only)

    model = HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=120,
        max_leaf_nodes=15,
        min_samples_leaf=40,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )
    fit_trees(model, panel.values(), panel.labels(ANY))
    return lambda values: tree_scores(model, values)


def regress_on_splines(panel: Panel, seed: int) -> Scorer:
    """Regress on splines of the cut features."""
    score = fit_splines(bin_features(panel.values(), panel.features), panel.labels(ANY), seed)
    return lambda values: score(bin_features(values, panel.features))


def fit_splines(codes: Floats, labels: Floats, seed: int) -> Scorer:
    """Regress on splines of binned columns, unknown ones marked; on evenly spaced rows if many."""
    from sklearn.feature_selection import VarianceThreshold  # noqa: PLC0415  (training only)
    from sklearn.impute import SimpleImputer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import Pipeline  # noqa: PLC0415
    from sklearn.preprocessing import SplineTransformer  # noqa: PLC0415

    every = max(1, -(-len(codes) // _MOST_ROWS))
    model = Pipeline(
        [
            ("known", SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)),
            ("varies", VarianceThreshold()),
            ("splines", SplineTransformer(n_knots=4, degree=3, extrapolation="constant")),
            ("logistic", LogisticRegression(max_iter=5000, random_state=seed)),
        ]
    )
    with one_thread():
        model.fit(codes[::every], labels[::every])
    return lambda held: np.asarray(model.decision_function(held), dtype=np.float64)


BASELINE = "missed_payments"
UNCONSTRAINED = "unconstrained_boosting"
CHALLENGERS: Mapping[str, Challenger] = MappingProxyType(
    {UNCONSTRAINED: boost_unconstrained, "spline_regression": regress_on_splines}
)
"""Rivals that cost a fit; `missed_payments` costs none and is always measured."""
