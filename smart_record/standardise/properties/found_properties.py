"""The property of each address, by what it was found, and how sure that is."""

import polars as pl

from smart_record.standardise.properties.address_findings import (
    ALONE,
    CONFIDENCES,
    NOT_LISTED,
    UNREAD,
    is_ambiguous,
    way,
)
from smart_record.standardise.properties.known_properties import Listed
from smart_record.standardise.properties.own_uprns import own_uprns
from smart_record.standardise.properties.places import Places
from smart_record.standardise.properties.property_look_up import look_up
from smart_record.standardise.properties.share_right import shares_right

FINDING = (
    "confidence", "share_right", "found_by", "street_corrected", "measured_on", "fits", "others",
)  # fmt: skip
"""What is told of how an address was found, beside its property."""

_CONFIRMED, _STRONG, _PROBABLE = 0.999, 0.99, 0.5
"""Shares right from which an address is one or the other; at an even chance or less it is doubtful.

Confirmed is what another record says too: a UPRN that no other row bears is strong at most.
"""


def find_properties(places: Places, twice: pl.Series) -> pl.DataFrame:
    """Find the property of each address.

    Args:
        places: The addresses.
        twice: Row by row whether the area has several streets of the name.

    Returns:
        One row per address, in order: uprn (its own, or the one found; null where none fits or several do),
        found_by (`address_findings.FOUND_BY`), street_corrected (bool: found by a street that was typed
        otherwise), share_right (f64: of addresses found so, on the council's own rows; null without uprn),
        measured_on (u32: how many of them), confidence (`address_findings.CONFIDENCES`), fits, others (where
        it is ambiguous or disputed, how many other properties there are, and the first, comma-joined).
    """
    listed = Listed.of(places, twice)
    own = own_uprns(places, listed)
    outvoted = own.filter(pl.col("share_right") < _PROBABLE)["row"]
    listed = listed.without(outvoted, places)
    looked_up = look_up(listed.asked, listed.known, places)
    looked_up = looked_up.join(listed.asked.select("row", "corrected"), on="row")
    shares = shares_right(places, listed)
    looked_up = looked_up.join(shares, on=["found_by", "corrected"], how="left")
    told = pl.concat([own, looked_up], how="diagonal")
    rows = places.rows.select("row", "number", "street", own="uprn", typed="corrected")
    rows = rows.join(told, on="row", how="left", maintain_order="left")
    unread = pl.col("number").is_null() | pl.col("street").is_null()
    by = pl.when(unread).then(way(UNREAD)).otherwise(way(NOT_LISTED))
    return rows.select(
        pl.coalesce("own", "uprn").alias("uprn"),
        pl.coalesce("found_by", by).alias("found_by"),
        *("share_right", "measured_on", "fits", "others"),
        street_corrected=pl.col("own").is_null() & pl.col("typed"),
    ).with_columns(confidence=_confidence())


def _confidence() -> pl.Expr:
    share = pl.col("share_right")
    return (
        pl.when(is_ambiguous(pl.col("found_by")))
        .then(pl.lit("ambiguous"))
        .when((share >= _CONFIRMED) & (pl.col("found_by") != ALONE))
        .then(pl.lit("confirmed"))
        .when(share >= _STRONG)
        .then(pl.lit("strong"))
        .when(share > _PROBABLE)
        .then(pl.lit("probable"))
        .when(share <= _PROBABLE)
        .then(pl.lit("doubtful"))
        .cast(CONFIDENCES)
    )
