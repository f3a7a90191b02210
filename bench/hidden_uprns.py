"""How well rows without UPRN find their property, and whether what is said of it is true.

Three UPRNs in ten are hidden, then looked for; of the others one in a hundred is exchanged for that of
another home of its street, as a system does that took the wrong flat. Beside what the nightly match does
(`resolving.resolve_properties`) stands what the look-up by rare words would add for the rows that it leaves
(`address_lookup.look_up_addresses`). A property can be found only where another row still names it; what is
found for any other row is wrong.

The second table sets, for each way in which a property was found, the share right that is said of it
(`share_right`) against the share that was right.

Usage: python -m bench.hidden_uprns EXTRACTS [EXTRACTS ...]    (folders as `triage demo` writes them)
"""

import sys
import time
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from smart_record.intake import take_in
from smart_record.linkage.rows.record_rows import record_rows
from smart_record.standardise.addresses.address_lookup import look_up_addresses
from smart_record.standardise.addresses.address_parts import address_parts
from smart_record.standardise.addresses.named_houses import with_street_lines
from smart_record.standardise.properties.address_findings import WORDS
from smart_record.standardise.properties.resolving import resolve_properties

_ASKED = ("address", "postcode")
_HIDDEN, _EXCHANGED = 30, 1
"""Of a hundred UPRNs."""


def main(folders: list[Path]) -> None:
    headings = ("extracts", "hidden", "named elsewhere", "", "right", "wrong", "CPU s")
    table = Table(*headings, box=None, padding=(0, 2))
    resolved = []
    for folder in folders:
        taken = take_in(folder)
        rows = _spoilt(record_rows(taken.extracts, as_of=taken.as_of))
        known = rows.drop_nulls("uprn")
        asked = rows.filter("hidden")
        named = asked.filter(pl.col("true").is_in(known["uprn"].unique().implode())).height
        began = time.process_time()
        parts = with_street_lines(rows["address"], address_parts(rows["address"]))
        parts = parts.with_columns(rows["postcode"], rows["uprn"])
        told = resolve_properties(parts).select(
            "found_by", "street_corrected", "share_right", found="resolved_uprn"
        )
        rows = pl.concat([rows.select(*_ASKED, "true", "hidden"), told], how="horizontal")
        took = f"{time.process_time() - began:.1f}"
        by_parts = rows.filter("hidden")
        cells = (folder.parent.name, f"{asked.height:,}", f"{named:,}")
        table.add_row(*cells, "by parts", *_score(by_parts), took)
        began = time.process_time()
        left = by_parts.filter(pl.col("found").is_null() & pl.col("address").is_not_null())
        by_words = look_up_addresses(left.select(_ASKED), known.select(*_ASKED, "uprn").drop_nulls("address"))
        more = _score(left.with_columns(found=by_words["uprn"]))
        table.add_row("", "", "", "by words, of the rest", *more, f"{time.process_time() - began:.1f}")
        resolved.append(rows)
    console = Console(highlight=False, width=120)
    console.print(table)
    console.print(_calibration(pl.concat(resolved)))


def _spoilt(rows: pl.DataFrame) -> pl.DataFrame:
    """UPRNs hidden and exchanged by the record's own name, so that any order spoils the same.

    The columns that a night adds are left out; true is the UPRN as it was.
    """
    lot = pl.struct("source", "record_ref").hash(seed=5) % 100
    rows = rows.select("source", "record_ref", *_ASKED, "street", true="uprn", lot=lot)
    hidden = (pl.col("lot") < _HIDDEN) & pl.col("true").is_not_null()
    other = pl.col("true").sort_by("true", "record_ref").shift(1).over("street", mapping_strategy="explode")
    rows = rows.sort("street", "true", "record_ref").with_columns(other=other, hidden=hidden)
    exchanged = pl.col("lot") >= 100 - _EXCHANGED
    uprn = pl.when(exchanged).then("other").when(~pl.col("hidden")).then("true")
    return rows.with_columns(uprn=uprn).sort("source", "record_ref")


def _score(rows: pl.DataFrame) -> tuple[str, str]:
    found = rows.drop_nulls("found")
    right = found.filter(pl.col("found") == pl.col("true")).height
    return f"{right:,}", f"{found.height - right:,}"


def _calibration(rows: pl.DataFrame) -> Table:
    """By way: how many, the share right that is said of them, and the share that was right."""
    known = rows.drop_nulls(["true", "share_right"])
    by_way = known.group_by("found_by", "street_corrected").agg(
        pl.len(), said=pl.col("share_right").mean(), right=(pl.col("found") == pl.col("true")).mean()
    )
    table = Table("found by", "street", "rows", "said right", "right", box=None, padding=(0, 2))
    for row in by_way.sort("found_by", "street_corrected").iter_rows(named=True):
        street = "corrected" if row["street_corrected"] else ""
        shares = (f"{row['said']:.4f}", f"{row['right']:.4f}")
        table.add_row(WORDS[row["found_by"]], street, f"{row['len']:,}", *shares)
    return table


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sys.exit(__doc__))
