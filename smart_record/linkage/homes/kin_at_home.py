"""Grown-up children and other kin who live in somebody's household and claim on their own.

Nobody is on both their claim and the household's records: what shows them is one surname at a home that has
one bill, and no claim of another name beside them. Where somebody else claims there too it is a shared house,
in which people of one surname may be strangers.
"""

import numpy as np
import polars as pl

from smart_record.linkage.graph.clusters import Numbers
from smart_record.linkage.homes.families import generation_apart, of_one_family
from smart_record.linkage.pairs.evidence import ONE_HOUSEHOLD
from smart_record.linkage.sources import BENEFITS, COUNCIL_TAX

KIN = f"{ONE_HOUSEHOLD}at one home, one surname"
PARENT_AND_CHILD = f"{KIN}, a generation apart"

_MOST_CLAIMS = 4
"""Claims beside the household's own at one home; more are a hostel's or an office's."""


def kin_at_home(people: pl.DataFrame, records: pl.DataFrame, group: Numbers) -> pl.DataFrame:
    """Running claims of kin, each with the one bill that runs at their home.

    Args:
        people: Adult person rows with record, resident, surname, dob.
        records: `record_rows`.
        group: By record number, the records that are one household without this.

    Returns:
        left < right (record numbers), loose (the claim's), told (`KIN`, or `PARENT_AND_CHILD` where births
        are known that lie a generation apart), sorted.
    """
    claims, bills = _without_a_bill_and_with_one(people, records, group)
    named = people.select("record", "resident", "surname").drop_nulls("surname")
    guests, hosts = (named.join(one, on="record") for one in (claims, bills))
    pairs = guests.join(hosts, on="property", suffix="_r")
    kin = generation_apart(of_one_family(pairs), people)
    found = kin.group_by("record", "record_r", "claims").agg(pl.col("apart").any())
    all_are_kin = pl.len().over("record_r") == pl.col("claims")
    return (
        found.filter(all_are_kin)
        .select(
            left=pl.min_horizontal("record", "record_r"),
            right=pl.max_horizontal("record", "record_r"),
            loose="record",
            told=pl.when("apart").then(pl.lit(PARENT_AND_CHILD)).otherwise(pl.lit(KIN)),
        )
        .sort("left", "right")
    )


def _without_a_bill_and_with_one(
    people: pl.DataFrame, records: pl.DataFrame, group: Numbers
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Running claims of those who have neither bill nor tenancy, and the only bill that runs where they live.

    Returns:
        record, property, claims (how many such there are at the property); and record, property.
    """
    running = np.zeros(records.height, dtype=np.bool_)
    running[people["record"].to_numpy()] = True
    running &= records["ends"].is_null().to_numpy()
    bill, claim = (running & (records["source"] == one).to_numpy() for one in (COUNCIL_TAX, BENEFITS))
    housed = np.zeros(records.height, dtype=np.bool_)
    housed[group[running & ~claim]] = True
    places = records.select("record", "property")
    claims = places.filter(pl.Series(claim & ~housed[group])).drop_nulls()
    claims = claims.with_columns(claims=pl.len().over("property")).filter(pl.col("claims") <= _MOST_CLAIMS)
    bills = places.filter(pl.Series(bill)).join(claims.select("property").unique(), on="property", how="semi")
    return claims, bills.filter(pl.len().over("property") == 1)
