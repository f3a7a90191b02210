"""Does the score serve everyone equally? Measured by group, with intervals, and said in words.

Groups are for the audit alone: none is a feature. One with fewer than 10 households or 30 outcomes is not
measured, since chance would speak louder than the score; small groups are measured together. That one group
is listed more often than another is no fault where its need is greater: what must not differ is how many of
those in need are found, how many are listed in vain, and whether shown chances are true.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from models.measures.metrics import Floats, expected_taken

LEAST_HOUSEHOLDS, LEAST_OUTCOMES = 10, 30
TOO_FEW = "too few to tell"
SMALL_TOGETHER = "smaller groups together"
NOT_KNOWN = "not known"
_DRAWS = 300

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "selection_share": "share listed",
        "recall": "outcomes found",
        "precision": "listed rightly",
        "false_positive_rate": "listed in vain",
        "calibration_gap": "shown less observed",
    }
)
"""What is measured for each group, and its heading."""
_JUDGED = ("recall", "precision", "false_positive_rate", "calibration_gap")
"""Measures that should not differ; the share listed follows need."""
_LEAST_TOLD = 0.01
"""A difference below one point is not worth words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with the range that holds it in 19 of 20 redrawings; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group of households.

    Attributes:
        attribute: What it is a group by; "" for all households.
        name: The group.
        households: How many; None where fewer than 10.
        outcomes: How many had the outcome; None where fewer than 10.
        estimates: By measure; empty where there are too few to tell.
    """

    attribute: str
    name: str
    households: int | None
    outcomes: int | None
    estimates: Mapping[str, Estimate]

    @property
    def too_few(self) -> bool:
        """Whether chance would speak louder than the score."""
        return not self.estimates


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """The audit.

    Attributes:
        capacity: Households on the list that is judged.
        everyone: All households together.
        groups: By attribute and name.
        findings: In words, what was found, and how far it can be relied on.
    """

    capacity: int
    everyone: Group
    groups: tuple[Group, ...]
    findings: tuple[str, ...]


def audit_fairness(
    scored: pl.DataFrame, attributes: Sequence[str], *, capacity: int, seed: int = 0
) -> Fairness:
    """Compare a list of the highest-scored households over groups.

    Args:
        scored: One row per household. Columns: raw_score, probability, outcome (bool), and one str per
            attribute (null = not known).
        attributes: Columns that households are grouped by.
        capacity: Households on the list; ties at its end count by expectation.
        seed: For the redrawings.
    """
    ordered = scored.sort("raw_score", "probability", "outcome", *attributes)
    raw = ordered.get_column("raw_score").to_numpy()
    rows = np.column_stack(
        [
            np.ones(len(raw)),
            ordered.get_column("outcome").cast(pl.Float64).to_numpy(),
            expected_taken(raw, capacity=capacity),
            ordered.get_column("probability").to_numpy(),
        ]
    )
    everyone = _measured("", "everyone", rows, seed)
    groups = tuple(
        group
        for attribute in attributes
        for group in _groups_of(attribute, ordered.get_column(attribute), rows, seed)
    )
    return Fairness(capacity=capacity, everyone=everyone, groups=groups, findings=_findings(everyone, groups))


def _groups_of(attribute: str, names: pl.Series, rows: Floats, seed: int) -> list[Group]:
    filled = names.fill_null(NOT_KNOWN).to_numpy()
    found = [_measured(attribute, name, rows[filled == name], seed) for name in sorted(set(filled))]
    small = [group.name for group in found if group.too_few]
    if 1 < len(small) < len(found):
        together = _measured(attribute, SMALL_TOGETHER, rows[np.isin(filled, small)], seed)
        found.append(together)
    return found


def _measured(attribute: str, name: str, rows: Floats, seed: int) -> Group:
    outcomes = int(rows[:, 1].sum())
    told = len(rows) >= LEAST_HOUSEHOLDS and outcomes >= LEAST_OUTCOMES
    return Group(
        attribute=attribute,
        name=name,
        households=len(rows) if len(rows) >= LEAST_HOUSEHOLDS else None,
        outcomes=outcomes if outcomes >= LEAST_HOUSEHOLDS else None,
        estimates=_estimates(rows, seed) if told else {},
    )


def _estimates(rows: Floats, seed: int) -> dict[str, Estimate]:
    value = _figures(_sums(rows)[None, :])[0]
    generator = np.random.default_rng(seed)
    drawn = np.array([_sums(rows[generator.integers(0, len(rows), len(rows))]) for _ in range(_DRAWS)])
    redrawn = _figures(drawn)
    return {
        name: _estimate(value[at], redrawn[np.isfinite(redrawn[:, at]), at])
        for at, name in enumerate(MEASURES)
    }


def _estimate(value: float, redrawn: Floats) -> Estimate:
    if not np.isfinite(value) or len(redrawn) < _DRAWS / 2:
        return Estimate(value=None, low=None, high=None)
    low, high = np.quantile(redrawn, (0.025, 0.975))
    return Estimate(value=round(float(value), 6), low=round(float(low), 6), high=round(float(high), 6))


def _sums(rows: Floats) -> Floats:
    """Households, outcomes, listed, listed with the outcome, and chances, added up."""
    households, outcomes, listed, chances = rows.T
    return np.array(
        [households.sum(), outcomes.sum(), listed.sum(), (listed * outcomes).sum(), chances.sum()]
    )


def _figures(sums: Floats) -> Floats:
    """The measures in the order of `MEASURES`, one row for each row of sums; NaN where not defined."""
    households, outcomes, listed, rightly, chances = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.column_stack(
            [
                listed / households,
                rightly / outcomes,
                rightly / listed,
                (listed - rightly) / (households - outcomes),
                (chances - outcomes) / households,
            ]
        )


def _findings(everyone: Group, groups: Sequence[Group]) -> tuple[str, ...]:
    if everyone.too_few:
        return (f"All together have fewer than {LEAST_OUTCOMES} outcomes: {TOO_FEW}.",)
    judged = [group for group in groups if not group.too_few]
    words = [
        sentence
        for group in judged
        for name in _JUDGED
        if (sentence := _difference(group, name, everyone.estimates[name].value))
    ]
    compared = len(judged) * len(_JUDGED)
    by_chance = f"of {compared} comparisons about {round(compared / 20)} would stand out by chance alone"
    opening = (
        f"{len(words)} differences stand out; {by_chance}."
        if words
        else f"No group differs from all by more than chance explains ({by_chance})."
    )
    small = [f"{group.attribute.replace('_', ' ')} {group.name}" for group in groups if group.too_few]
    closing = [f"{TOO_FEW.capitalize()}: {', '.join(small)}."] if small else []
    return (opening, *words, *closing)


def _difference(group: Group, name: str, usual: float | None) -> str:
    """One sentence where the group's interval does not hold what is usual; else nothing."""
    found = group.estimates[name]
    fair = 0.0 if name == "calibration_gap" else usual
    if found.value is None or found.low is None or found.high is None or fair is None:
        return ""
    if found.low <= fair <= found.high or abs(found.value - fair) < _LEAST_TOLD:
        return ""
    who = f"{group.attribute.replace('_', ' ').capitalize()} {group.name.replace('_', ' ')}"
    interval = f"19 in 20: {found.low:.1%} to {found.high:.1%}"
    match name:
        case "recall":
            side = "more" if found.value > fair else "fewer"
            return (
                f"{who}: the list finds {side} of those who had the outcome, {found.value:.0%} ({interval});"
                f" {fair:.0%} of all."
            )
        case "precision":
            side = "more" if found.value > fair else "fewer"
            return (
                f"{who}: {side} of those listed had the outcome, {found.value:.0%} ({interval});"
                f" {fair:.0%} of all."
            )
        case "false_positive_rate":
            side = "more" if found.value > fair else "fewer"
            return (
                f"{who}: {side} of those without an outcome are listed, {found.value:.1%} ({interval});"
                f" {fair:.1%} of all."
            )
        case _:
            side = "too high" if found.value > 0 else "too low"
            return f"{who}: shown chances are {abs(found.value):.1%} {side} on average ({interval})."
