"""A comparison as a page that stands alone: plots, and the same figures in tables."""

from collections.abc import Iterator, Sequence

from rules.telling.html_page import bullets, page, paragraph, table, text
from triage.impact.plots import Pair, gained_and_lost, side_by_side
from triage.impact.result import GroupLine, Impact, Line
from triage.impact.text import (
    by_difference,
    cost_headline,
    costs_that_change,
    headline,
    moved,
    pounds,
    rulebooks,
    shown,
)

_LARGEST = 20
"""Bars of one plot; the table has every line."""


def report(impact: Impact) -> str:
    """The report as HTML, without script or anything from elsewhere."""
    return page("What a change of the rules would do", _body(impact))


def _body(impact: Impact) -> Iterator[str]:
    yield paragraph(headline(impact), "lead")
    for told in rulebooks(impact):
        yield paragraph(told, "note")
    yield from _differences(impact)
    yield from _section("Interventions", "intervention", "i", impact.interventions)
    yield from _costs(impact)
    yield from _section("Rules", "rule", "r", impact.rules)
    yield from _section("Tiers", "tier", "t", impact.tiers)
    yield from _section("Teams", "team", "m", impact.teams)
    yield from _group("Wards", "Ward", "w", impact.wards)
    yield from _group("Tenure", "Tenure", "h", impact.tenures)
    yield from _group("Who lives there", "Household", "k", impact.kinds)
    yield from _load(impact)
    yield from _by_night(impact)
    yield from _changes(impact)
    yield "<h2>What the figures leave out</h2>"
    yield bullets(impact.notes)


def _differences(impact: Impact) -> Iterator[str]:
    yield "<h2>What the files say otherwise</h2>"
    if not impact.differences:
        yield paragraph("Rules and parameters say the same.")
        return
    rows = [(each.name, each.what, each.change) for each in impact.differences]
    yield table("Rules and parameters that differ", ("Name", "What", "Change"), rows)


def _section(heading: str, what: str, name: str, lines: Sequence[Line]) -> Iterator[str]:
    yield f"<h2>{text(heading)}</h2>"
    differing = moved(lines)
    if not differing:
        yield paragraph(f"No {what} reaches other households than before.")
        return
    yield _bars(name, f"Households that gain and lose, by {what}", differing)
    rows = [
        (line.title, line.key, shown(line.old), shown(line.new), shown(line.gained), shown(line.lost))
        for line in differing
    ]
    yield table(
        f"By {what}: the last night, and gained or lost on any night",
        (what.title(), "Id", "Old", "New", "Gained", "Lost"),
        rows,
        numbers=frozenset({2, 3, 4, 5}),
    )


def _costs(impact: Impact) -> Iterator[str]:
    yield "<h2>Cost by intervention</h2>"
    yield paragraph(cost_headline(impact))
    pairs = [
        Pair(line.title, (line.old_pence or 0) // 100, (line.new_pence or 0) // 100)
        for line in costs_that_change(impact.costs.lines)[:_LARGEST]
        if line.old_pence is not None and line.new_pence is not None
    ]
    if pairs:
        yield side_by_side("plot-costs", "Cost of the offers, in pounds, where it changes", pairs)
    rows = [
        (
            line.title,
            pounds(line.new_each),
            f"{line.old_offers:,}",
            f"{line.new_offers:,}",
            pounds(line.old_pence),
            pounds(line.new_pence),
            "confirmed" if line.confirmed else "not confirmed",
        )
        for line in by_difference(impact.costs.lines)
    ]
    heads = ("Intervention", "Each", "Old offers", "New offers", "Old cost", "New cost", "Figures")
    yield table("Cost by intervention over the replay", heads, rows, numbers=frozenset(range(1, 6)))


def _group(heading: str, what: str, name: str, lines: Sequence[GroupLine]) -> Iterator[str]:
    yield f"<h2>{text(heading)}</h2>"
    yield _bars(name, f"Households that gain and lose: {heading.lower()}", lines)
    yield table(
        f"{heading}: households that gain or lose an offer on any night",
        (what, "Households", "Gained", "Lost"),
        [(line.key, shown(line.households), shown(line.gained), shown(line.lost)) for line in lines],
        numbers=frozenset({1, 2, 3}),
    )


def _bars(name: str, title: str, lines: Sequence[Line] | Sequence[GroupLine]) -> str:
    """The largest lines as bars; a line with a figure that is not told has none."""
    pairs = [
        Pair(line.title if isinstance(line, Line) else line.key, line.gained, line.lost)
        for line in lines
        if line.gained is not None and line.lost is not None
    ]
    largest = sorted(pairs, key=lambda pair: (-pair.first - pair.second, pair.name))[:_LARGEST]
    return gained_and_lost(f"plot-{name}", title, largest) if largest else ""


def _load(impact: Impact) -> Iterator[str]:
    yield "<h2>Tier 3 load and capacity</h2>"
    if not impact.load:
        yield paragraph("No Tier 3 team would be asked to take a household under either rulebook.")
        return
    weeks = sorted({each.week for each in impact.load})
    pairs = [
        Pair(
            f"week from {week:%-d %B %Y}",
            sum(each.old_taken + each.old_waiting for each in impact.load if each.week == week),
            sum(each.new_taken + each.new_waiting for each in impact.load if each.week == week),
        )
        for week in weeks
    ]
    capacity = sum({each.team: each.capacity for each in impact.load}.values())
    yield side_by_side(
        "plot-load",
        "Households asked of Tier 3 teams each week, against the places of all those teams",
        pairs,
        limit=capacity,
        limit_name="places a week:",
    )
    rows = [
        (
            f"{each.week:%-d %B %Y}",
            each.title,
            *(
                f"{figure:,}"
                for figure in (
                    each.capacity,
                    each.old_taken,
                    each.old_waiting,
                    each.new_taken,
                    each.new_waiting,
                )
            ),
        )
        for each in impact.load
    ]
    heads = ("Week from", "Team", "Places", "Old: taken", "Old: waiting", "New: taken", "New: waiting")
    yield table("Tier 3 load by week and team", heads, rows, numbers=frozenset(range(2, 7)))


def _by_night(impact: Impact) -> Iterator[str]:
    yield "<h2>Night by night</h2>"
    pairs = [Pair(f"{each.as_of:%-d %B %Y}", each.old, each.new) for each in impact.by_night]
    yield side_by_side("plot-nights", "Households with at least one offer, by night", pairs)
    rows = [
        (f"{each.as_of:%-d %B %Y}", *(f"{n:,}" for n in (each.old, each.new, each.gained, each.lost)))
        for each in impact.by_night
    ]
    yield table(
        "Households by night",
        ("Night", "Old", "New", "Gained", "Lost"),
        rows,
        numbers=frozenset({1, 2, 3, 4}),
    )


def _changes(impact: Impact) -> Iterator[str]:
    yield "<h2>Who would change</h2>"
    if not impact.changes:
        yield paragraph("No household would gain or lose an offer.")
        return
    yield paragraph(f"The {len(impact.changes):,} most urgent of {impact.changes_in_all:,} changes.")
    rows = [
        (
            each.household_id,
            f"{each.change} {each.intervention.replace('_', ' ')}",
            f"{each.rule_id}: {each.because}",
            each.otherwise,
            f"{each.as_of:%-d %B %Y}",
            f"{each.nights:,}",
        )
        for each in impact.changes
    ]
    heads = ("Household", "Change", "Because", "Under the other rules", "Last night", "Nights")
    yield table("Changes with their reasons", heads, rows, numbers=frozenset({5}))
