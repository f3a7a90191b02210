"""Who else is who, once part of two records is known to be one household's.

When two records share a resident, their other persons are very likely the same too: what then remains to be
weighed is forename, date of birth and number, and a surname that changed with marriage counts for little.
"""

import polars as pl

_OTHER_IS_SAME = 2.5
"""Log2 odds that the other person of a record is the other person of a record of the same household."""

_FAR_FETCHED = -10.0
"""Posterior bits below which not even a companion could make two rows one person."""


def housemate_pairs(rows: pl.DataFrame, matched: pl.DataFrame) -> pl.DataFrame:
    """Pairs of persons still apart whose two records are one household's.

    Args:
        rows: Adult rows with person, record, resident.
        matched: Records that are one household's by their business. Columns: left, right.

    Returns:
        left < right (person numbers), sorted.
    """
    held = rows.select("record", "resident").unique()
    shared = held.join(held, on="resident", suffix="_r").filter(pl.col("record") < pl.col("record_r"))
    through = shared.group_by("record", "record_r").agg(through="resident")
    no_one = pl.lit([], pl.List(pl.UInt32))
    business = matched.select(
        record=pl.min_horizontal("left", "right"), record_r=pl.max_horizontal("left", "right"), through=no_one
    )
    one = rows.select("person", "record", "resident")
    other = rows.select(person_r="person", record_r="record", resident_r="resident")
    pairs = pl.concat([through, business]).join(one, on="record").join(other, on="record_r")
    met = pl.col("through").list.contains(pl.col("resident")) | pl.col("through").list.contains(
        pl.col("resident_r")
    )
    apart = pairs.filter(~met & (pl.col("resident") != pl.col("resident_r")))
    ordered = apart.select(
        left=pl.min_horizontal("person", "person_r"), right=pl.max_horizontal("person", "person_r")
    )
    return ordered.unique().sort("left", "right")


def companion_pairs(weighed: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of the other people of two records elsewhere of which two may be one person.

    A couple met again at another address is known by both: what one name leaves open the other settles. Their
    rows may share no key of their own (an initial, a surname since changed).

    Args:
        weighed: Pairs weighed so far, with conflict.
        rows: Adult rows with person, record.

    Returns:
        left < right (person numbers) of pairs not weighed yet, sorted.
    """
    alike = pl.col("own") + pl.col("surname_at_home") > 0
    near = weighed.filter(
        alike
        & ~pl.col("conflict")
        & (pl.col("place") != 4).fill_null(value=True)
        & (pl.col("posterior") > _FAR_FETCHED)
    )
    several = rows.select("person", "record").filter(pl.len().over("record") > 1)
    met = near.select("left", "right", "record_l", "record_r")
    both = met.join(several, left_on="record_l", right_on="record").join(
        several, left_on="record_r", right_on="record", suffix="_r"
    )
    others = both.filter((pl.col("person") != pl.col("left")) & (pl.col("person_r") != pl.col("right")))
    pairs = others.select(
        left=pl.min_horizontal("person", "person_r"), right=pl.max_horizontal("person", "person_r")
    )
    return pairs.unique().join(weighed, on=["left", "right"], how="anti").sort("left", "right")


def in_context(weighed: pl.DataFrame) -> pl.DataFrame:
    """The weighed pairs with their posterior as it is, once their records are known to be one household's."""
    return weighed.with_columns(
        posterior=pl.max_horizontal("posterior", pl.col("own") + pl.col("surname_at_home") + _OTHER_IS_SAME)
    )


def with_support(weighed: pl.DataFrame) -> pl.DataFrame:
    """Add to each posterior what the best other pair of the same two records says.

    A couple met as a couple is two agreements: each supports that the records are one household's.
    """
    pairs = weighed.select(
        "left", "right", "record_l", "record_r", bits=pl.col("own") + pl.col("surname_at_home")
    )
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
