"""Which property an address means: streets and numbers learned from the rows that carry a UPRN.

A row with a UPRN keeps it. Any other is looked up by flat, number and street, its street corrected where it
is one slip away from a common one. Where several properties fit and the postcode does not tell, the address
stays without a property: a wrong one would join strangers.
"""

import polars as pl

from smart_record.standardise.streets import real_streets

_ESTABLISHED = 3
"""Addresses from which an outward code is one of a street's own, and a tenth of all that name the street."""


def resolve_properties(addresses: pl.DataFrame) -> pl.DataFrame:
    """Give each address its property.

    Args:
        addresses: One row per address. Columns: flat, number, street (`addresses.with_address_parts`),
            postcode, uprn; null if unknown.

    Returns:
        The same rows in the same order with: street (corrected), property (a key equal for rows of one
        dwelling, null where ambiguous or without number), building (number and street), words (flat, number
        and street), resolved_uprn.
    """
    outward = pl.col("postcode").str.head(-3)
    rows = _with_corrected_streets(addresses.with_row_index("row")).with_columns(outward=outward)
    rows = rows.with_columns(twice=_street_is_there_twice())
    known = rows.filter(pl.col("uprn").is_not_null() & pl.col("street").is_not_null())
    known = known.select("flat", "number", "street", "postcode", "outward", "uprn").unique()
    found = _looked_up(rows.filter(pl.col("uprn").is_null()), known)
    building = pl.concat_str("number", "street", separator=" ")
    rows = rows.join(found, on="row", how="left", maintain_order="left").with_columns(
        resolved_uprn=pl.coalesce("uprn", "found_uprn"),
        building=building,
        words=pl.col("flat").fill_null("-") + " " + building,
    )
    return rows.with_columns(property=_property_key()).drop(
        "row", "outward", "twice", "found_uprn", "ambiguous"
    )


def _property_key() -> pl.Expr:
    """The UPRN where there is one, else the address in words, unless it fits several properties."""
    where = pl.when("twice").then(pl.col("outward")).otherwise(pl.lit(""))
    return (
        pl.when(pl.col("resolved_uprn").is_not_null())
        .then(pl.format("U{}", pl.col("resolved_uprn")))
        .when(~pl.col("ambiguous").fill_null(value=False))
        .then(pl.concat_str(pl.lit("A"), "words", where, separator=" "))
    )


def _street_is_there_twice() -> pl.Expr:
    """Whether the area has streets of this name under several outward codes (every village a Church Lane)."""
    here, everywhere = pl.len().over("street", "outward"), pl.len().over("street")
    established = pl.col("outward").is_not_null() & (here >= _ESTABLISHED) & (here * 10 >= everywhere)
    return pl.col("outward").filter(established).n_unique().over("street") > 1


def _looked_up(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Addresses without UPRN looked up, reading by reading: row -> found_uprn, ambiguous."""
    flat, number = pl.col("flat"), pl.col("number")
    letter = number.str.extract(r"^\d+([A-Z])$", 1)
    readings = [
        (flat, number, pl.lit(value=True)),
        (number, flat, flat.is_not_null()),  # 16/3 for flat 3 of 16
        (letter, number.str.extract(r"^(\d+)", 1), flat.is_null() & letter.is_not_null()),  # 21A for flat A
        (pl.lit(None, pl.String), number + flat, flat.str.contains("^[A-Z]$")),  # and the other way round
    ]
    waiting = rows.filter(number.is_not_null() & pl.col("street").is_not_null())
    outcome = []
    for read_flat, read_number, applies in readings:
        asked = waiting.filter(applies).with_columns(flat=read_flat, number=read_number)
        outcome.append(_candidates(asked, known))
        waiting = waiting.join(outcome[-1], on="row", how="anti")
    return pl.concat([*outcome, _by_house(waiting, known)])


def _by_house(waiting: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """What the house alone says: row -> found_uprn, ambiguous.

    A room of a house known as one property is that property; a block of flats without the flat is none.
    """
    flat = pl.col("flat")
    houses = known.group_by("number", "street").agg(
        found_uprn=pl.col("uprn").filter(flat.is_null()).min(),
        whole=flat.is_null().all() & (pl.col("uprn").n_unique() == 1),
        flats=flat.is_not_null().any(),
    )
    at_house = waiting.join(houses, on=["number", "street"])
    room = at_house.filter(flat.is_not_null() & pl.col("whole"))
    which = at_house.filter(flat.is_null() & pl.col("flats"))
    return pl.concat(
        [
            room.select("row", "found_uprn", ambiguous=pl.lit(value=False)),
            which.select("row", found_uprn=pl.lit(None, pl.Int64), ambiguous=pl.lit(value=True)),
        ]
    )


def _candidates(asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Known properties of the same words, told apart by postcode: row -> found_uprn, ambiguous.

    Where the area has the street twice, another outward code is another street.
    """
    pairs = asked.select("row", "flat", "number", "street", "postcode", "outward", "twice").join(
        known, on=["flat", "number", "street"], nulls_equal=True, suffix="_known"
    )
    closeness = (
        pl.when(pl.col("postcode") == pl.col("postcode_known"))
        .then(2)
        .when(pl.col("outward") == pl.col("outward_known"))
        .then(1)
        .when(pl.col("twice"))
        .then(-1)
        .otherwise(0)
    )
    per_uprn = pairs.group_by("row", "uprn").agg(closeness=closeness.max())
    best = per_uprn.filter(pl.col("closeness") == pl.col("closeness").max().over("row"))
    sure = (pl.len() == 1) & (pl.col("closeness").max() >= 0)
    return best.group_by("row").agg(
        found_uprn=pl.when(sure).then(pl.col("uprn").min()), ambiguous=(pl.len() > 1) & ~sure
    )


def _with_corrected_streets(rows: pl.DataFrame) -> pl.DataFrame:
    rows = rows.join(
        real_streets(rows["street"]), left_on="street", right_on="word", how="left", maintain_order="left"
    )
    return rows.with_columns(street=pl.coalesce("corrected", "street")).drop("corrected")
