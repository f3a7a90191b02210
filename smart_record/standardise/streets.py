"""What a street is really called, learned from how often the council's own addresses use each name.

A rare name is read as a common one where it is a slip or two away from it, as a whole or word by word, or
where it is a common one with the place typed behind it. A name that several rows bear stays as it is.
"""

import polars as pl

from smart_record.standardise.addresses import STREET_ENDINGS
from smart_record.standardise.misspellings import corrections

_COMMON_TO_RARE = 8
"""A street is a misspelling of another only if that one is at least so many times as frequent."""

_SLIPS = 2
_SHORTEST_NAME = 5
"""Letters of a street of one word that may have a place behind it (`BROADWAY NEWTOWN`)."""

_PART_OF_THE_NAME = [*STREET_ENDINGS, "NORTH", "SOUTH", "EAST", "WEST", "UPPER", "LOWER"]
"""Words that make another street of a name: `PARK ROAD NORTH` is not Park Road."""


def real_streets(streets: pl.DataFrame) -> pl.DataFrame:
    """The street that each misspelt or overlong name most likely stands for.

    Args:
        streets: Each street once (`addresses.with_address_parts`). Columns: word, uses (addresses of it).

    Returns:
        One row per name that is read as another, sorted: word, corrected.
    """
    names = streets.with_columns(trusted=pl.lit(value=False))
    by_slip = corrections(names, common_to_rare=_COMMON_TO_RARE, slips=_SLIPS)
    rest = names.join(by_slip, on="word", how="anti")
    by_word = _word_by_word(rest, names)
    cut = _without_place_behind(rest.join(by_word, on="word", how="anti"), names)
    return pl.concat([by_slip, by_word, cut]).sort("word")


def _word_by_word(asked: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Names of which each word is a slip away from one that makes up a common street: word, corrected."""
    parts = names.select("uses", word=pl.col("word").str.split(" ")).explode(
        "word", empty_as_null=True, keep_nulls=True
    )
    words = parts.group_by("word").agg(pl.col("uses").sum())
    words = words.with_columns(trusted=pl.col("word").is_in(STREET_ENDINGS))
    meant = corrections(words, common_to_rare=_COMMON_TO_RARE, slips=1)
    spelt = pl.element().replace(meant["word"], meant["corrected"])
    read = asked.with_columns(corrected=pl.col("word").str.split(" ").list.eval(spelt).list.join(" "))
    return _if_common(read.filter(pl.col("word") != pl.col("corrected")), names)


def _without_place_behind(asked: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Names that are a common street and a place behind it (`THE GREENWAY NEWTOWN`): word, corrected."""
    split = asked.with_columns(words=pl.col("word").str.split(" "))
    split = split.with_columns(kept=pl.int_ranges(1, pl.col("words").list.len().cast(pl.Int64)))
    begun = split.explode("kept", empty_as_null=True, keep_nulls=True).drop_nulls("kept")
    begun = begun.with_columns(
        corrected=pl.col("words").list.head("kept").list.join(" "),
        behind=pl.col("words").list.slice("kept"),
    )
    place = ~pl.col("behind").list.eval(pl.element().is_in(_PART_OF_THE_NAME)).list.any()
    long_enough = (pl.col("kept") > 1) | (pl.col("corrected").str.len_chars() >= _SHORTEST_NAME)
    found = _if_common(begun.filter(place & long_enough).select("word", "uses", "corrected"), names)
    longest = found.sort("word", pl.col("corrected").str.len_chars(), descending=[False, True])
    return longest.unique("word", keep="first", maintain_order=True)


def _if_common(read: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    common = names.select(corrected="word", common="uses")
    held = read.select("word", "uses", "corrected").join(common, on="corrected")
    return held.filter(pl.col("common") >= _COMMON_TO_RARE * pl.col("uses")).select("word", "corrected")
