"""Addresses without UPRN looked up by flat, number and street among those that rows with a UPRN name."""

import polars as pl

from smart_record.standardise.properties.address_findings import (
    FLAT_MISSING,
    HOUSE_ALONE,
    NO_POSTCODE,
    NOT_LISTED,
    OTHER_POSTCODE,
    READ_OTHERWISE,
    SAME_AREA,
    SAME_POSTCODE,
    SEVERAL_FIT,
    properties_in_words,
    way,
)
from smart_record.standardise.properties.places import Places


def look_up(asked: pl.DataFrame, known: pl.DataFrame, places: Places) -> pl.DataFrame:
    """The property of each address that is asked for, reading by reading.

    Args:
        asked, known: As of `Listed`.
        places: Where they are from.

    Returns:
        row, uprn (null where several fit, or only one that is elsewhere), found_by, fits, others
        (`address_findings`; null unless several fit). A row that fits no property is not there.
    """
    outcome = [_candidates(asked, known)]
    waiting = asked.join(outcome[-1], on="row", how="anti")
    for reading in _other_readings(waiting, known, places):
        found = _candidates(reading.join(pl.concat(outcome), on="row", how="anti"), known)
        by = pl.when(pl.col("uprn").is_null()).then("found_by").otherwise(way(READ_OTHERWISE))
        outcome.append(found.with_columns(found_by=by))
    waiting = waiting.join(pl.concat(outcome), on="row", how="anti")
    return pl.concat([*outcome, _by_house(waiting, known, places)])


def _other_readings(waiting: pl.DataFrame, known: pl.DataFrame, places: Places) -> list[pl.DataFrame]:
    """The addresses that can be read in another way, each way with the dwelling it says.

    Flat 16 of number 1 is not read as flat 1 of number 16 where number 1 is known to have flats.
    """
    texts = waiting.select(
        flat=places.marks.gather(waiting["flat"]), number=places.marks.gather(waiting["number"])
    )
    flat, number = texts["flat"], texts["number"]
    letter = number.str.extract(r"^\d+([A-Z])$", 1)
    digits = number.str.extract(r"^(\d+)", 1)
    rows = waiting.with_columns(
        letter=places.mark(letter), digits=places.mark(digits), joint=places.mark(number + flat)
    )
    none = pl.lit(None, pl.UInt32)
    flats = known.filter(~pl.col("whole"))["house"].unique()
    as_written = waiting.select(places.house(pl.col("number")).is_in(flats.implode())).to_series()
    readings = [
        (pl.col("number"), pl.col("flat"), flat.is_not_null() & ~as_written),  # 16/3 for flat 3 of 16
        (pl.col("letter"), pl.col("digits"), flat.is_null() & letter.is_not_null()),  # 21A for flat A
        (none, pl.col("joint"), flat.str.contains("^[A-Z]$")),  # and the other way round
    ]
    return [
        rows.filter(applies).with_columns(dwelling=places.dwelling(read_flat, read_number))
        for read_flat, read_number, applies in readings
    ]


def _by_house(waiting: pl.DataFrame, known: pl.DataFrame, places: Places) -> pl.DataFrame:
    """What the house alone says, as `look_up`.

    A house whose rooms and whole bear one UPRN between them is one property; a block of flats without the
    flat is none.
    """
    asked = waiting.select("row", "flat", house=places.house(pl.col("number")))
    there = known.join(asked.select("house").unique(), on="house", how="semi")
    alone = pl.col("whole").any() | (pl.col("flat").n_unique() > 1)
    one = alone & (pl.col("uprn").n_unique() == 1)
    houses = there.group_by("house").agg(uprn=pl.col("uprn").min(), one=one)
    within = asked.join(houses.filter("one"), on="house")
    flats = properties_in_words("house", there.filter(~pl.col("whole")).select("house", "uprn").unique())
    which = asked.filter(pl.col("flat").is_null()).join(flats, on="house")
    which = which.join(within, on="row", how="anti")
    none, nobody = pl.lit(None, pl.UInt32), pl.lit(None, pl.String)
    return pl.concat(
        [
            within.select("row", "uprn", found_by=way(HOUSE_ALONE), fits=none, others=nobody),
            which.select(
                "row",
                pl.lit(None, pl.Int64).alias("uprn"),
                way(FLAT_MISSING).alias("found_by"),
                "fits",
                "others",
            ),
        ]
    )


def _candidates(asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Known properties of the same words, told apart by postcode, as `look_up`.

    Where the area has the street twice, another outward code is another street; none may be either's.
    """
    pairs = asked.select("row", "dwelling", "postcode", "outward", "twice").join(
        known.select("dwelling", "postcode", "outward", "uprn"), on="dwelling", suffix="_known"
    )
    closeness = (
        pl.when(pl.col("postcode") == pl.col("postcode_known"))
        .then(2)
        .when(pl.col("outward") == pl.col("outward_known"))
        .then(1)
        .when(pl.col("twice") & (pl.col("outward") != pl.col("outward_known")))
        .then(-1)
        .otherwise(0)
    )
    nothing = pl.col("postcode").is_null() | pl.col("postcode_known").is_null()
    per_uprn = pairs.group_by("row", "uprn").agg(closeness=closeness.max(), nothing=nothing.any())
    best = per_uprn.filter(pl.col("closeness") == pl.col("closeness").max().over("row"))
    one = best.filter(pl.col("row").is_unique())
    found_by = (
        pl.when(pl.col("closeness") < 0)
        .then(way(NOT_LISTED))
        .when(pl.col("closeness") == 2)
        .then(way(SAME_POSTCODE))
        .when(pl.col("closeness") == 1)
        .then(way(SAME_AREA))
        .when("nothing")
        .then(way(NO_POSTCODE))
        .otherwise(way(OTHER_POSTCODE))
    )
    uprn = pl.when(pl.col("closeness") >= 0).then("uprn")
    several = properties_in_words("row", best.filter(pl.col("row").is_duplicated()).select("row", "uprn"))
    told = [
        one.select("row", uprn, found_by=found_by),
        several.select(
            "row", pl.lit(None, pl.Int64).alias("uprn"), way(SEVERAL_FIT).alias("found_by"), "fits", "others"
        ),
    ]
    return pl.concat(told, how="diagonal")
