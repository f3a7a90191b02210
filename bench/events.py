"""Conditions on events over a million households, on polars and on DuckDB, by how many conditions there are.

Usage: python -m bench.events [HOUSEHOLDS]    (default: 1000000, each with 8 events)
"""

import random
import sys
import time
from datetime import date, timedelta

import duckdb
import narwhals as nw
import numpy as np
import polars as pl
from rich.console import Console

from rules.executors.event_frames import pattern_truths
from rules.language.event_tree import EventName, Followed, Happened, Length, Pattern
from rules.language.tree import Literal
from smart_record.events import EVER, Events
from smart_record.facts.terms.catalogue import FactType

AS_OF = date(2026, 10, 31)
NAMES = ("council_tax.payment_missed", "rent.payment_missed", "benefits.claim_ended", "rent.notice_served")
EACH = 8
SPAN = 730

console = Console(highlight=False, width=120)


def main(households: int) -> None:
    events = _town(households)
    console.print(f"{households:,} households, {events.happened.height:,} events")
    for count in (1, 3, 14):
        patterns = _patterns(count)
        for name, run in (("polars", _on_polars), ("DuckDB", _on_duckdb)):
            wall, cpu = time.perf_counter(), time.process_time()
            met = run(patterns, events)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            console.print(
                f"{count:>3} conditions on {name}: {wall:6.2f} s wall, {cpu:6.2f} s processor, {met:,} met"
            )


def _on_polars(patterns: list[Pattern], events: Events) -> int:
    happened, reach = (nw.from_native(each.lazy()) for each in (events.happened, events.reach))
    found = pattern_truths(patterns, happened, reach, as_of=AS_OF).to_native().collect()
    return int(found.select(pl.sum_horizontal(pl.col(pl.Boolean).sum())).item())


def _on_duckdb(patterns: list[Pattern], events: Events) -> int:
    with duckdb.connect() as connection:
        connection.register("happened", events.happened)
        connection.register("reach", events.reach)
        tables = (nw.from_native(connection.table(name)) for name in ("happened", "reach"))
        found = pattern_truths(patterns, *tables, as_of=AS_OF).to_native().pl()
    return int(found.select(pl.sum_horizontal(pl.col(pl.Boolean).sum())).item())


def _patterns(count: int) -> list[Pattern]:
    """Two thirds `A then B`, one third `k of A`, each with a window of its own."""
    deal = random.Random(1)
    made: list[Pattern] = []
    while len(made) < count:
        within, lately = _days(30 + len(made)), _days(365)
        first, then = (EventName(name) for name in deal.sample(NAMES, 2))
        several = Happened(Literal(FactType.COUNT, 2 + len(made) % 2), first, within, lately)
        made.append(several if len(made) % 3 == 2 else Followed(first, then, within, lately))
    return made


def _days(number: int) -> Length:
    return Length(Literal(FactType.COUNT, number), 1)


def _town(households: int) -> Events:
    deal = np.random.default_rng(1)
    ids = pl.Series([f"H{number:011}" for number in range(households)])
    rows = households * EACH
    whose = np.sort(deal.integers(0, households, rows))
    days = pl.Series(deal.integers(0, SPAN, rows))
    happened = pl.DataFrame({"household_id": ids.gather(whose), "back": days}).select(
        "household_id",
        event=pl.Series(NAMES).gather(deal.integers(0, len(NAMES), rows)),
        happened_on=pl.lit(AS_OF) - pl.duration(days="back"),
    )
    known = {name.replace(".", "__"): pl.lit(EVER) for name in NAMES}
    short = pl.lit(AS_OF - timedelta(days=90))
    reach = ids.to_frame("household_id").with_columns(**known)
    tenth = pl.int_range(pl.len()) % 10 == 0
    return Events(
        happened=happened,
        reach=reach.with_columns(pl.when(tenth).then(short).otherwise(name).alias(name) for name in known),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
