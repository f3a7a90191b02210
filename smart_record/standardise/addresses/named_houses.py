"""Houses and blocks of flats that have a name and no number: the street that other rows tell for them.

`RED BARN, GREAT TIDMOOR` says no street, `11 WILBERFORCE LODGE` reads like the eleventh house of one. Where
other rows tell in which street a house of that name stands, such an address is completed with it.
"""

import polars as pl

from smart_record.standardise.addresses.names_there import names_there
from smart_record.standardise.addresses.street_words import street_words
from smart_record.standardise.distinct import each_once
from smart_record.standardise.letters import plain_capitals

_FEWEST_FLATS = 2
"""Rows that must name a flat in a house before a number beside the house's name is read as a flat's."""

_SLIPS = 1
"""Letters that may be wrong in a house's name; those of neighbours are alike."""

_MOST = 3
"""Of the rows that tell a house's street, one in so many may be mistaken."""

_NUMBERED = 3
"""Addresses that must number houses of a street before a line that says nothing else is read as it."""

_WHERE = ["number", "street"]


def with_street_lines(typed: pl.Series, parts: pl.DataFrame) -> pl.DataFrame:
    """Read the line behind a house's name as its street where others number houses of that.

    `CARTREF, FFORDD Y MYNYDD, PENRHOS`: no word of the street says that it is one.

    Args:
        typed: Addresses as they were typed, lines parted by commas.
        parts: The same taken apart (`address_parts.address_parts`).

    Returns:
        `parts`; where the street is the name of a house and the line behind it a street, number is the name.
    """
    numbered = parts.filter(pl.col("number").str.contains(r"^\d"))["street"].value_counts()
    known = numbered.filter(pl.col("count") >= _NUMBERED)["street"].implode()
    house = pl.col("number").is_null() & pl.col("street").is_not_null() & ~pl.col("street").is_in(known)
    asked = parts.with_row_index("row").filter(house).select("row", "flat", house="street")
    lines = asked.with_columns(line=typed.gather(asked["row"]).str.split(","))
    lines = lines.explode("line", empty_as_null=True, keep_nulls=True)
    read = lines.with_columns(line=each_once(each_once(lines["line"], plain_capitals), street_words))
    behind = read.with_columns(street=pl.col("line").shift(-1).over("row"))
    told = behind.filter((pl.col("line") == pl.col("house")) & pl.col("street").is_in(known))
    return _scattered(parts, told.unique("row", keep="first", maintain_order=True))


def with_streets_of_houses(addresses: pl.DataFrame) -> pl.DataFrame:
    """Complete addresses that name a house and no street.

    The street is the one that most addresses of that house tell, of those in the same postcode or, where
    houses of that name stand hardly anywhere else, of all.

    Args:
        addresses: One row per address. Columns: flat, number, street (`free_text.with_address_parts`),
            postcode; null if unknown.

    Returns:
        The same rows in the same order, the names of houses as their postcode calls them; of those that are
        completed, number is the house's name, street its street, and flat the number that stood before the
        name.
    """
    named = ~pl.col("number").str.contains(r"^\d")
    if not addresses.select((named & pl.col("street").is_not_null()).any()).item():
        return addresses
    addresses = _with_houses_parted(_as_called_there(addresses))
    houses = addresses.filter(named & pl.col("street").is_not_null())
    of_flats = houses.filter(pl.col("flat").is_not_null()).group_by("number").len()
    blocks = of_flats.filter(pl.col("len") >= _FEWEST_FLATS)["number"]
    alone = pl.col("number").is_null() & pl.col("street").is_in(houses["number"].unique().implode())
    numbered = pl.col("flat").is_null() & pl.col("number").str.contains(r"^\d")
    numbered = numbered & pl.col("street").is_in(blocks.implode())
    asked = addresses.with_row_index("row").filter(alone | numbered)
    asked = asked.select("row", "postcode", flat=pl.coalesce("flat", "number"), house="street")
    told = _streets(asked, houses)
    return _scattered(addresses, told)


