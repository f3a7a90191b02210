"""What labels say of the links, in sentences: the first thing a report and the terminal tell."""

from smart_record.linkage.measuring.evaluation import FOR_CONTACT
from triage.links.link_evaluation import GAP_GOAL, LEAST_PAIRS, LinkEvaluation, LinkFairness, link_fairness
from triage.papers.link_figures import ranged

_ALIKE = 0.0005
"""Shares that differ by less are written with the same figure."""


def in_short(found: LinkEvaluation) -> tuple[str, ...]:
    """How good the links are and whom they serve, and on how many labels that rests."""
    persons = found.figures("persons")
    contact, homes = (found.figures(unit, FOR_CONTACT) for unit in ("persons", "households"))
    return (
        _labels(found),
        *(
            f"{unit.capitalize()}: of the links made, {ranged(figures, 'precision')} are right; of the links"
            f" there are between {rows} of one {one}, {ranged(figures, 'recall')} are made."
            for unit, rows, one, figures in (
                ("persons", "rows", "person", persons),
                ("households", "records", "household", found.figures("households")),
            )
        ),
        (
            f"Of the links sure enough to contact a household by, {ranged(contact, 'precision')} of those of"
            f" persons are right, and {ranged(homes, 'precision')} of those of households; they are"
            f" {ranged(contact, 'recall')} and {ranged(homes, 'recall')} of the links there are. The others"
            " wait for an officer."
        ),
        gap_words(link_fairness(found.measured, "persons"), "links between rows of one person"),
    )


def _labels(found: LinkEvaluation) -> str:
    held = found.coverage
    unread = held.rows - held.known
    told = (
        f"The labels name {held.rows:,} rows: {held.people:,} people in {held.households:,} households. Of"
        f" the {held.of:,} rows of the night they say who {held.known:,} are"
    )
    if not unread:
        return f"{told}."
    why = found.errors.unlinked.group_by("why").len().sort("why").iter_rows()
    reasons = "; ".join(f"{rows:,} {reason}" for reason, rows in why)
    return f"{told}; {unread:,} labelled rows have no link, which counts as missed: {reasons}."


def gap_words(fairness: LinkFairness, what: str) -> str:
    """Whether the matching finds as much for every group of names."""
    small = [group.name for group in fairness.groups if group.figures is None]
    few = f" Too few true links to tell (fewer than {LEAST_PAIRS}): {', '.join(small)}." if small else ""
    if not fairness.groups:
        return "The labels have no column group, so whether every kind of name is served alike can't be told."
    if fairness.gap is None:
        two = f"Fewer than two groups of names have {LEAST_PAIRS} true links or more"
        return f"{two}: fairness can't be told.{few}"
    if fairness.gap < _ALIKE:
        told = [group for group in fairness.groups if group.figures is not None]
        return f"Of the {what}, as many are found for each of the {len(told)} groups of names.{few}"
    return (
        f"Of the {what}, most are found for names of the group {fairness.highest}, fewest for"
        f" {fairness.lowest}: a gap of {_points(fairness)}. {_chance(fairness)} {_beside_goal(fairness)}{few}"
    )


def _chance(fairness: LinkFairness) -> str:
    """Whether chance alone may have put the two groups so far apart."""
    if fairness.apart:
        return "Their ranges do not overlap: the difference is not chance."
    if fairness.gap_low is None or fairness.gap_low <= 0:
        return "Their ranges overlap: so far chance may explain it."
    told = sum(group.figures is not None for group in fairness.groups)
    return (
        f"No gap at all is outside its range, but the two lie furthest apart of {told} groups: chance may"
        " still explain it."
    )


def _points(fairness: LinkFairness) -> str:
    gap, low, high = (
        None if share is None else f"{100 * share:.1f}"
        for share in (fairness.gap, fairness.gap_low, fairness.gap_high)
    )
    return f"{gap} points" if low is None else f"{gap} points ({low} to {high})"


def _beside_goal(fairness: LinkFairness) -> str:
    """Whether the gap is within the goal, and whether its interval lies on the same side."""
    gap, low, high = fairness.gap or 0.0, fairness.gap_low or 0.0, fairness.gap_high or 1.0
    goal = f"The goal, at most {100 * GAP_GOAL:.0f} points, is"
    if gap <= GAP_GOAL:
        return f"{goal} met." if high <= GAP_GOAL else f"{goal} met; a wider gap is not ruled out."
    return f"{goal} not met." if low > GAP_GOAL else f"{goal} not met; a gap within it is not ruled out."
