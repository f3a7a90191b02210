"""How often each way of looking up an address gives the right property, measured on the council's own rows.

Rows with a UPRN are looked up as if they had none: of some properties one form in which rows write them, by
all other rows. What comes back right is the share right of that way for rows that really have no UPRN.
"""

import polars as pl

from smart_record.standardise.properties.address_findings import (
    FOUND_BY,
    HOUSE_ALONE,
    NO_POSTCODE,
    OTHER_POSTCODE,
    READ_OTHERWISE,
    SAME_AREA,
    SAME_POSTCODE,
)
from smart_record.standardise.properties.known_properties import Listed
from smart_record.standardise.properties.places import Places
from smart_record.standardise.properties.property_look_up import look_up

_SHIPPED = {
    SAME_POSTCODE: (0.998, 0.995),
    SAME_AREA: (0.99, 0.98),
    NO_POSTCODE: (0.985, 0.975),
    OTHER_POSTCODE: (0.97, 0.95),
    READ_OTHERWISE: (0.97, 0.95),
    HOUSE_ALONE: (0.95, 0.93),
}
"""What counts as the share right before a council's first row: with the street as typed, and corrected."""

_SHIPPED_ROWS = 100
"""How many of a council's rows weigh as much as what is shipped."""

_LESS_TO_GO_BY = (
    (SAME_AREA, SAME_POSTCODE),
    (NO_POSTCODE, SAME_AREA),
    (OTHER_POSTCODE, NO_POSTCODE),
    (READ_OTHERWISE, SAME_POSTCODE),
    (HOUSE_ALONE, SAME_POSTCODE),
)
"""Ways, each with one that has more to go by; what is measured of few rows must not turn them round."""

_MEASURED, _ONE_IN = 20_000, 4
"""About how many properties are measured; of a small council's, one in so many."""

_SEED = 7


def shares_right(places: Places, listed: Listed) -> pl.DataFrame:
    """The share of each way that is right.

    Args:
        places: The addresses.
        listed: The same as a list of properties.

    Returns:
        One row per way and spelling: found_by, corrected (bool: the street was typed otherwise), share_right
        (f64), measured_on (u32, the council's own rows).
    """
    asked = _one_form_of_some(places, listed.known)
    rest = listed.known.join(asked.filter(pl.col("rows") == 1), on="row", how="anti")
    found = look_up(asked, rest, places).drop_nulls("uprn")
    true = asked.select("row", "corrected", "rows", true="uprn")
    rows, right = pl.col("rows"), pl.col("uprn") == pl.col("true")
    by_way = found.join(true, on="row").group_by("found_by", "corrected")
    seen = by_way.agg(right=rows.filter(right).sum(), measured_on=rows.sum())
    shares = _shipped().join(seen, on=["found_by", "corrected"], how="left", maintain_order="left")
    counts = pl.col("right", "measured_on").fill_null(0).cast(pl.UInt32)
    before = pl.col("shipped") * _SHIPPED_ROWS
    share = (pl.col("right") + before) / (pl.col("measured_on") + _SHIPPED_ROWS)
    return _in_order(shares.with_columns(counts).with_columns(share_right=share))


def _one_form_of_some(places: Places, known: pl.DataFrame) -> pl.DataFrame:
    """One of the forms in which rows write each property that is measured, whatever order they come in."""
    one_in = max(_ONE_IN, known["uprn"].n_unique() // _MEASURED)
    chosen = known.filter(pl.col("uprn").hash(_SEED) % one_in == 0)
    said = [texts.gather(chosen[name]).alias(name) for name, texts in places.texts.items()]
    lot = pl.DataFrame([*said, chosen["corrected"]]).hash_rows(_SEED)
    return chosen.with_columns(lot=lot).sort("uprn", "lot").unique("uprn", keep="first").drop("lot")


def _shipped() -> pl.DataFrame:
    rows = [
        (way, corrected, share)
        for way, shares in _SHIPPED.items()
        for corrected, share in zip((False, True), shares, strict=True)
    ]
    return pl.DataFrame(rows, ["found_by", "corrected", "shipped"], orient="row").cast({"found_by": FOUND_BY})


def _in_order(shares: pl.DataFrame) -> pl.DataFrame:
    """No share above one that has more to go by: a better postcode, or the street as it is called."""
    found = {
        (way, corrected): share
        for way, corrected, share in shares.select("found_by", "corrected", "share_right").iter_rows()
    }
    for way, stronger in _LESS_TO_GO_BY:
        for corrected in (False, True):
            found[way, corrected] = min(found[way, corrected], found[stronger, corrected])
    for way in _SHIPPED:
        found[way, True] = min(found[way, True], found[way, False])
    shares = shares.with_columns(share_right=pl.Series(found.values()))
    return shares.select("found_by", "corrected", "share_right", "measured_on")
