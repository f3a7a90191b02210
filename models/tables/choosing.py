"""How many rounds, and does the additive model need named pairs? Answered on rows held out from the fit.

Pairs are taken only where boosting without limits does better by more than a margin, and only as many as
bring the scorecard back to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean, median

import numpy as np

from models.evaluation.pairs import rank_pairs
from models.fitting.boosting import fit_trees, tree_scores
from models.measures.metrics import Floats, auc, precision_at_capacity
from models.tables.boosting import MOST_ROUNDS, Design, best_rounds, unfitted
from models.tables.mapping import TableMapping
from models.tables.parting import Parting
from models.tables.reading import TableData
from models.tables.scales import Rows, fit_scales

AUC_MARGIN, PRECISION_MARGIN = 0.003, 0.05
"""How much better boosting without limits must do, on the rows held out, before pairs are tried."""
_NEAR = 0.002
_COUNTS = (4, 8, 15, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One kind of model, as it did on rows held out.

    Attributes:
        rounds: Rounds of boosting at which it did best.
        auc: Pairs in order.
        precision: Share with the outcome among the top 5%.
        raw: Scores of the rows held out, log-odds, fold after fold.
    """

    rounds: int
    auc: float
    precision: float
    raw: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was chosen, and by which figures.

    Attributes:
        tried: By number of pairs; 0 is the purely additive model.
        unlimited: Boosting without limits.
        pairs: Number of pairs taken.
        labels: Outcomes of the rows held out, in the order of `raw`.
    """

    tried: dict[int, Choice]
    unlimited: Choice
    pairs: int
    labels: Floats


def choose(
    data: TableData, mapping: TableMapping, parting: Parting, *, seed: int, say: Callable[[str], None]
) -> Chosen:
    """Try models on the folds."""
    folds = [_Fold(data, mapping, fit, held, seed) for fit, held in parting.folds]
    labels = np.concatenate([data.labels[held] for _, held in parting.folds])
    say("Trying the additive model and boosting without limits on rows held out")
    tried = {0: _choice([fold.additive() for fold in folds], folds)}
    unlimited = _choice([fold.run(None) for fold in folds], folds)
    pairs = 0
    most = len(mapping.features) * (len(mapping.features) - 1) // 2
    if _is_better(unlimited, tried[0]):
        for count in (*(count for count in _COUNTS if count < most), min(most, _COUNTS[-1])):
            if count in tried:
                continue
            say(f"Trying {count} named pairs")
            tried[count] = _choice([fold.with_pairs(count) for fold in folds], folds)
            if not _is_better(unlimited, tried[count], auc_margin=_NEAR):
                break
        pairs = _fewest_near_best(tried)
    return Chosen(tried=tried, unlimited=unlimited, pairs=pairs, labels=labels)


def _is_better(one: Choice, other: Choice, *, auc_margin: float = AUC_MARGIN) -> bool:
    return one.auc - other.auc > auc_margin or one.precision - other.precision > PRECISION_MARGIN


def _fewest_near_best(tried: dict[int, Choice]) -> int:
    best = max(choice.auc for choice in tried.values())
    return min(count for count, choice in tried.items() if choice.auc >= best - _NEAR / 2)


def _choice(runs: list[tuple[int, Floats]], folds: list["_Fold"]) -> Choice:
    scored = [(raw, fold.held_labels) for (_, raw), fold in zip(runs, folds, strict=True)]
    return Choice(
        rounds=int(median(rounds for rounds, _ in runs)),
        auc=fmean(auc(raw, labels) for raw, labels in scored),
        precision=fmean(
            precision_at_capacity(raw, labels, capacity=max(1, round(len(raw) / 20)))
            for raw, labels in scored
        ),
        raw=np.concatenate([raw for raw, _ in scored]),
    )


class _Fold:
    """One part fitted on and one held out, with scales of the former."""

    def __init__(self, data: TableData, mapping: TableMapping, fit: Rows, held: Rows, seed: int) -> None:
        self._scales = fit_scales(data, mapping, fit)
        codes = np.column_stack([scale.codes(data) for scale in self._scales])
        self._fit, self._held = codes[fit], codes[held]
        self._labels, self.held_labels = data.labels[fit], data.labels[held]
        self._seed = seed
        self._ranked: tuple[tuple[int, int], ...] = ()

    def additive(self) -> tuple[int, Floats]:
        plan = Design(scales=self._scales)
        trees = unfitted(plan, rounds=MOST_ROUNDS, seed=self._seed)
        fit_trees(trees, self._fit, self._labels)
        raw = tree_scores(trees, self._fit)
        self._ranked = rank_pairs(self._fit, self._labels, raw, most=_COUNTS[-1])
        return best_rounds(trees, self._held, self.held_labels)

    def with_pairs(self, count: int) -> tuple[int, Floats]:
        return self.run(Design(scales=self._scales, pairs=self._ranked[:count]))

    def run(self, plan: Design | None) -> tuple[int, Floats]:
        trees = unfitted(plan, rounds=MOST_ROUNDS if plan else MOST_ROUNDS // 2, seed=self._seed)
        fit_trees(trees, self._fit, self._labels)
        return best_rounds(trees, self._held, self.held_labels)
