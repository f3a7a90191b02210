"""A comparison as tables for the terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table

from triage.impact.result import CostLine, GroupLine, Impact, Line
from triage.table_text import a_table

_MOST = 15


class ImpactText:
    """Renders a comparison; a view over `Impact`, nothing more."""

    def __init__(self, impact: Impact) -> None:
        self._impact = impact

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The tables, top to bottom."""
        impact = self._impact
        yield headline(impact)
        yield from rulebooks(impact)
        for each in impact.differences:
            yield f"  {each.what} {each.name}: {each.change}"
        for name, lines in (
            ("Rule", impact.rules),
            ("Intervention", impact.interventions),
            ("Tier", impact.tiers),
            ("Team", impact.teams),
        ):
            yield from _lines(name, lines)
        yield _costs(impact)
        yield cost_headline(impact)
        for name, groups in (("Ward", impact.wards), ("Tenure", impact.tenures), ("Who", impact.kinds)):
            yield from _groups(name, groups)
        yield _load(impact)
        yield from _changes(impact)
        yield from impact.notes


def headline(impact: Impact) -> str:
    """The whole in two sentences."""
    first, last = impact.nights[0], impact.nights[-1]
    nights = f"the night of {last:%-d %B %Y}"
    if len(impact.nights) > 1:
        nights = f"{len(impact.nights)} nights from {first:%-d %B %Y} to {last:%-d %B %Y}"
    return (
        f"Replayed on {nights}, {impact.households:,} households: {impact.households_gaining:,} would gain "
        f"an offer of help, {impact.households_losing:,} would lose one. This suggests; a person decides."
    )


def rulebooks(impact: Impact) -> tuple[str, str]:
    """Which two rulebooks are compared, as the council knows them."""
    old, new = (
        f"{which}: {each.name} ({each.content_hash[:12]}, {each.rules} rules)."
        for which, each in (("Old rules", impact.old), ("New rules", impact.new))
    )
    return old, new


def cost_headline(impact: Impact) -> str:
    """The sums, what is not in them and how sure they are."""
    costs = impact.costs
    told = (
        f"Over the replay the old rules' offers cost the council {pounds(costs.old_pence)}, "
        f"the new ones' {pounds(costs.new_pence)}."
    )
    if costs.without_figure:
        told += f" Not in it, for want of a figure: {', '.join(costs.without_figure)}."
    if not costs.confirmed:
        told += " Some unit costs are examples that nobody has confirmed: see the parameters."
    return told


def pounds(pence: int | None) -> str:
    """An amount as it is told."""
    return "no figure" if pence is None else f"£{pence / 100:,.2f}"


def _costs(impact: Impact) -> Table:
    table = a_table(
        "Cost by intervention", "each", "old offers", "new offers", "old cost", "new cost", "", numbers=5
    )
    for line in costs_that_change(impact.costs.lines):
        table.add_row(
            line.key,
            pounds(line.new_each),
            f"{line.old_offers:,}",
            f"{line.new_offers:,}",
            pounds(line.old_pence),
            pounds(line.new_pence),
            "" if line.confirmed else "not confirmed",
        )
    return table


def costs_that_change(lines: Sequence[CostLine]) -> list[CostLine]:
    """Lines whose cost differs, or can't be told on one side; the largest difference first."""
    return [line for line in by_difference(lines) if line.old_pence != line.new_pence]


def by_difference(lines: Sequence[CostLine]) -> list[CostLine]:
    """Lines by how much their cost differs, then by cost, then by id."""
    return sorted(lines, key=_rank)


def _rank(line: CostLine) -> tuple[int, int, str]:
    old, new = line.old_pence or 0, line.new_pence or 0
    return (-abs(new - old), -max(old, new), line.key)


def shown(count: int | None) -> str:
    """A count as it is told."""
    return "withheld" if count is None else f"{count:,}"


def moved(lines: Sequence[Line]) -> list[Line]:
    """Lines that differ."""
    return [line for line in lines if line.old != line.new or line.gained != 0 or line.lost != 0]


def _lines(name: str, lines: Sequence[Line]) -> Iterator[Table | str]:
    differing = moved(lines)
    if not differing:
        yield f"{name}: no difference."
        return
    table = a_table(name, "old", "new", "gained", "lost", "", numbers=4)
    for line in differing:
        figures = (line.old, line.new, line.gained, line.lost)
        table.add_row(line.key, *map(shown, figures), line.title)
    yield table


def _groups(name: str, groups: Sequence[GroupLine]) -> Iterator[Table]:
    if any(line.gained != 0 or line.lost != 0 for line in groups):
        table = a_table(name, "households", "gained", "lost", numbers=3)
        for line in groups:
            table.add_row(line.key, *map(shown, (line.households, line.gained, line.lost)))
        yield table


def _load(impact: Impact) -> Table:
    table = a_table("Tier 3, week from", "old: taken", "waiting", "new: taken", "waiting", numbers=4)
    for week in sorted({each.week for each in impact.load}):
        loads = [each for each in impact.load if each.week == week]
        figures = (
            sum(each.old_taken for each in loads),
            sum(each.old_waiting for each in loads),
            sum(each.new_taken for each in loads),
            sum(each.new_waiting for each in loads),
        )
        table.add_row(f"{week:%-d %B %Y}", *(f"{figure:,}" for figure in figures))
    return table


def _changes(impact: Impact) -> Iterator[Table | str]:
    if not impact.changes:
        yield "No household would gain or lose an offer."
        return
    yield f"The most urgent of {impact.changes_in_all:,} changes (more with -o report.html or --json):"
    table = a_table("Household", "", "intervention", "rule", "because", "otherwise", numbers=0)
    for each in impact.changes[:_MOST]:
        table.add_row(
            each.household_id, each.change, each.intervention, each.rule_id, each.because, each.otherwise
        )
    yield table
