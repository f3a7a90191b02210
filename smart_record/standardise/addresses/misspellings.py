"""Rare words a slip away from a common one, learned from how often the council's own rows use each."""

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 3
"""Letters of the shortest word that a slip may stand for; shorter ones are a slip away from anything."""


def corrections(words: pl.DataFrame, *, common_to_rare: int, slips: int) -> pl.DataFrame:
    """The common word that each misspelled one most likely stands for.

    Args:
        words: Distinct words. Columns: word, uses (rows that have it), trusted (bool: a word known to be one,
            never corrected, and a fair correction however rare).
        common_to_rare: A word is a misspelling of another only if that one is so many times as frequent.
        slips: Letters that may be wrong, missing, extra or swapped with their neighbour.

    Returns:
        One row per word that is corrected, sorted: word, corrected.
    """
    rare = words.filter(~pl.col("trusted"))
    rarest = pl.col("uses").filter(~pl.col("trusted")).min()
    common = words.filter(pl.col("trusted") | (pl.col("uses") >= common_to_rare * rarest))
    measured = near_words(rare["word"], common["word"], slips=slips).join(rare, on="word")
    measured = measured.join(common, left_on="corrected", right_on="word", suffix="_r")
    frequent = pl.col("uses_r") >= common_to_rare * pl.col("uses")
    likelier = frequent | (pl.col("trusted_r") & (pl.col("uses_r") >= pl.col("uses")))
    order = ["word", "apart", "trusted_r", "uses_r", "corrected"]
    best = measured.filter(likelier).sort(order, descending=[False, False, True, True, False])
    return best.unique("word", keep="first", maintain_order=True).select("word", "corrected")


def near_words(words: pl.Series, others: pl.Series, *, slips: int) -> pl.DataFrame:
    """For each word, those of the others up to so many slips away.

    Of two slips those are found that dropping a letter from each word takes away: one letter missing and
    another too many, or one that stands elsewhere. Two letters wrong are two words.

    Args:
        words: Distinct words; none is found for those of three letters or fewer.
        others: Distinct words, which may be among the first.
        slips: Letters that may be wrong, missing, extra or swapped with their neighbour.

    Returns:
        word, corrected (the other), apart (slips between the two).
    """
    pairs = _near_pairs(words, others)
    apart = process.cpdist(
        pairs["word"].to_list(), pairs["corrected"].to_list(), scorer=OSA.distance, score_cutoff=slips
    )
    return pairs.with_columns(apart=pl.Series(apart, dtype=pl.Int64)).filter(pl.col("apart") <= slips)


def a_slip_away(words: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
    """The known words that each word may be, one letter wrong, missing, extra or swapped with its neighbour.

    Args:
        words: Distinct words, none of them known.
        known: `shortened` of the known ones.

    Returns:
        word, known.
    """
    rare = shortened(words.filter(words.str.len_chars() > _SHORTEST))
    pairs = rare.join(known.rename({"word": "known"}), on="rest").select("word", "known").unique()
    one, other = (pairs[name].to_list() for name in ("word", "known"))
    apart = pl.Series(process.cpdist(one, other, scorer=OSA.distance, score_cutoff=1), dtype=pl.Int64)
    return pairs.filter(apart <= 1)


def shortened(words: pl.Series) -> pl.DataFrame:
    """Each word of enough letters without any one of them, and as it is: word, rest."""
    length = pl.col("word").str.len_chars().cast(pl.Int64)
    rest = pl.col("word").str.slice(0, pl.col("at")) + pl.col("word").str.slice(pl.col("at") + 1)
    return (
        words.to_frame("word")
        .filter(length >= _SHORTEST)
        .with_columns(at=pl.int_ranges(0, length + 1))
        .explode("at", empty_as_null=True, keep_nulls=True)
        .select("word", rest=rest)
        .unique()
    )


def _near_pairs(words: pl.Series, others: pl.Series) -> pl.DataFrame:
    """Words and others that are equal once a letter is dropped from each or none: word, corrected.

    So cost grows with the number of words, not with its square (the idea of SymSpell).
    """
    rare = shortened(words.filter(words.str.len_chars() > _SHORTEST))
    pairs = rare.join(shortened(others).rename({"word": "corrected"}), on="rest")
    return pairs.filter(pl.col("word") != pl.col("corrected")).select("word", "corrected").unique()
