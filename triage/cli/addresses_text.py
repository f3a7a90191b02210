"""How addresses were found, for the officer's terminal."""

from collections.abc import Iterator

from rich.table import Table

from smart_record.standardise.properties.finding_words import share_in_words
from triage.actions.list_addresses import AddressesListed
from triage.table_text import a_table


def address_lines(listed: AddressesListed, *, first: int) -> Iterator[str | Table]:
    """The ways as a table, then the addresses of the page, each with what to ask.

    Args:
        listed: What was found.
        first: The number of the page's first address, from 1.
    """
    yield _ways(listed)
    if not listed.unsettled:
        yield "No address is ambiguous, disputed or unreadable."
        return
    last = first + len(listed.page) - 1
    shown = f"{first:,} to {last:,}" if listed.page else "none on this page"
    yield f"To be settled: {listed.unsettled:,} addresses; shown: {shown}."
    for each in listed.page:
        yield f"{each.address.source}/{each.address.record_ref}: {each.written or 'no address'}"
        yield f"  {each.address.told}"
        yield f"  {each.ask}"


def _ways(listed: AddressesListed) -> Table:
    table = a_table("How the property was found", "records", "right", "measured on", "confidence", numbers=3)
    for way in listed.ways:
        share = "" if way.share_right is None else share_in_words(way.share_right)
        measured = "" if way.measured_on is None else f"{way.measured_on:,}"
        table.add_row(way.told, f"{way.records:,}", share, measured, way.confidence or "not known")
    return table
