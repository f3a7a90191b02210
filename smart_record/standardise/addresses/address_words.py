"""Addresses as bags of words and marks: what a look-up compares, however an address is laid out.

A mark tells dwellings of one street apart: a number, a letter, a floor. `18A` is the marks 18 and A, as
`FLAT A, 18` is. The house mark is the last number, which stands before the street in nearly every way of
writing.
"""

import polars as pl

from smart_record.standardise.addresses.misspellings import corrections
from smart_record.standardise.addresses.street_words import street_words
from smart_record.standardise.letters import plain_capitals

_SAME = {
    "1ST": "FIRST",
    "2ND": "SECOND",
    "3RD": "THIRD",
    "FF": "FIRST",
    "GF": "GROUND",
    "GND": "GROUND",
    "GRD": "GROUND",
    "GRND": "GROUND",
    "SAINT": "ST",
    "SAINTS": "ST",
    "STREET": "ST",
}
"""Words read as one; Saint and Street both as ST, which a look-up need not tell apart."""

_FLOORS = ("BASEMENT", "GROUND", "FIRST", "SECOND", "THIRD", "TOP", "REAR", "FRONT")
_SILENT = (
    "THE", "AND", "NO", "NUMBER", "FLOOR", "FLR", "FLAT", "FLT", "APARTMENT", "APT", "APPT", "UNIT", "ROOM",
    "UK", "ENGLAND",
)  # fmt: skip
_MARK = rf"^(?:\d+|[A-Z]|{'|'.join(_FLOORS)})$"
_PIECES = r"\d+(?:ST|ND|RD)\b|\d+|[A-Z]+"
_SLIPS = 2

_SHORTEST_JOINED = 6
"""Letters of a word that may be two run together."""

WORD, MARK, HOUSE = 0, 1, 2
"""Kinds of token."""


def address_words(addresses: pl.DataFrame) -> pl.DataFrame:
    """Take addresses apart into tokens.

    Args:
        addresses: Columns row (a number) and address (as typed, lines parted by commas or not).

    Returns:
        One row per token of an address: row, token, kind (WORD, MARK or HOUSE). A token that an address has
        twice is there twice, the second time with a stroke behind it.
    """
    capitals = plain_capitals(pl.col("address")).str.replace_all("'", "", literal=True)
    tokens = (
        addresses.select("row", token=capitals.str.extract_all(_PIECES))
        .explode("token", empty_as_null=True, keep_nulls=True)
        .drop_nulls("token")
    )
    tokens = tokens.join(_read_tokens(tokens["token"]), on="token", maintain_order="left")
    tokens = tokens.filter(pl.col("read") != "").select("row", "kind", token=pl.col("read"))
    digits = tokens.filter(pl.col("token").str.contains(r"^\d"))
    house = digits.group_by("row", maintain_order=True).agg(
        (pl.lit("H") + pl.col("token").last()).alias("token")
    )
    house = house.select("row", "token", kind=pl.lit(HOUSE, pl.Int8))
    again = pl.int_range(pl.len()).over("row", "token") > 0
    tokens = tokens.select("row", "kind", token=pl.when(again).then(pl.col("token") + "'").otherwise("token"))
    every = pl.concat([tokens.select("row", "token", "kind"), house])
    return every.unique(["row", "token"], keep="first", maintain_order=True)


def _read_tokens(typed: pl.Series) -> pl.DataFrame:
    """Each distinct token as it is read (blank where it says nothing) and its kind: token, read, kind."""
    once = typed.unique().to_frame("token")
    read = street_words(pl.col("token")).replace(_SAME).str.strip_chars_start("0").fill_null("")
    once = once.with_columns(read=pl.when(pl.col("token").is_in(_SILENT)).then(pl.lit("")).otherwise(read))
    return once.with_columns(kind=pl.col("read").str.contains(_MARK).cast(pl.Int8))


def as_known_words(asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The asked tokens, each word that no known address has read as known ones.

    It may be two neighbours run together, or one that is a slip or two away.

    Args:
        asked: `address_words`.
        known: `address_words` of the addresses known.
    """
    words = known.filter(pl.col("kind") == WORD).group_by(word="token").agg(uses=pl.len().cast(pl.Int64))
    strange = asked.filter(pl.col("kind") == WORD).select(word="token").unique()
    strange = strange.join(words, on="word", how="anti")
    parted = _parted(strange, known)
    strange = strange.join(parted, on="word", how="anti")
    vocabulary = pl.concat(
        [
            words.with_columns(trusted=pl.lit(value=True)),
            strange.with_columns(uses=pl.lit(0, pl.Int64), trusted=pl.lit(value=False)),
        ]
    )
    corrected = corrections(vocabulary, common_to_rare=1, slips=_SLIPS)
    meant = pl.concat([parted, corrected.rename({"corrected": "meant"})])
    read = asked.join(meant, left_on="token", right_on="word", how="left", maintain_order="left")
    read = read.select("row", "kind", token=pl.coalesce("meant", "token"))
    return read.unique(["row", "token"], keep="first", maintain_order=True)


def _parted(strange: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Words that are two neighbours of a known address run together: word, meant; two rows each."""
    words = known.filter(pl.col("kind") == WORD).with_columns(
        after=pl.when(pl.col("row").shift(-1) == pl.col("row")).then(pl.col("token").shift(-1))
    )
    neighbours = words.drop_nulls("after").select("token", "after").unique()
    neighbours = neighbours.with_columns(word=pl.col("token") + pl.col("after")).sort("word", "token")
    neighbours = neighbours.filter(pl.col("word").str.len_chars() >= _SHORTEST_JOINED).unique(
        "word", keep="first"
    )
    both = strange.join(neighbours, on="word").sort("word")
    return pl.concat([both.select("word", meant=part) for part in ("token", "after")]).sort("word", "meant")
