"""What the offers of two rulebooks would cost the council, by intervention, from dated unit costs."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from rules import Rulebook
from triage.impact.changes import Side
from triage.impact.result import CostLine, Costs


def costs(old: Side, new: Side, *, as_of: date) -> Costs:
    """What two rulebooks' offers cost, by intervention and in all; see `cost_lines`."""
    lines = cost_lines(old, new, as_of=as_of)
    told = [line for line in lines if line.old_pence is not None and line.new_pence is not None]
    return Costs(
        lines=lines,
        old_pence=sum(line.old_pence or 0 for line in told),
        new_pence=sum(line.new_pence or 0 for line in told),
        confirmed=all(line.confirmed for line in told),
        without_figure=tuple(line.title for line in lines if line not in told),
    )


def cost_lines(old: Side, new: Side, *, as_of: date) -> tuple[CostLine, ...]:
    """Cost by intervention that either rulebook offers, in the order of their ids.

    An offer that stands for several nights is one offer: it costs once in the replay.

    Args:
        old: The old rulebook with its replay; `new` the new one.
        new: See above.
        as_of: The date on which unit costs are looked at.
    """
    before, after = _offers(old), _offers(new)
    return tuple(
        _line(key, (old.rulebook, before.get(key, 0)), (new.rulebook, after.get(key, 0)), as_of)
        for key in sorted(before.keys() | after.keys())
    )


def _line(key: str, old: tuple[Rulebook, int], new: tuple[Rulebook, int], as_of: date) -> CostLine:
    (before, old_offers), (after, new_offers) = old, new
    old_each, new_each = _unit_cost(key, before, as_of), _unit_cost(key, after, as_of)
    return CostLine(
        key=key,
        title=(after.interventions.get(key) or before.interventions[key]).title,
        old_offers=old_offers,
        new_offers=new_offers,
        old_each=old_each,
        new_each=new_each,
        old_pence=None if old_each is None else old_each * old_offers,
        new_pence=None if new_each is None else new_each * new_offers,
        confirmed=_confirmed(key, before, as_of) and _confirmed(key, after, as_of),
    )


def _offers(side: Side) -> dict[str, int]:
    """Offers of each intervention: households to whom it is offered on any night."""
    counted = side.offers.group_by("intervention").agg(count=pl.col("household_id").n_unique())
    return dict(counted.iter_rows())


def _dated(key: str, rulebook: Rulebook, as_of: date) -> Iterator[tuple[int, bool] | None]:
    named = rulebook.interventions.get(key)
    for name in named.costs if named else ():
        parameter = rulebook.parameters[name]
        if parameter.values[0].in_force_from > as_of:
            yield None
            continue
        dated = parameter.dated_on(as_of)
        assert isinstance(dated.value, int)
        yield dated.value, dated.confirmed


def _unit_cost(key: str, rulebook: Rulebook, as_of: date) -> int | None:
    """Pence of one, None where nobody says; nothing where the rulebook has no such intervention."""
    if key not in rulebook.interventions:
        return 0
    found = list(_dated(key, rulebook, as_of))
    return None if not found or None in found else sum(each[0] for each in found if each)


def _confirmed(key: str, rulebook: Rulebook, as_of: date) -> bool:
    return all(each is not None and each[1] for each in _dated(key, rulebook, as_of))
