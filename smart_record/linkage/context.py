"""Who else is who, once part of two records is known to be one household's.

When two records share a resident, their other persons are very likely the same too: what then remains to be
weighed is forename, date of birth and number, and a surname that changed with marriage counts for little.
"""

import polars as pl

_OTHER_IS_SAME = 2.5
"""Log2 odds that the other person of a record is the other person of a record of the same household."""


def housemate_pairs(adults: pl.DataFrame) -> pl.DataFrame:
    """Pairs of persons still apart whose two records share a resident.

    Args:
        adults: Columns person, record, resident.

    Returns:
        left < right, sorted, with the resident that the records share (smallest, where they share two).
    """
    held = adults.select("record", "resident").unique()
    shared = held.join(held, on="resident", suffix="_r").filter(pl.col("record") < pl.col("record_r"))
    records = shared.group_by("record", "record_r").agg(through=pl.col("resident").min())
    one = adults.select("person", "record", "resident")
    other = adults.select(person_r="person", record_r="record", resident_r="resident")
    pairs = records.join(one, on="record").join(other, on="record_r")
    pairs = pairs.filter(
        (pl.col("resident") != pl.col("resident_r"))
        & (pl.col("resident") != pl.col("through"))
        & (pl.col("resident_r") != pl.col("through"))
    )
    ordered = pairs.select(
        left=pl.min_horizontal("person", "person_r"), right=pl.max_horizontal("person", "person_r"), through="through"
    )
    return ordered.unique(["left", "right"]).sort("left", "right")


def in_context(weighed: pl.DataFrame) -> pl.DataFrame:
    """The weighed pairs with their posterior as it is, once their records are known to be one household's."""
    return weighed.with_columns(
        posterior=pl.max_horizontal("posterior", pl.col("own") + pl.col("surname_at_home") + _OTHER_IS_SAME)
    )


def with_support(weighed: pl.DataFrame) -> pl.DataFrame:
    """Add to each posterior what the best other pair of the same two records says.

    A couple met as a couple is two agreements: each supports that the records are one household's.
    """
    pairs = weighed.select("left", "right", "record_l", "record_r", bits=pl.col("own") + pl.col("surname_at_home"))
    helpful = pairs.filter(pl.col("bits") > 0)
    other = pairs.join(helpful, on=["record_l", "record_r"], suffix="_o").filter(
        (pl.col("left") != pl.col("left_o")) & (pl.col("right") != pl.col("right_o"))
    )
    support = other.group_by("left", "right").agg(support=pl.col("bits_o").max())
    return (
        weighed.join(support, on=["left", "right"], how="left", maintain_order="left")
        .with_columns(posterior=pl.col("posterior") + pl.col("support").fill_null(0.0))
        .drop("support")
    )
