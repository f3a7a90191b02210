"""What a list of a team's size is worth: who is found by the risk score, and who by the rules alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from models.measures.fairness import Estimate
from models.measures.metrics import Floats, bootstrap_interval, precision_at_capacity, recall_at_capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class AtCapacity:
    """A list of one size, filled in two ways.

    Attributes:
        title: Whose capacity.
        places: Households on the list.
        precision: Share of the list that had the outcome, by the risk score.
        recall: Share of all outcomes that the list holds, by the risk score.
        rules_precision: The same by the rules alone.
        rules_recall: The same by the rules alone.
        gain: Outcomes more (or fewer) on the list by the score than by the rules alone.
    """

    title: str
    places: int
    precision: Estimate
    recall: Estimate
    rules_precision: float
    rules_recall: float
    gain: float


def at_capacities(
    raw: Floats, rules: Floats, labels: Floats, places: Mapping[str, int], *, seed: int = 0
) -> tuple[AtCapacity, ...]:
    """Fill lists of several sizes by the risk score and by the rules alone; ties by expectation.

    Args:
        raw: Risk scores.
        rules: Rank by the rules alone, higher first, for the same households.
        labels: 1 where the outcome came.
        places: Size of each list by its title; those without a place, or larger than all, are left out.
        seed: For the redrawings.
    """
    found = []
    for title, capacity in places.items():
        if not 1 <= capacity <= len(raw) or not labels.any():
            continue
        measures = (
            partial(precision_at_capacity, capacity=capacity),
            partial(recall_at_capacity, capacity=capacity),
        )
        precision, recall = (
            Estimate(value=measure(raw, labels), low=low, high=high)
            for measure in measures
            for low, high in [bootstrap_interval(measure, raw, labels, seed=seed)]
        )
        by_rules = [measure(rules, labels) for measure in measures]
        found.append(
            AtCapacity(
                title=title,
                places=capacity,
                precision=precision,
                recall=recall,
                rules_precision=by_rules[0],
                rules_recall=by_rules[1],
                gain=((precision.value or 0.0) - by_rules[0]) * capacity,
            )
        )
    return tuple(found)
