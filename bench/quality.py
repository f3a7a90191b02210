"""How good is the matching, on towns of two makers, beside plain Splink and the goals?

Usage: python -m bench.quality [HOUSEHOLDS]    (default: 6000)

One maker is the product's own; the other was written by somebody who had not seen the matching
(`bench.other_council`). No label of either is read by the matching: it gets the extracts alone.
"""

import sys

from rich.console import Console
from rich.table import Table

from bench.quality_towns import (
    CARELESS,
    FAR_DIRTIER,
    FEWEST_TRUE_PAIRS,
    SPLINK_THRESHOLD,
    Goals,
    Quality,
    Town,
    quality_of,
    towns_of,
)

HOUSEHOLDS = 6_000

_HEADINGS = (
    "persons\nprecision",
    "\nrecall",
    "\nF1 (95%)",
    "households\nF1",
    "for contact\nprecision",
    "groups\ngap",
    "Splink\npersons",
    "\nhouseholds",
)
_NOTE = f"""* misses the goal.
For contact: links between persons of households that are confirmed or strong.
Gap: the highest recall of a group of names less the lowest, of groups with {FEWEST_TRUE_PAIRS} true pairs
or more; its goals are for 20,000 households.
Splink: F1, set up as its documentation shows, at p >= {SPLINK_THRESHOLD}."""


def main(households: int) -> None:
    said = Console(stderr=True, highlight=False)
    table = Table(f"{households:,} households", *_HEADINGS, box=None, padding=(0, 2))
    for town in towns_of(households, lambda words: said.print(words, style="dim")):
        table.add_row(*_cells(town, quality_of(town, lambda words: said.print(words, style="dim"))))
    for name, goals in (("goals, careless", CARELESS), ("goals, far dirtier", FAR_DIRTIER)):
        table.add_row(name, *_goal_cells(goals), style="dim")
    console = Console(highlight=False, width=150)
    console.print(table)
    console.print(_NOTE)


def _cells(town: Town, found: Quality) -> list[str]:
    persons, goals = found.persons, town.goals
    interval = f"({persons['f1_low']:.4f} to {persons['f1_high']:.4f})"
    return [
        town.name,
        f"{persons['precision']:.4f}",
        f"{persons['recall']:.4f}",
        f"{_marked(persons['f1'], missed=persons['f1'] < goals.persons)} {interval}",
        _marked(found.households, missed=found.households < goals.households),
        _marked(found.contact, missed=found.contact < goals.contact),
        _marked(found.gap, missed=found.gap > goals.gap),
        f"{found.splink_persons:.4f}",
        f"{found.splink_households:.4f}",
    ]


def _marked(value: float, *, missed: bool) -> str:
    return f"{value:.4f}{'*' if missed else ''}"


def _goal_cells(goals: Goals) -> list[str]:
    least = (goals.persons, goals.households, goals.contact)
    return ["", "", *(f">= {value}" for value in least), f"<= {goals.gap}"]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else HOUSEHOLDS)
