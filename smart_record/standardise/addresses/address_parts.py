"""Addresses as they were typed, each read once for all the numbers that stand in it.

A street has hundreds of addresses that differ by their numbers alone.
"""

import polars as pl

from smart_record.standardise.addresses.free_text import ADDRESS_PARTS, read_addresses
from smart_record.standardise.addresses.tenements import with_floor_and_side
from smart_record.standardise.distinct import Distinct, each_once
from smart_record.standardise.letters import plain_capitals

_FIRST, _SECOND = "98769876", "98769875"
"""Stand for the first two numbers of an address, so that it is read once whatever its numbers are."""

_NUMBER = r"([1-9][0-9]*)"
_LETTER = r"([A-Za-z]?\b)"
_BEHIND = r"(?:[!-,./:-~] +|[,/] *)"
"""What stands before a number that is not the end of a range; here as in the next pattern in ASCII."""

_HOUSE_FIRST = rf"^{_NUMBER}{_LETTER}"
_FIRST_NUMBER = rf"^[ -/:-~]*{_BEHIND}{_NUMBER}{_LETTER}"
_NEXT_NUMBER = rf"^([ -/:-~]*{_FIRST}[ -/:-~]*{_BEHIND}){_NUMBER}{_LETTER}"

_PLACES = r",[^0-9]*$"
_ENDS_IN_A_WORD = r"[A-Za-z]{2}[^0-9]*$"
_FLAT_OR_UNUSUAL = r"(?i)[^ -~]|\b(?:FL|AP|UNIT|ROOM|RM|BED|STUDIO|MAIS|SUITE|PLOT|ANNEX|PENTHOUSE)"


def address_parts(typed: pl.Series) -> pl.DataFrame:
    """Take addresses apart as they were typed.

    Args:
        typed: Addresses, lines parted by commas; null where there is none.

    Returns:
        One row per address: flat, number, street, as of `with_address_parts`.
    """
    typed = with_floor_and_side(typed)
    rows = pl.DataFrame({"typed": typed, "number": _first_number(typed)})
    rows = rows.with_columns(at=pl.col("typed").str.find(pl.col("number"), literal=True))
    behind = pl.col("typed").str.slice(pl.col("at") + pl.col("number").str.len_bytes())
    stood_in = pl.concat_str(pl.col("typed").str.head("at"), pl.lit(_FIRST), behind)
    others = Distinct.of(rows.select(pl.coalesce(stood_in, "typed")).to_series())
    return _put_back(rows["number"], _FIRST, others, _parts_but_for_next(others.texts))


def _first_number(typed: pl.Series) -> pl.Series:
    """The first number of each address, which nearly all begin with."""
    numbers = typed.str.extract(_HOUSE_FIRST, 1)
    others = numbers.is_null().arg_true()
    return numbers.scatter(others, typed.gather(others).str.extract(_FIRST_NUMBER, 1))


def _parts_but_for_next(typed: pl.Series) -> pl.DataFrame:
    """The parts of addresses, each read once for all the numbers that stand behind the first."""
    number = typed.str.extract(_NEXT_NUMBER, 2)
    others = Distinct.of(typed.str.replace(_NEXT_NUMBER, f"${{1}}{_SECOND}$3"))
    return _put_back(number, _SECOND, others, _parts_but_for_places(others.texts))


def _parts_but_for_places(typed: pl.Series) -> pl.DataFrame:
    """The parts of addresses, each read once for all the places that may stand behind its street.

    The places say nothing where a street is found without them, and where they speak of no flat.
    """
    streets = typed.str.replace(_PLACES, "")
    places = typed.str.slice(streets.str.len_chars())
    apart = (places != "") & streets.str.contains(_ENDS_IN_A_WORD) & ~places.str.contains(_FLAT_OR_UNUSUAL)
    once = Distinct.of(streets.zip_with(apart, typed))
    read = read_addresses(once.formed(plain_capitals))
    parts = read.select(pl.all().gather(once.codes))
    whole = (apart & ~parts["known"]).arg_true()
    others = read_addresses(each_once(typed.gather(whole), plain_capitals))
    return parts.select(parts[name].scatter(whole, others[name]) for name in ADDRESS_PARTS)


def _put_back(number: pl.Series, stand_in: str, others: Distinct, parts: pl.DataFrame) -> pl.DataFrame:
    """The parts of addresses with their numbers, from those of the addresses with a stand-in for it."""

    def with_number(name: str) -> pl.Series:
        begins = parts[name].str.starts_with(stand_in).fill_null(value=False)
        rest = others.spread(parts[name].str.strip_prefix(stand_in))
        rows = others.spread(begins).fill_null(value=False).arg_true()
        return rest.scatter(rows, number.gather(rows) + rest.gather(rows)).alias(name)

    return pl.DataFrame([with_number("flat"), with_number("number"), others.spread(parts["street"])])
