"""Which rows of a table are learned from, which choose, and which measure: by time where the table has one.

Rows that measure are never seen before. Without an order they are drawn by lot, evenly over the outcome,
which flatters a model that will serve later rows; the report says so.
"""

from dataclasses import dataclass

import numpy as np

from models.measures.metrics import Floats
from models.tables.errors import TableInvalid
from models.tables.reading import TableData
from models.tables.scales import Rows

MEASURE_SHARE = 0.2
_FEW = 20_000
"""With fewer rows to learn from, every fifth of them chooses in turn; with more, one fifth is enough."""
_FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Row numbers.

    Attributes:
        learn: Learned from in the end.
        measure: Never seen before the end.
        folds: Within `learn`: rows fitted on, and rows held out from them to choose by.
    """

    learn: Rows
    measure: Rows
    folds: tuple[tuple[Rows, Rows], ...]


def part_rows(data: TableData, *, seed: int) -> Parting:
    """Part a table.

    Raises:
        TableInvalid: If an order leaves too few rows on either side.
    """
    if data.order is not None:
        return _by_time(data.order.to_numpy())
    fifths = _fifths(data.labels, np.arange(len(data.labels)), seed)
    learn = np.flatnonzero(fifths != 0)
    inner = _fifths(data.labels, learn, seed + 1)
    folds = tuple(
        (learn[inner != fold], learn[inner == fold]) for fold in range(_FOLDS if len(learn) < _FEW else 1)
    )
    return Parting(learn=learn, measure=np.flatnonzero(fifths == 0), folds=folds)


def _fifths(labels: Floats, rows: Rows, seed: int) -> Rows:
    """Number of the fifth of each row, by lot, each with its share of outcomes."""
    lot = np.random.default_rng(seed).permutation(len(rows))
    ranked = lot[np.argsort(labels[rows][lot], kind="stable")]
    fifths = np.empty(len(rows), dtype=np.int64)
    fifths[ranked] = np.arange(len(rows)) % _FOLDS
    return fifths


def _by_time(order: Floats) -> Parting:
    """Equal times stay on one side."""
    newest = np.quantile(order, 1 - MEASURE_SHARE, method="inverted_cdf")
    learn, measure = np.flatnonzero(order <= newest), np.flatnonzero(order > newest)
    if not len(measure):
        newest = np.unique(order)[-2:][0]
        learn, measure = np.flatnonzero(order <= newest), np.flatnonzero(order > newest)
    middle = np.quantile(order[learn], 1 - MEASURE_SHARE, method="inverted_cdf")
    fit, held = learn[order[learn] <= middle], learn[order[learn] > middle]
    if not len(held):
        middle = np.unique(order[learn])[-1]
        fit, held = learn[order[learn] < middle], learn[order[learn] == middle]
    if not (len(measure) and len(fit) and len(held)):
        raise TableInvalid(
            "The order of the rows has fewer than three times: too few to learn, choose and measure on."
            " Order by something finer, or leave `order_by` out."
        )
    return Parting(learn=learn, measure=measure, folds=((fit, held),))
