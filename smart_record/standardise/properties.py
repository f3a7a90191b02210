"""Which property an address means: streets and numbers learned from the rows that carry a UPRN.

A row with a UPRN keeps it. Any other is looked up by flat, number and street, its street corrected where it is
one slip away from a common one. Where several properties fit and the postcode does not tell, the address stays
without a property: a wrong one would join strangers.
"""

import polars as pl

from smart_record.standardise.misspellings import corrections

_COMMON_TO_RARE = 8
"""A street is a misspelling of another only if that one is at least so many times as frequent."""

_SLIPS = 2

PROPERTY_COLUMNS = ("property", "building", "resolved_uprn")


def resolve_properties(addresses: pl.DataFrame) -> pl.DataFrame:
    """Give each address its property.

    Args:
        addresses: One row per address. Columns: flat, number, street (`addresses.address_parts`), postcode
            (null if unknown), uprn (null if unknown).

    Returns:
        The same rows in the same order with: street (corrected), property (a key equal for rows of one
        dwelling, null where ambiguous or without number), building (number and street), resolved_uprn.
    """
    rows = addresses.with_row_index("row")
    rows = _with_corrected_streets(rows).with_columns(
        outward=pl.col("postcode").str.slice(0, pl.col("postcode").str.len_chars().cast(pl.Int64) - 3)
    )
    known = rows.filter(pl.col("uprn").is_not_null() & pl.col("street").is_not_null())
    known = known.group_by("flat", "number", "street", "postcode", "outward", "uprn").agg(rows=pl.len())
    found = _looked_up(rows.filter(pl.col("uprn").is_null()), known)
    rows = rows.join(found, on="row", how="left").with_columns(
        resolved_uprn=pl.coalesce("uprn", "found_uprn"),
        building=pl.concat_str("number", "street", separator=" "),
    ).with_columns(words=pl.col("flat").fill_null("-") + " " + pl.col("building"))
    return (
        rows.with_columns(property=_property_key())
        .sort("row")
        .drop("row", "outward", "found_uprn", "ambiguous")
    )


def _property_key() -> pl.Expr:
    """The UPRN where there is one, else the address in words, unless it fits several properties."""
    return (
        pl.when(pl.col("resolved_uprn").is_not_null())
        .then(pl.format("U{}", pl.col("resolved_uprn")))
        .when(~pl.col("ambiguous").fill_null(value=False) & pl.col("number").is_not_null())
        .then(pl.concat_str(pl.lit("A"), "words", _outward_where_needed(), separator=" "))
    )


def _outward_where_needed() -> pl.Expr:
    """The outward code for a street name that the area has twice, blank for all others."""
    here = pl.len().over("street", "outward")
    everywhere = pl.len().over("street")
    established = pl.col("outward").is_not_null() & (here >= 3) & (here * 10 >= everywhere)
    twice = pl.col("outward").filter(established).n_unique().over("street") > 1
    return pl.when(twice).then(pl.col("outward")).otherwise(pl.lit(""))


def _looked_up(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Rows without UPRN looked up, reading by reading: address -> found_uprn, ambiguous."""
    flat, number = pl.col("flat"), pl.col("number")
    lettered = number.str.extract(r"^(\d+)([A-Z])$", 2)
    readings = [
        (flat, number, pl.lit(value=True)),
        (number, flat, flat.is_not_null()),
        (lettered, number.str.extract(r"^(\d+)", 1), flat.is_null() & lettered.is_not_null()),
        (pl.lit(None, pl.String), number + flat, flat.str.contains("^[A-Z]$")),
    ]
    outcome = []
    waiting = rows.filter(number.is_not_null() & pl.col("street").is_not_null())
    for read_flat, read_number, applies in readings:
        asked = waiting.filter(applies).with_columns(flat=read_flat, number=read_number)
        found = _candidates(asked, known)
        outcome.append(found)
        waiting = waiting.join(found, on="row", how="anti")
    houses = known.group_by("number", "street").agg(
        found_uprn=pl.col("uprn").filter(flat.is_null()).first(),
        whole=(flat.is_null().all()) & (pl.col("uprn").n_unique() == 1),
        flats=flat.is_not_null().any(),
    )
    at_house = waiting.join(houses, on=["number", "street"], how="inner")
    room = at_house.filter(flat.is_not_null() & pl.col("whole"))
    which = at_house.filter(flat.is_null() & pl.col("flats"))
    outcome.append(room.select("row", "found_uprn", ambiguous=pl.lit(value=False)))
    outcome.append(which.select("row", found_uprn=pl.lit(None, pl.Int64), ambiguous=pl.lit(value=True)))
    return pl.concat(outcome)


def _candidates(asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Known properties with the same flat, number and street, told apart by postcode where there are several."""
    pairs = asked.select("row", "flat", "number", "street", "postcode", "outward").join(
        known, on=["flat", "number", "street"], how="inner", nulls_equal=True, suffix="_known"
    )
    closeness = (
        pl.when(pl.col("postcode") == pl.col("postcode_known"))
        .then(2)
        .when(pl.col("outward") == pl.col("outward_known"))
        .then(1)
        .otherwise(0)
    )
    per_uprn = pairs.group_by("row", "uprn").agg(closeness=closeness.max())
    best = per_uprn.filter(pl.col("closeness") == pl.col("closeness").max().over("row"))
    return best.group_by("row").agg(
        found_uprn=pl.when(pl.len() == 1).then(pl.col("uprn").min()), ambiguous=pl.len() > 1
    )


def _with_corrected_streets(rows: pl.DataFrame) -> pl.DataFrame:
    """Replace a rare street by the common one that it is a slip or two away from."""
    streets = rows.filter(pl.col("street").is_not_null()).group_by(word="street").agg(uses=pl.len())
    corrected = corrections(
        streets.with_columns(trusted=pl.lit(value=False)), common_to_rare=_COMMON_TO_RARE, slips=_SLIPS
    )
    return (
        rows.join(corrected, left_on="street", right_on="word", how="left", maintain_order="left")
        .with_columns(street=pl.coalesce("corrected", "street"))
        .drop("corrected")
    )
