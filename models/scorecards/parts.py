"""How a score is made: per outcome a baseline plus one step function per feature; outcomes then join.

A household's chance of any outcome is one less the chance of escaping each: 1 - (1 - p)(1 - q). One sum for
all would be wrong: a tenant at notice stage is in danger even with no council tax owed at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.histories.features import Direction
from models.measures.metrics import Floats
from models.scorecards.calibration import Sigmoid

_PIECE = 32_768
"""Rows looked up at a time: what the processor's cache holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFunction:
    """What one feature adds to the score of one outcome.

    Attributes:
        feature: Feature name.
        fact: The fact it reads.
        unit: Unit of the cuts.
        direction: What a larger value may do to the score.
        cuts: Where the score steps, rising; a value at a cut belongs above it.
        values: Log-odds added below the first cut, between each two and above the last.
        missing: Log-odds added where the fact is not known.
    """

    feature: str
    fact: str
    unit: str
    direction: Direction
    cuts: tuple[float, ...]
    values: tuple[float, ...]
    missing: float

    def heights(self, numbers: Floats) -> Floats:
        """Give what each number adds; NaN is not known."""
        steps = np.asarray(self.values)[np.searchsorted(self.cuts, numbers, side="right")]
        return np.where(np.isnan(numbers), self.missing, steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The additive model of one outcome.

    Attributes:
        outcome: Name of the outcome.
        baseline: Raw score of the average household at training, log-odds.
        sigmoid: From raw score to probability.
        steps: One per feature, in column order.
    """

    outcome: str
    baseline: float
    sigmoid: Sigmoid
    steps: tuple[StepFunction, ...]

    def contributions(self, values: Floats, silent: frozenset[str] = frozenset()) -> Floats:
        """Give what each feature adds to each household's score.

        Args:
            values: One row per household, one column per feature, in its unit; NaN is not known.
            silent: Features whose source was not brought: where not known, they add nothing, since that
                says nothing of the household.

        Returns:
            Log-odds against the average household at training, in the shape of `values`.
        """
        return contributions_of((self,), values, silent)[0]

    def raw_scores(self, contributions: Floats) -> Floats:
        """Add up contributions column by column, so that no household's sum depends on its neighbours."""
        raw = np.full(len(contributions), self.baseline)
        for place in range(contributions.shape[1]):
            raw += contributions[:, place]
        return raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Scores of the same households, all outcomes together.

    Attributes:
        raw: Log-odds of any outcome; ranks.
        probabilities: Chance of any outcome, 0 to 1.
        alone: Chance of each outcome, one column per part.
        shares: Share of each part in the danger, one column per part; each row adds up to 1.
        contributions: Per part, what each feature adds to its raw score.
    """

    raw: Floats
    probabilities: Floats
    alone: Floats
    shares: Floats
    contributions: tuple[Floats, ...]


def join_parts(parts: Sequence[Part], values: Floats, silent: frozenset[str] = frozenset()) -> Joined:
    """Score households on every outcome and join them, as if one outcome neither helped nor hindered another.

    Args:
        parts: At least one.
        values: One row per household, one column per feature, in its unit; NaN is not known.
        silent: Features whose source was not brought.
    """
    contributions = contributions_of(parts, values, silent)
    alone = np.empty((len(values), len(parts)))
    dangers = np.empty_like(alone)
    for place, (part, added) in enumerate(zip(parts, contributions, strict=True)):
        raw = part.raw_scores(added)
        alone[:, place] = part.sigmoid.probabilities(raw)
        dangers[:, place] = np.logaddexp(0.0, part.sigmoid.slope * raw + part.sigmoid.intercept)
    together = np.zeros(len(values))
    for place in range(len(parts)):
        together += dangers[:, place]
    return Joined(
        raw=together + np.log(-np.expm1(-together)),
        probabilities=np.asarray(-np.expm1(-together), dtype=np.float64),
        alone=alone,
        shares=dangers / together[:, None],
        contributions=contributions,
    )


def contributions_of(
    parts: Sequence[Part], values: Floats, silent: frozenset[str] = frozenset()
) -> tuple[Floats, ...]:
    """Give what each feature adds to each household's score, for parts that read the same features.

    Each feature is looked up once for all parts, a piece of the rows at a time, so that a million households
    are scored with all their reasons in less time than the boosted trees take for the bare score.

    Args:
        parts: At least one.
        values: One row per household, one column per feature, in its unit; NaN is not known.
        silent: Features whose source was not brought: where not known, they add nothing.

    Returns:
        Per part, log-odds against the average household at training, in the shape of `values`.
    """
    added = tuple(np.empty(values.shape, order="F") for _ in parts)
    for place, steps in enumerate(zip(*(part.steps for part in parts), strict=True)):
        cuts = np.array(sorted({cut for step in steps for cut in step.cuts}))
        tables = [_on_cuts(step, cuts, is_silent=step.feature in silent) for step in steps]
        cuts = np.append(cuts, np.nan)  # numpy sorts NaN last, so what is not known falls behind every step
        for start in range(0, len(values), _PIECE):
            piece = slice(start, start + _PIECE)
            column = np.ascontiguousarray(values[piece, place])
            step_at = np.searchsorted(cuts, column, side="right")
            for held, table in zip(added, tables, strict=True):
                np.take(table, step_at, out=held[piece, place], mode="clip")
    return added


def _on_cuts(step: StepFunction, cuts: Floats, *, is_silent: bool) -> Floats:
    """The heights between more cuts than its own, and last what is added where not known."""
    heights = np.asarray(step.values)[np.searchsorted(step.cuts, [-np.inf, *cuts], side="right")]
    return np.array([*heights, 0.0 if is_silent else step.missing])
