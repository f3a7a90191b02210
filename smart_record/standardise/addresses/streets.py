"""What a street is really called, learned from how often the council's own addresses use each name.

A rare name is read as a common one where it is a slip or two away from it, as a whole or word by word, where
it is a common one with the place typed behind it, or where it is the beginning of one alone (`CRANFIELD` for
Cranfield Avenue). A name that several rows bear stays as it is.
"""

import polars as pl

from smart_record.standardise.addresses.misspellings import corrections
from smart_record.standardise.addresses.street_words import STREET_ENDINGS

_COMMON_TO_RARE = 8
"""A street is a misspelling of another only if that one is at least so many times as frequent."""

_SLIPS = 2
_SHORTEST_NAME = 5
"""Letters of a street of one word that may have a place behind it (`BROADWAY NEWTOWN`)."""

_PART_OF_THE_NAME = [*STREET_ENDINGS, "NORTH", "SOUTH", "EAST", "WEST", "UPPER", "LOWER"]
"""Words that make another street of a name: `PARK ROAD NORTH` is not Park Road."""

_ENDS_AS_A_STREET = rf" (?:{'|'.join(STREET_ENDINGS)})$"


def real_streets(streets: pl.DataFrame) -> pl.DataFrame:
    """The street that each misspelt, shortened or overlong name most likely stands for.

    Args:
        streets: Each street once (`free_text.with_address_parts`). Columns: word, uses (addresses of it).

    Returns:
        One row per name that is read as another, sorted: word, corrected.
    """
    names = streets.select("word", "uses")
    found = _misspelt_or_short(names)
    rest = names.join(found, on="word", how="anti")
    whole = _without_place_behind(rest, names)
    told = pl.concat([found, whole, _misspelt_before_a_place(rest, whole, names)])
    again = told.join(told, left_on="corrected", right_on="word", how="left", suffix="_again")
    return again.select("word", corrected=pl.coalesce("corrected_again", "corrected")).sort("word")


def _misspelt_or_short(names: pl.DataFrame) -> pl.DataFrame:
    """Names that are a common street but for slips or the last word: word, corrected."""
    plain = names.with_columns(trusted=pl.lit(value=False))
    found = [corrections(plain, common_to_rare=_COMMON_TO_RARE, slips=_SLIPS)]
    for reading in (_word_by_word, _with_its_last_word):
        rest = names.join(pl.concat(found), on="word", how="anti")
        found.append(reading(rest, names))
    return pl.concat(found)


