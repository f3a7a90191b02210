"""By what an address was found to be a property: the ways there are, surest first, and each in words."""

import polars as pl

BORNE_OUT, ALONE, DISPUTED = "own_borne_out", "own_alone", "own_disputed"
SAME_POSTCODE, SAME_AREA = "same_postcode", "same_area"
NO_POSTCODE, OTHER_POSTCODE = "no_postcode", "other_postcode"
READ_OTHERWISE, HOUSE_ALONE = "read_otherwise", "house_alone"
SEVERAL_FIT, FLAT_MISSING = "several_fit", "flat_missing"
NOT_LISTED, UNREAD = "not_listed", "unread"

WORDS = {
    BORNE_OUT: "its own UPRN, which other records bear out",
    ALONE: "its own UPRN, which no other record bears out",
    DISPUTED: "its own UPRN, but other records say that it is another property",
    SAME_POSTCODE: "found by its words and postcode",
    SAME_AREA: "found by its words and the first half of its postcode",
    NO_POSTCODE: "found by its words, with no postcode to compare",
    OTHER_POSTCODE: "found by its words, though its postcode is of another area",
    READ_OTHERWISE: "found by reading it another way, such as 16/3 as flat 3 of number 16",
    HOUSE_ALONE: "found by its house, which is known as one property",
    SEVERAL_FIT: "several properties have these words",
    FLAT_MISSING: "a building of flats, and it does not say which",
    NOT_LISTED: "known by its words only: no record with a UPRN has them",
    UNREAD: "no house and street can be read",
}
"""Each way in plain English."""

FOUND_BY = pl.Enum(list(WORDS))
"""The ways, as a column holds them."""

OWN = (BORNE_OUT, ALONE, DISPUTED)
LOOKED_UP = (SAME_POSTCODE, SAME_AREA, NO_POSTCODE, OTHER_POSTCODE, READ_OTHERWISE, HOUSE_ALONE)
AMBIGUOUS = (SEVERAL_FIT, FLAT_MISSING)

CONFIDENCES = pl.Enum(["confirmed", "strong", "probable", "doubtful", "ambiguous"])
"""How sure the property of an address is; null where it is known by its words only, or can't be read."""

MOST_SHOWN = 12
"""Other properties that an ambiguous or doubtful address tells of; how many fit is told beside them."""


def is_ambiguous(found_by: pl.Expr) -> pl.Expr:
    """Whether several properties fit."""
    return found_by.is_in(pl.Series(AMBIGUOUS, dtype=FOUND_BY).implode())


def way(name: str) -> pl.Expr:
    """One way, as a literal of the column's type."""
    return pl.lit(name, FOUND_BY)


def properties_in_words(by: str, properties: pl.DataFrame) -> pl.DataFrame:
    """How many properties there are and the first of them as text: `by`, fits (u32), others.

    Args:
        by: The column that says whose they are.
        properties: Columns: `by`, uprn; any order, each once.
    """
    told = properties.sort(by, "uprn").group_by(by, maintain_order=True)
    return told.agg(fits=pl.len(), others=pl.col("uprn").head(MOST_SHOWN).cast(pl.String).str.join(", "))
