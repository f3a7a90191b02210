"""Households gained and lost, counted a whole column at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from triage.impact.result import SMALLEST, GroupLine, Line, NightLine

GAINED, LOST = "gained", "lost"


def changed(old: pl.DataFrame, new: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """What one frame has and the other hasn't.

    Args:
        old: Holds `keys`; so does `new`.
        keys: What makes two rows the same.

    Returns: `keys` and `change` (gained or lost), one row per key.
    """
    before, after = old.select(keys).unique(), new.select(keys).unique()
    return pl.concat(
        [
            after.join(before, on=keys, how="anti").with_columns(change=pl.lit(GAINED)),
            before.join(after, on=keys, how="anti").with_columns(change=pl.lit(LOST)),
        ]
    )


def lines(old: pl.DataFrame, new: pl.DataFrame, by: str, titles: Mapping[str, str]) -> tuple[Line, ...]:
    """Households by a column: on the last night, and gained or lost on any.

    Args:
        old: Columns as_of, household_id and `by`; so has `new`.
        by: The column.
        titles: Of every key that is to have a line, in their order.
    """
    keys = ["as_of", "household_id", by]
    moved = _households(changed(old, new, keys), by, "change")
    last = max((day for frame in (old, new) if (day := frame["as_of"].max()) is not None), default=None)
    before, after = (_households(frame.filter(pl.col("as_of") == last), by) for frame in (old, new))
    return tuple(
        Line(
            key=key,
            title=title,
            old=before.get((key,), 0),
            new=after.get((key,), 0),
            gained=moved.get((key, GAINED), 0),
            lost=moved.get((key, LOST), 0),
        )
        for key, title in titles.items()
    )


def group_lines(moved: pl.DataFrame, groups: pl.DataFrame, by: str) -> tuple[GroupLine, ...]:
    """Households of each group that gain or lose an offer; small figures are not told.

    Args:
        moved: Columns household_id, change.
        groups: One row per household_id, with the column `by`; null is not known.
        by: The column.
    """
    known = groups.with_columns(pl.col(by).fill_null("not known"))
    sizes = _households(known, by)
    counts = _households(moved.join(known, on="household_id", how="inner"), by, "change")
    keys = sorted(str(key) for (key,) in sizes)
    columns = [
        told([sizes[key,] for key in keys]),
        told([counts.get((key, GAINED), 0) for key in keys]),
        told([counts.get((key, LOST), 0) for key in keys]),
    ]
    return tuple(
        GroupLine(key=key, households=size, gained=gained, lost=lost)
        for key, size, gained, lost in zip(keys, *columns, strict=True)
    )


def told(counts: Sequence[int]) -> list[int | None]:
    """Counts of one column, without those from 1 to 4.

    Where just one would be left out, the next smallest is left out too: the total would give it away.
    """
    hidden = [at for at, count in enumerate(counts) if 0 < count < SMALLEST]
    if len(hidden) == 1:
        others = [(count, at) for at, count in enumerate(counts) if count >= SMALLEST]
        hidden += [at for _, at in sorted(others)[:1]]
    return [None if at in hidden else count for at, count in enumerate(counts)]


def without_small(found: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without figures from 1 to 4."""
    columns = [told([getattr(line, name) for line in found]) for name in ("old", "new", GAINED, LOST)]
    return tuple(
        replace(line, old=old, new=new, gained=gained, lost=lost)
        for line, old, new, gained, lost in zip(found, *columns, strict=True)
    )


def night_lines(old: pl.DataFrame, new: pl.DataFrame, nights: Sequence[date]) -> tuple[NightLine, ...]:
    """Households with any offer, by night, and how many gain or lose at least one offer that night."""
    moved = changed(old, new, ["as_of", "household_id", "intervention"])
    before, after = _households(old, "as_of"), _households(new, "as_of")
    both = _households(moved, "as_of", "change")
    return tuple(
        NightLine(
            as_of=night,
            old=before.get((night,), 0),
            new=after.get((night,), 0),
            gained=both.get((night, GAINED), 0),
            lost=both.get((night, LOST), 0),
        )
        for night in nights
    )


def _households(frame: pl.DataFrame, *by: str) -> dict[tuple[object, ...], int]:
    """Distinct households by the values of columns; keys other than dates are text."""
    counted = frame.group_by(by).agg(count=pl.col("household_id").n_unique())
    return {
        tuple(each if isinstance(each, date) else str(each) for each in key): count
        for *key, count in counted.iter_rows()
    }
