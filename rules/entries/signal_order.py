"""Signals in an order in which each comes after those it reads; circles are found and named."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from rules.language.model import Signal
from rules.language.tree import signals_read


def in_order(signals: Mapping[str, Signal]) -> tuple[dict[str, Signal], list[tuple[Signal, list[str]]]]:
    """The signals that can be computed, in order, and each circle with the signal it is told at.

    A signal that reads a faulty or circular one is left out: the fault is told at the other.
    """
    waiting = dict(signals)
    circles = []
    while True:
        graph = {
            name: sorted(signals_read(signal.when) & waiting.keys())
            for name, signal in sorted(waiting.items())
        }
        try:
            order = list(TopologicalSorter(graph).static_order())
            break
        except CycleError as error:
            circle = list(reversed(error.args[1]))
            at = min(circle)
            turn = circle.index(at)
            circles.append((waiting[at], [*circle[turn:-1], *circle[: turn + 1]]))
            for name in circle[:-1]:
                waiting.pop(name, None)
    ordered: dict[str, Signal] = {}
    for name in order:
        if signals_read(waiting[name].when) <= ordered.keys():
            ordered[name] = waiting[name]
    return ordered, circles