def _scattered(addresses: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The addresses with what is told of some: row, flat, house, street."""
    said = (("flat", "flat"), ("number", "house"), ("street", "street"))
    return addresses.with_columns(addresses[name].scatter(told["row"], told[by]) for name, by in said)


def _as_called_there(addresses: pl.DataFrame) -> pl.DataFrame:
    """The addresses with the names of houses as most of their postcode and of their street spell them."""
    rows = addresses.with_row_index("row")
    numbers = rows.filter((~pl.col("number").str.contains(r"^\d")) & pl.col("street").is_not_null())
    alone = rows.filter(pl.col("number").is_null() & pl.col("street").is_not_null())
    houses = pl.concat([numbers["number"], alone["street"]])
    called = names_there(houses, pl.concat([numbers["postcode"], alone["postcode"]]), slips=_SLIPS)
    of_street = names_there(called.head(numbers.height), numbers["street"], slips=_SLIPS)
    return addresses.with_columns(
        addresses["number"].scatter(numbers["row"], of_street),
        addresses["street"].scatter(alone["row"], called.tail(alone.height)),
    )


def _with_houses_parted(addresses: pl.DataFrame) -> pl.DataFrame:
    """The addresses; where house and street stand in one (`CORN HOUSE MILL LANE`) they are two."""
    named = addresses.filter(~pl.col("number").str.contains(r"^\d")).select(_WHERE).drop_nulls().unique()
    both = named.with_columns(both=pl.concat_str(_WHERE, separator=" ")).filter(pl.col("both").is_unique())
    asked = addresses.with_row_index("row").filter(pl.col("number").is_null())
    told = asked.select("row", "flat", both="street").join(both, on="both").sort("row")
    return _scattered(addresses, told.rename({"number": "house"}))


def _streets(asked: pl.DataFrame, houses: pl.DataFrame) -> pl.DataFrame:
    """Those of the asked rows of whose house one street is told: row, flat, house, street."""
    here = _mostly(houses.drop_nulls("postcode"), ["number", "postcode"])
    elsewhere = _of_many_places(asked, houses).implode()
    anywhere = _mostly(houses, ["number"]).filter(~pl.col("number").is_in(elsewhere))
    told = asked.join(here, left_on=["house", "postcode"], right_on=["number", "postcode"], how="left")
    told = told.join(anywhere, left_on="house", right_on="number", how="left", suffix="_anywhere")
    told = told.with_columns(street=pl.coalesce("street", "street_anywhere")).drop_nulls("street")
    return told.select("row", "flat", "house", "street").sort("row")


def _of_many_places(asked: pl.DataFrame, houses: pl.DataFrame) -> pl.Series:
    """Names of houses of which many stand where no row tells the street: every village has a Cartref."""
    told = houses.select(house="number", postcode="postcode").drop_nulls()
    named = pl.concat([asked.select("house", "postcode").drop_nulls(), told])
    both = named.join(told.unique().with_columns(told=pl.lit(1)), on=["house", "postcode"], how="left")
    counted = both.group_by("house").agg(told=pl.col("told").sum(), every=pl.len())
    return counted.filter(pl.col("told") * _MOST <= pl.col("every") * (_MOST - 1))["house"]


def _mostly(houses: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The street that most rows of a house tell: the columns it is known by, street."""
    told = houses.group_by(*by, "street").len()
    most = told.filter(pl.col("len") * _MOST > pl.col("len").sum().over(by) * (_MOST - 1))
    return most.select(*by, "street")


def with_postcode_for_street(addresses: pl.DataFrame) -> pl.DataFrame:
    """Let the postcode stand for the street of a house that has a name and of which nobody tells the street.

    What other rows number houses of is a street, and says nothing without a number.

    Args:
        addresses: As `with_streets_of_houses`.

    Returns:
        The same rows in the same order; of such houses number is the name and street the postcode.
    """
    numbered = pl.col("flat").is_null() & pl.col("number").str.contains(r"^\d")
    streets = addresses.filter(numbered)["street"].unique()
    house = pl.col("flat").is_not_null() | ~pl.col("street").is_in(streets.implode())
    alone = addresses.with_row_index("row").filter(
        pl.col("number").is_null() & pl.col("street").is_not_null() & house & pl.col("postcode").is_not_null()
    )
    return _scattered(addresses, alone.select("row", "flat", house="street", street="postcode"))
