"""Peak memory of 100 rules over five million households: `whole` in one frame, or in `slices` from a file."""

import sys

import polars as pl

from bench.hundred import hundred
from bench.measure import Stopwatch
from bench.rules import drawn, rulebook_of
from bench.town import OUT, town_facts
from rules import evaluate

HOUSEHOLDS = 5_000_000
SLICE = 500_000


def main(way: str) -> None:
    night = town_facts()
    book = rulebook_of(list(hundred(night.as_of)))
    file = OUT / f"{HOUSEHOLDS}.parquet"
    if not file.is_file():
        drawn(night.facts, HOUSEHOLDS).write_parquet(file)
        return main(way) if way == "whole" else None
    watch = Stopwatch()
    watch(way)
    met = 0
    if way == "whole":
        facts = pl.read_parquet(file)
        met = evaluate(book, facts, as_of=night.as_of).height
    else:
        for start in range(0, HOUSEHOLDS, SLICE):
            part = pl.scan_parquet(file).slice(start, SLICE).collect()
            met += evaluate(book, part, as_of=night.as_of).height
    watch.close()
    stage = watch.stages[0]
    print(
        f"{HOUSEHOLDS:,} households, 100 rules, {way:6}: peak {stage.peak_mib / 1024:.1f} GiB, "
        f"{stage.cpu:.1f} processor s with reading, {met:,} met"
    )
    return None


if __name__ == "__main__":
    main(sys.argv[1])
