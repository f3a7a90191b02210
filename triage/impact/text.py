"""A comparison as tables for the terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table

from triage.impact.result import GroupLine, Impact, Line

_MOST = 15


class ImpactText:
    """Renders a comparison; a view over `Impact`, nothing more."""

    def __init__(self, impact: Impact) -> None:
        self._impact = impact

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The tables, top to bottom."""
        impact = self._impact
        yield headline(impact)
        for each in impact.differences:
            yield f"  {each.what} {each.name}: {each.change}"
        for name, lines in (
            ("Rule", impact.rules),
            ("Intervention", impact.interventions),
            ("Tier", impact.tiers),
            ("Team", impact.teams),
        ):
            yield from _lines(name, lines)
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
    table = _table(name, "old", "new", "gained", "lost", "", numbers=4)
    for line in differing:
        figures = (line.old, line.new, line.gained, line.lost)
        table.add_row(line.key, *map(shown, figures), line.title)
    yield table


def _groups(name: str, groups: Sequence[GroupLine]) -> Iterator[Table]:
    if any(line.gained != 0 or line.lost != 0 for line in groups):
        table = _table(name, "households", "gained", "lost", numbers=3)
        for line in groups:
            table.add_row(line.key, *map(shown, (line.households, line.gained, line.lost)))
        yield table


def _load(impact: Impact) -> Table:
    table = _table("Tier 3, week from", "old: taken", "waiting", "new: taken", "waiting", numbers=4)
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
    table = _table("Household", "", "intervention", "rule", "because", "otherwise", numbers=0)
    for each in impact.changes[:_MOST]:
        table.add_row(
            each.household_id, each.change, each.intervention, each.rule_id, each.because, each.otherwise
        )
    yield table


def _table(first: str, *others: str, numbers: int) -> Table:
    table = Table(box=None, padding=(0, 2), header_style="bold")
    table.add_column(first)
    for position, name in enumerate(others):
        table.add_column(name, justify="right" if position < numbers else "left")
    return table
