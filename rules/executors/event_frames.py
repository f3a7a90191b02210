"""Conditions on events over a whole night: one Boolean column for each, null where it is not known.

Everything is a window over the rows of one household in the order of their days, and a grouping by household,
which every frame library and database offers alike. Days stay dates and are moved by whole days, since only
that is the same everywhere.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any, TypeAlias

import narwhals as nw

from rules.language.event_tree import Followed, Happened, Pattern, events_of
from rules.language.tree import Literal
from rules.meaning.patterns import days_of, first_day
from smart_record.events import EVER
from smart_record.facts.terms.catalogue import column_of

Frame: TypeAlias = nw.LazyFrame[Any]

_DAY = nw.col("happened_on")
_NEVER = EVER - timedelta(days=1)


def pattern_column(pattern: Pattern) -> str:
    """The column of a bound pattern, the same for equal ones: `rent__payment_missed_2_within_90_last_365`."""
    names = "_then_".join(map(column_of, events_of(pattern)))
    count = f"_{_count(pattern)}" if isinstance(pattern, Happened) else ""
    windows = (("within", days_of(pattern.within)), ("last", days_of(pattern.lately)))
    return f"{names}{count}" + "".join(f"_{word}_{days}" for word, days in windows if days is not None)


def pattern_truths(patterns: Sequence[Pattern], happened: Frame, reach: Frame, *, as_of: date) -> Frame:
    """The truth of bound patterns for every household.

    Args:
        patterns: Bound, each once.
        happened: As `smart_record.events.Events.happened`; household_id, event and happened_on are read.
        reach: As `smart_record.events.Events.reach`.
        as_of: Nothing that happened later counts.

    Returns:
        One row a household of `reach`, in no order. Columns: household_id, and for each pattern its
        `pattern_column`.
    """
    names = sorted({name for pattern in patterns for name in events_of(pattern)})
    events = happened.select("household_id", "event", "happened_on").filter(
        nw.col("event").is_in(names), nw.col("happened_on") <= as_of
    )
    parts = {f"last_{column_of(name)}": events.filter(nw.col("event") == name) for name in names}
    parts |= {f"met_{pattern_column(each)}": _matching(each, events, as_of) for each in patterns}
    known = reach.select("household_id", *map(column_of, names)).join(
        _days_of(parts), on="household_id", how="left"
    )
    truths = [_truth(pattern, as_of).alias(pattern_column(pattern)) for pattern in patterns]
    return known.select("household_id", *truths)


def _matching(pattern: Pattern, events: Frame, as_of: date) -> Frame:
    """The events that complete a pattern; each looks back at the latest that could begin it."""
    if isinstance(pattern, Followed):
        begins, completes = (nw.col("event") == each.name for each in (pattern.first, pattern.then))
        # On one day the earlier event of the pattern comes first.
        began = nw.when(begins).then(_DAY).otherwise(nw.lit(_NEVER)).cum_max()
        ordered = events.filter(begins | completes).with_columns(later=completes.cast(nw.Int64))
        placed = ordered.with_columns(began=began.over("household_id", order_by=["happened_on", "later"]))
        found = placed.filter(nw.col("event") == pattern.then.name)
    else:
        began = _DAY.shift(_count(pattern) - 1).over("household_id", order_by="happened_on")
        found = events.filter(nw.col("event") == pattern.event.name).with_columns(began=began)
    found = found.filter(nw.col("began") >= first_day(pattern, as_of))
    if (within := days_of(pattern.within)) is not None:
        found = found.filter(nw.col("began").dt.offset_by(f"{within}d") >= _DAY)
    return found


def _days_of(parts: dict[str, Frame]) -> Frame:
    """The last day of each part, by household, in columns of their names."""
    told = nw.concat(
        [
            part.select("household_id", "happened_on", part=nw.lit(at, dtype=nw.Int64))
            for at, part in enumerate(parts.values())
        ]
    )
    marked = told.with_columns(
        nw.when(nw.col("part") == at).then(_DAY).alias(name) for at, name in enumerate(parts)
    )
    return marked.group_by("household_id").agg(nw.col(name).max() for name in parts)


def _truth(pattern: Pattern, as_of: date) -> nw.Expr:
    """Met; or not met where one of its events is known not to be there, or all are known; else null."""
    met = ~nw.col(f"met_{pattern_column(pattern)}").is_null()
    first = first_day(pattern, as_of)
    complete, absent = [], []
    for name in map(column_of, events_of(pattern)):
        since = nw.col(name)
        reaches = ~since.is_null() if pattern.lately is None else (since <= first).fill_null(value=False)
        complete.append(reaches)
        absent.append(reaches & ~(nw.col(f"last_{name}") >= first).fill_null(value=False))
    settled = reduce(or_, [*absent, reduce(and_, complete)])
    truth: nw.Expr = met | (~settled & nw.lit(None, dtype=nw.Boolean))
    return truth


def _count(pattern: Happened) -> int:
    assert isinstance(pattern.count, Literal)
    return int(str(pattern.count.value))
