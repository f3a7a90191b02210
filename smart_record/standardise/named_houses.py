"""Houses and blocks of flats that have a name and no number: the street that other rows tell for them.

`RED BARN, GREAT TIDMOOR` says no street, `11 WILBERFORCE LODGE` reads like the eleventh house of one. Where
other rows tell in which street a house of that name stands, such an address is completed with it.
"""

import polars as pl

_FEWEST_FLATS = 2
"""Rows that must name a flat in a house before a number beside the house's name is read as a flat's."""

_WHERE = ["number", "street"]


def with_streets_of_houses(addresses: pl.DataFrame) -> pl.DataFrame:
    """Complete addresses that name a house and no street.

    A house of the name must be told in the same postcode, or the name be that of one house only.

    Args:
        addresses: One row per address. Columns: flat, number, street (`addresses.with_address_parts`),
            postcode; null if unknown.

    Returns:
        The same rows in the same order; of those that are completed, number is the house's name, street its
        street, and flat the number that stood before the name.
    """
    named = (~pl.col("number").str.contains(r"^\d")) & pl.col("street").is_not_null()
    houses = addresses.filter(named)
    if houses.is_empty():
        return addresses
    of_flats = houses.filter(pl.col("flat").is_not_null()).group_by("number").len()
    blocks = of_flats.filter(pl.col("len") >= _FEWEST_FLATS)["number"]
    alone = pl.col("number").is_null() & pl.col("street").is_in(houses["number"].unique().implode())
    numbered = pl.col("flat").is_null() & pl.col("number").str.contains(r"^\d")
    numbered = numbered & pl.col("street").is_in(blocks.implode())
    asked = addresses.with_row_index("row").filter(alone | numbered)
    asked = asked.select("row", "postcode", flat=pl.coalesce("flat", "number"), house="street")
    told = _streets(asked, houses)
    rows = told["row"]
    return addresses.with_columns(
        addresses[name].scatter(rows, told[said])
        for name, said in (("flat", "flat"), ("number", "house"), ("street", "street"))
    )


def _streets(asked: pl.DataFrame, houses: pl.DataFrame) -> pl.DataFrame:
    """Those of the asked rows of whose house one street is told: row, flat, house, street."""
    here = houses.drop_nulls("postcode").select(*_WHERE, "postcode").unique()
    here = here.filter(pl.struct("number", "postcode").is_unique())
    anywhere = houses.select(_WHERE).unique().filter(pl.col("number").is_unique())
    told = asked.join(here, left_on=["house", "postcode"], right_on=["number", "postcode"], how="left")
    told = told.join(anywhere, left_on="house", right_on="number", how="left", suffix="_anywhere")
    told = told.with_columns(street=pl.coalesce("street", "street_anywhere")).drop_nulls("street")
    return told.select("row", "flat", "house", "street").sort("row")