def _word_by_word(asked: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Names of which each word is a slip away from one that makes up a common street: word, corrected.

    A slip in `ROAD` alone is one however often it is made.
    """
    parts = names.select("uses", word=pl.col("word").str.split(" ")).explode(
        "word", empty_as_null=True, keep_nulls=True
    )
    words = parts.group_by("word").agg(pl.col("uses").sum())
    words = words.with_columns(trusted=pl.col("word").is_in(STREET_ENDINGS))
    meant = corrections(words, common_to_rare=_COMMON_TO_RARE, slips=1)
    of_ending = _if_common(_with_ending_spelt(asked, meant), names, times=1)
    spelt = pl.element().replace(meant["word"], meant["corrected"])
    read = asked.join(of_ending, on="word", how="anti")
    read = read.with_columns(corrected=pl.col("word").str.split(" ").list.eval(spelt).list.join(" "))
    return pl.concat([of_ending, _if_common(read.filter(pl.col("word") != pl.col("corrected")), names)])


def _with_ending_spelt(asked: pl.DataFrame, meant: pl.DataFrame) -> pl.DataFrame:
    """The names whose last word is a slip of one that streets end with: word, uses, corrected."""
    endings = meant.filter(pl.col("corrected").is_in(STREET_ENDINGS)).rename({"word": "last"})
    split = asked.with_columns(
        before=pl.col("word").str.extract(r"^(.* )[^ ]+$"), last=pl.col("word").str.extract(r" ([^ ]+)$")
    )
    read = split.join(endings, on="last")
    return read.select("word", "uses", corrected=pl.col("before") + pl.col("corrected"))


def _with_its_last_word(asked: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Names that are one common street without its last word: word, corrected."""
    begun = asked.join(_whole_by_beginning(names), on="word")
    times = pl.when(pl.col("word").str.contains(_ENDS_AS_A_STREET)).then(_COMMON_TO_RARE).otherwise(1)
    return begun.filter(pl.col("common") >= times * pl.col("uses")).select("word", "corrected")


def _whole_by_beginning(names: pl.DataFrame) -> pl.DataFrame:
    """The street that a name without its last word can only stand for: word, corrected, common (its uses)."""
    whole = names.filter(pl.col("word").str.contains(_ENDS_AS_A_STREET))
    begun = whole.select(
        "uses", corrected="word", word=pl.col("word").str.replace(r" [^ ]+$", ""), most=pl.col("uses")
    )
    begun = begun.filter(pl.col("word").str.len_chars() >= _SHORTEST_NAME).sort(
        "word", "uses", "corrected", descending=[False, True, False]
    )
    told = begun.group_by("word", maintain_order=True).agg(
        pl.col("corrected").first(), common=pl.col("most").first(), every=pl.col("uses").sum()
    )
    others = pl.col("every") - pl.col("common")
    return told.filter(pl.col("common") >= _COMMON_TO_RARE * others.clip(1)).drop("every")


def _without_place_behind(asked: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Names that are a common street and a place behind it (`THE GREENWAY NEWTOWN`): word, corrected."""
    begun = _beginnings(asked)
    long_enough = (pl.col("kept") > 1) | (pl.col("corrected").str.len_chars() >= _SHORTEST_NAME)
    return _longest(_if_common(begun.filter(long_enough).select("word", "uses", "corrected"), names))


def _misspelt_before_a_place(asked: pl.DataFrame, whole: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Names that are a common street, misspelt or short, and a place behind it: word, corrected.

    Args:
        asked: Names not read yet.
        whole: Of these, those that are a common street and a place. What stands behind several is a place.
        names: All names.
    """
    begun = _beginnings(asked)
    behind = (
        begun.join(whole, on=["word", "corrected"]).group_by("behind").agg(pl.col("corrected").n_unique())
    )
    places = behind.filter(pl.col("corrected") > 1)["behind"]
    others = begun.filter(pl.col("behind").is_in(places.implode())).join(whole, on="word", how="anti")
    bare = others.sort("word", "kept").unique("word", keep="first", maintain_order=True)
    every = pl.concat([names, bare.select(pl.col("corrected").alias("word"), "uses")])
    found = _misspelt_or_short(every.group_by("word").agg(pl.col("uses").sum()))
    read = bare.select("word", begins="corrected").join(found, left_on="begins", right_on="word")
    return read.select("word", "corrected")


def _beginnings(names: pl.DataFrame) -> pl.DataFrame:
    """Each name cut behind each of its words where only a place may follow.

    Returns:
        word, uses, kept (how many words), corrected (those), behind (the rest).
    """
    split = names.with_columns(words=pl.col("word").str.split(" "))
    split = split.with_columns(kept=pl.int_ranges(1, pl.col("words").list.len().cast(pl.Int64)))
    begun = split.explode("kept", empty_as_null=True, keep_nulls=True).drop_nulls("kept")
    begun = begun.with_columns(
        corrected=pl.col("words").list.head("kept").list.join(" "),
        behind=pl.col("words").list.slice("kept"),
    )
    place = ~pl.col("behind").list.eval(pl.element().is_in(_PART_OF_THE_NAME)).list.any()
    return begun.filter(place).select("word", "uses", "kept", "corrected", pl.col("behind").list.join(" "))


def _longest(found: pl.DataFrame) -> pl.DataFrame:
    longest = found.sort("word", pl.col("corrected").str.len_chars(), descending=[False, True])
    return longest.unique("word", keep="first", maintain_order=True)


def _if_common(read: pl.DataFrame, names: pl.DataFrame, *, times: int = _COMMON_TO_RARE) -> pl.DataFrame:
    common = names.select(corrected="word", common="uses")
    held = read.select("word", "uses", "corrected").join(common, on="corrected")
    return held.filter(pl.col("common") >= times * pl.col("uses")).select("word", "corrected")
