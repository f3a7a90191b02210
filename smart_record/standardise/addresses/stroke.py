"""Which of two numbers with a stroke is the house: `3/16` is flat 3 of 16 here and flat 16 of 3 in Edinburgh.

The council's other addresses tell, those that say which number is the flat's; where they say nothing of
either house, most of those with a stroke that they do tell of.
"""

import polars as pl

_STROKE = r"^ *[0-9]+[A-Za-z]? ?/ ?[0-9]+[A-Za-z]?\b"
_HOUSE = ("street", "number")


def with_house_by_stroke(typed: pl.Series, parts: pl.DataFrame) -> pl.DataFrame:
    """Addresses with flat and house turned round where the house was typed first.

    Args:
        typed: The addresses as they were typed.
        parts: Their flat, number, street, as of `address_parts`, by which the first number is the flat's.

    Returns:
        The same rows in the same order.
    """
    numbers = pl.col("flat").str.contains("^[0-9]+[A-Z]?$") & pl.col("number").str.contains("^[0-9]")
    stroke = typed.str.contains(_STROKE) & parts.select(numbers & pl.col("street").is_not_null()).to_series()
    rows = stroke.fill_null(value=False).arg_true()
    if rows.is_empty():
        return parts
    said = parts.filter(~stroke.fill_null(value=False) & parts["flat"].is_not_null())
    houses = said.select(_HOUSE).drop_nulls().unique()
    asked = parts.select(pl.all().gather(rows))
    turned = asked.select(flat="number", number="flat", street="street")
    first, second = (_are_in(one.select(_HOUSE), houses) for one in (turned, asked))
    mostly = (first & ~second).sum() > (second & ~first).sum()
    house_first = (first & ~second) | ((first == second) & mostly)
    return parts.with_columns(
        parts[name].scatter(rows.filter(house_first), turned[name].filter(house_first))
        for name in ("flat", "number")
    )


def _are_in(asked: pl.DataFrame, houses: pl.DataFrame) -> pl.Series:
    told = asked.join(houses.with_columns(there=True), on=_HOUSE, how="left", maintain_order="left")
    return told["there"].fill_null(value=False)
