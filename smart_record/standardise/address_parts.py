"""Addresses as they were typed, each read once for all the numbers that stand in it.

A street has hundreds of addresses that differ by their numbers alone.
"""

import polars as pl

from smart_record.standardise.addresses import with_address_parts
from smart_record.standardise.distinct import Distinct
from smart_record.standardise.letters import plain_capitals

_STAND_INS = ("98769876", "98769875", "98769874")
"""Stand for the numbers of an address in their order, so that it is read once whatever its numbers are."""

_NUMBERED = r"([1-9][0-9]*)([A-Za-z]?\b)"
_HOUSE_FIRST = rf"^(){_NUMBERED}"
_NEXT_NUMBER = rf"^(\D*(?:(?:{'|'.join(_STAND_INS)})\D*)*(?:[^-\s\d]\s+|[,/]\s*)){_NUMBERED}"
"""The next number that is no stand-in, unless it is the end of a range."""


def address_parts(typed: pl.Series) -> pl.DataFrame:
    """Take addresses apart as they were typed.

    Args:
        typed: Addresses, lines parted by commas; null where there is none.

    Returns:
        One row per address: flat, number, street, as of `with_address_parts`.
    """
    return _parts_but_for_numbers(typed, [_HOUSE_FIRST, _NEXT_NUMBER, _NEXT_NUMBER])


def _parts_but_for_numbers(typed: pl.Series, patterns: list[str]) -> pl.DataFrame:
    """The parts of addresses, read with a stand-in for the number that each pattern finds, one by one."""
    if not patterns:
        return with_address_parts(typed.to_frame("address").select(plain_capitals(pl.col("address"))))
    pattern, stand_in = patterns[0], _STAND_INS[-len(patterns)]
    number = typed.str.extract(pattern, 2)
    others = Distinct.of(typed.str.replace(pattern, f"${{1}}{stand_in}$3"))
    parts = _parts_but_for_numbers(others.texts, patterns[1:])
    return pl.DataFrame(
        {
            "flat": _with_number(others, parts["flat"], stand_in, number),
            "number": _with_number(others, parts["number"], stand_in, number),
            "street": others.spread(parts["street"]),
        }
    )


def _with_number(others: Distinct, part: pl.Series, stand_in: str, number: pl.Series) -> pl.Series:
    """The part with the number put back for which there is a stand-in."""
    begins = others.spread(part.str.starts_with(stand_in))
    rows = pl.DataFrame(
        {"begins": begins, "number": number, "rest": others.spread(part.str.strip_prefix(stand_in))}
    )
    return rows.select(
        pl.when("begins").then(pl.col("number") + pl.col("rest")).otherwise("rest")
    ).to_series()
