"""What a street's or a house's name means where it stands, in a postcode of a street or two.

`KIRK WND` and `KIRK WYND` of one postcode are one street, though over a whole council either might
be another. A name that the rows of some place agree on is never read as another.
"""

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from smart_record.standardise.addresses.street_words import STREET_ENDINGS
from smart_record.standardise.distinct import Distinct

_TIMES = 2
"""A name is read as another only if that one is so many times as frequent in the place."""

_ESTABLISHED = 3
"""Rows of a place from which the name that most of them bear is one there, and no misspelling."""

_SHORTEST = 5
"""Letters of the shortest name that a slip is looked for in."""

_NAMES_ANOTHER = rf"^ (?:{'|'.join([*STREET_ENDINGS, 'NORTH', 'SOUTH', 'EAST', 'WEST', 'UPPER', 'LOWER'])})$"
"""A word behind a name that makes it another street's: `PARK ROAD NORTH` is not Park Road."""


def names_there(names: pl.Series, places: pl.Series, *, slips: int) -> pl.Series:
    """Each name as most rows of its place call it.

    A name stands for one that is there more often: a slip or so away, the same with words shortened, its
    beginning, or it with a place behind.

    Args:
        names: Row by row the name of a street or house; null where there is none.
        places: Row by row the postcode, or the street that a house stands in; null if unknown.
        slips: Letters that may be wrong, missing, extra or swapped with their neighbour.

    Returns:
        The names in the same order, those that stand for others replaced.
    """
    name, place = Distinct.of(names), Distinct.of(places)
    rows = pl.DataFrame({"name": name.codes, "place": place.codes})
    borne = rows.drop_nulls().group_by("place", "name").agg(uses=pl.len())
    most = pl.col("uses").max().over("place")
    established = borne.filter((pl.col("uses") == most) & (most >= _ESTABLISHED))["name"].unique()
    several = borne.filter(pl.len().over("place") > 1)
    asked = several.filter(~pl.col("name").is_in(established.implode()))
    pairs = asked.join(several, on="place", suffix="_meant")
    pairs = pairs.filter(pl.col("uses_meant") >= _TIMES * pl.col("uses"))
    alike = _alike(pairs.select("name", "name_meant").unique(), name.texts, slips)
    meant = pairs.join(alike, on=["name", "name_meant"])
    meant = meant.filter(pl.col("uses_meant") == pl.col("uses_meant").max().over("place", "name"))
    meant = meant.filter(pl.struct("place", "name").is_unique())
    if meant.is_empty():
        return names
    here = rows.with_row_index("row").filter(pl.col("place").is_in(meant["place"].unique().implode()))
    read = here.join(meant.select("place", "name", "name_meant"), on=["place", "name"]).sort("row")
    return names.scatter(read["row"], name.texts.gather(read["name_meant"]))


def _alike(pairs: pl.DataFrame, texts: pl.Series, slips: int) -> pl.DataFrame:
    """Those pairs of which the first may stand for the second: name, name_meant."""
    one, other = (texts.gather(pairs[side]) for side in ("name", "name_meant"))
    apart = process.cpdist(one.to_list(), other.to_list(), scorer=OSA.distance, score_cutoff=slips)
    read = pairs.with_columns(one=one, other=other, apart=pl.Series(apart, dtype=pl.Int64))
    plain = pl.col("one").str.replace_all(r"[^A-Z0-9 ]", "")
    letters = plain.str.replace_all(r"([^ ])", "$1[^ ]*")
    shortened = pl.col("other").str.contains(pl.concat_str(pl.lit("^"), letters, pl.lit("$")))
    slip = (pl.col("apart") <= slips) & (pl.col("one").str.len_bytes() >= _SHORTEST)
    begun = pl.col("other").str.starts_with(pl.col("one") + " ")
    behind = pl.col("one").str.strip_prefix(pl.col("other"))
    placed = pl.col("one").str.starts_with(pl.col("other") + " ") & ~behind.str.contains(_NAMES_ANOTHER)
    return read.filter(slip | shortened | begun | placed).select("name", "name_meant")
