"""How well rows without UPRN find their property: three UPRNs in ten are hidden, then looked for.

Beside what the nightly match does (`properties.resolve_properties`) stands what the look-up by rare words
would add for the rows that it leaves (`address_lookup.look_up_addresses`). A property can be found only where
another row still names it; what is found for any other row is wrong.

Usage: python -m bench.hidden_uprns EXTRACTS [EXTRACTS ...]    (folders as `triage demo` writes them)
"""

import sys
import time
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from smart_record.intake import take_in
from smart_record.linkage.record_rows import record_rows
from smart_record.standardise.address_lookup import look_up_addresses
from smart_record.standardise.address_parts import address_parts
from smart_record.standardise.properties import resolve_properties

_ASKED = ("address", "postcode")


def main(folders: list[Path]) -> None:
    headings = ("extracts", "hidden", "named elsewhere", "", "right", "wrong", "CPU s")
    table = Table(*headings, box=None, padding=(0, 2))
    for folder in folders:
        taken = take_in(folder)
        rows = _hidden(record_rows(taken.extracts, as_of=taken.as_of))
        known = rows.drop_nulls("uprn")
        asked = rows.filter("hidden")
        named = asked.filter(pl.col("true").is_in(known["uprn"].unique().implode())).height
        began = time.process_time()
        parts = address_parts(rows["address"]).with_columns(rows["postcode"], rows["uprn"])
        rows = rows.with_columns(found=resolve_properties(parts)["resolved_uprn"])
        took = f"{time.process_time() - began:.1f}"
        by_parts = rows.filter("hidden")
        cells = (folder.parent.name, f"{asked.height:,}", f"{named:,}")
        table.add_row(*cells, "by parts", *_score(by_parts), took)
        began = time.process_time()
        left = by_parts.filter(pl.col("found").is_null() & pl.col("address").is_not_null())
        by_words = look_up_addresses(left.select(_ASKED), known.select(*_ASKED, "uprn").drop_nulls("address"))
        more = _score(left.with_columns(found=by_words["uprn"]))
        table.add_row("", "", "", "by words, of the rest", *more, f"{time.process_time() - began:.1f}")
    Console(highlight=False, width=120).print(table)


def _hidden(rows: pl.DataFrame) -> pl.DataFrame:
    """Three in ten of the UPRNs taken away, by the record's own name, so that any order hides the same."""
    chosen = (pl.struct("source", "record_ref").hash(seed=5) % 10 < 3) & pl.col("uprn").is_not_null()
    rows = rows.with_columns(true="uprn", hidden=chosen)
    return rows.with_columns(uprn=pl.when(~pl.col("hidden")).then("uprn"))


def _score(rows: pl.DataFrame) -> tuple[str, str]:
    found = rows.drop_nulls("found")
    right = found.filter(pl.col("found") == pl.col("true")).height
    return f"{right:,}", f"{found.height - right:,}"


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
