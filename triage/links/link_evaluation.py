"""What labels say of a night's links, and whether they serve every kind of name alike."""

from dataclasses import dataclass
from datetime import date
from math import hypot

import polars as pl

from smart_record.linkage.measuring.link_errors import LinkErrors

LEAST_PAIRS = 30
"""A group of names with fewer true pairs is not told: chance would speak louder than the matching."""

GAP_GOAL = 0.02
"""The recall of no group of names shall lie further than this below another's."""

_GROUP = "group "


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelCoverage:
    """On how much a measurement rests.

    Attributes:
        rows: Labelled rows.
        known: How many of them have a link; why the others have none, the errors tell.
        of: Rows that have a link, labelled or not.
        people, households: How many the labels tell apart.
    """

    rows: int
    known: int
    of: int
    people: int
    households: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEvaluation:
    """A night's links measured on labels.

    Attributes:
        measured: `smart_record.linkage.measuring.evaluation.evaluate`.
        errors: What kinds of errors there are.
        curve: `smart_record.linkage.measuring.thresholds.threshold_curve`.
        bands: `smart_record.linkage.measuring.thresholds.calibration`.
    """

    council: str
    as_of: date
    night_id: str
    coverage: LabelCoverage
    measured: pl.DataFrame
    errors: LinkErrors
    curve: pl.DataFrame
    bands: pl.DataFrame

    def measures(self, unit: str) -> bool:
        """Whether the unit was measured: children only where some are named on two claims."""
        return not self.measured.filter(unit=unit).is_empty()

    def figures(self, unit: str, part: str = "all", *, rows: str = "labelled") -> dict[str, float | None]:
        """The measures of one part, by column of `measured`."""
        return self.measured.filter(unit=unit, rows=rows, part=part).row(0, named=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """One group of names; the figures are null where there are too few pairs to tell.

    Attributes:
        figures: A row of `evaluate` by column; None where the group is small.
    """

    name: str
    figures: dict[str, float | None] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFairness:
    """The groups of names side by side, for one unit.

    Attributes:
        gap: Highest recall less lowest, among groups that are told; null with fewer than two.
        gap_low, gap_high: Its 95% interval, as if the two groups had been named beforehand; null without one.
        lowest, highest: Their groups.
        apart: Whether the two 95% intervals do not overlap.
    """

    groups: tuple[GroupFigures, ...]
    gap: float | None
    gap_low: float | None
    gap_high: float | None
    lowest: str
    highest: str
    apart: bool


def group_name(group: str) -> str:
    """A group of names as it is written for people."""
    return group.replace("_", " ").title()


def link_fairness(measured: pl.DataFrame, unit: str, *, rows: str = "labelled") -> LinkFairness:
    """Set the groups of names side by side; small ones are named and not told.

    Args:
        measured: `smart_record.linkage.measuring.evaluation.evaluate`.
        unit: "persons" or "households".
        rows: "labelled" or "accepted".
    """
    of_groups = measured.filter(pl.col("part").str.starts_with(_GROUP), unit=unit, rows=rows).sort("part")
    groups = tuple(
        GroupFigures(
            name=group_name(row["part"].removeprefix(_GROUP)),
            figures=row if row["true_pairs"] >= LEAST_PAIRS else None,
        )
        for row in of_groups.to_dicts()
    )
    told = sorted(
        ((group.figures["recall"] or 0.0, group) for group in groups if group.figures is not None),
        key=lambda each: (each[0], each[1].name),
    )
    if len(told) < 2:
        none = dict.fromkeys(("gap", "gap_low", "gap_high"))
        return LinkFairness(groups=groups, **none, lowest="", highest="", apart=False)
    (least, lowest), (most, highest) = told[0], told[-1]
    assert lowest.figures is not None
    assert highest.figures is not None
    reach, start = lowest.figures["recall_high"], highest.figures["recall_low"]
    low, high = _of_difference(highest.figures, lowest.figures)
    return LinkFairness(
        groups=groups,
        gap=most - least,
        gap_low=low,
        gap_high=high,
        lowest=lowest.name,
        highest=highest.name,
        apart=reach is not None and start is not None and reach < start,
    )


def _of_difference(
    more: dict[str, float | None], less: dict[str, float | None]
) -> tuple[float | None, float | None]:
    """The 95% interval of a difference of two recalls, from the interval of each.

    The square-and-add method: Newcombe, Statistics in Medicine 17 (1998), method 10; for intervals of any
    kind, as here of redrawn households: Zou and Donner, Statistics in Medicine 27 (2008).
    """
    names = ("recall", "recall_low", "recall_high")
    told = [value for of in (more, less) for name in names if (value := of[name]) is not None]
    if len(told) < 2 * len(names):
        return None, None
    top, top_low, top_high, bottom, bottom_low, bottom_high = told
    down, up = hypot(top - top_low, bottom_high - bottom), hypot(top_high - top, bottom - bottom_low)
    return top - bottom - down, top - bottom + up
