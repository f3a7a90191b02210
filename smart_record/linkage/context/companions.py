"""Who else is who, once part of two records is known to be one household's.

When two records share a resident, their other persons are very likely the same too: what then remains to be
weighed is forename, date of birth and number, and a surname that changed with marriage counts for little.
"""

import numpy as np
import polars as pl

from smart_record.linkage.graph.packed_pairs import (
    HALF,
    Numbers,
    among,
    ends,
    numbered,
    once_each,
    packed,
    unpacked,
)
from smart_record.linkage.pairs.candidates import pairs_in_runs

_OTHER_IS_SAME = 2.5
"""Log2 odds that the other person of a record is the other person of a record of the same household."""

_RECORD = (np.uint64(1) << HALF) - np.uint64(1)
"""The bits of a resident and a record, held as one number, that are the record's."""

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
    no_one = pl.lit([], pl.List(pl.UInt32))
    business = matched.select(
        record=pl.min_horizontal("left", "right"), record_r=pl.max_horizontal("left", "right"), through=no_one
    )
    through = _sharing_some(rows["record"].to_numpy(), rows["resident"].to_numpy())
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


def _sharing_some(record: Numbers, resident: Numbers) -> pl.DataFrame:
    """Records that share a resident and name others besides, on both sides.

    Args:
        record, resident: Of each adult row.

    Returns:
        Columns: record < record_r, through (the residents that they share).
    """
    people = np.bincount(record)
    several = people[record] > 1  # nobody is left to meet where each record names one
    held = once_each(packed(resident[several], record[several]))
    shared, met = np.unique(pairs_in_runs(held, _RECORD, longest=len(held)), return_counts=True)
    one, other = ends(shared)
    some = unpacked(shared[met < np.minimum(people[one], people[other])])
    rows = pl.DataFrame({"record": record, "through": resident})
    both = some.rename({"left": "record", "right": "record_r"}).join(rows, on="record")
    both = both.join(rows, left_on=["record_r", "through"], right_on=["record", "through"])
    return both.unique().group_by("record", "record_r").agg(pl.col("through").cast(pl.UInt32))


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
    record = rows["record"].to_numpy()
    several = rows.select("person", "record").filter(pl.Series(np.bincount(record)[record] > 1))
    met = near.select("left", "right", "record_l", "record_r")
    both = met.join(several, left_on="record_l", right_on="record").join(
        several, left_on="record_r", right_on="record", suffix="_r"
    )
    others = both.filter((pl.col("person") != pl.col("left")) & (pl.col("person_r") != pl.col("right")))
    pairs = others.select(
        left=pl.min_horizontal("person", "person_r"), right=pl.max_horizontal("person", "person_r")
    )
    pairs = pairs.unique().sort("left", "right")
    return pairs.filter(~among(pairs, weighed))


def in_context(weighed: pl.DataFrame) -> pl.DataFrame:
    """The weighed pairs with their posterior as it is, once their records are known to be one household's."""
    return weighed.with_columns(
        posterior=pl.max_horizontal("posterior", pl.col("own") + pl.col("surname_at_home") + _OTHER_IS_SAME)
    )


def with_support(weighed: pl.DataFrame) -> pl.DataFrame:
    """Add to each posterior what the best other pair of the same two records says.

    A couple met as a couple is two agreements: each supports that the records are one household's.
    """
    _, records = numbered(packed(weighed["record_l"].to_numpy(), weighed["record_r"].to_numpy()))
    several = np.flatnonzero(np.bincount(records, minlength=1)[records] > 1)
    pairs = weighed.select("left", "right", "conflict", bits=pl.col("own") + pl.col("surname_at_home"))
    pairs = pairs.select(pl.all().gather(several), pair=several, records=records[several])
    helpful = pairs.filter((pl.col("bits") > 0) & ~pl.col("conflict"))
    other = pairs.join(helpful, on="records", suffix="_o").filter(
        (pl.col("left") != pl.col("left_o")) & (pl.col("right") != pl.col("right_o"))
    )
    support = other.group_by("pair").agg(pl.col("bits_o").max())
    bits = pl.zeros(weighed.height, pl.Float64, eager=True).scatter(support["pair"], support["bits_o"])
    return weighed.with_columns(posterior=pl.col("posterior") + bits)
