"""Pairs of person rows worth comparing: rows that share one of several keys, each too rare to join half a town.

A block is a key that two rows of one person are likely to share. No block needs the name spelled alike, the
place known and the date of birth known all at once: each forgives what another asks for.
"""

import polars as pl

from smart_record.linkage.name_likeness import name_skeleton
from smart_record.linkage.name_tables import forename_aliases

_LARGEST_BLOCK = 60
"""Blocks with more rows (hostels, offices) are split by name before pairs are made, or left."""


def candidate_pairs(persons: pl.DataFrame) -> pl.DataFrame:
    """Pairs to compare.

    Args:
        persons: Person rows with person, record, names, dob, nino and the record's property, building,
            postcode, telephone, email, starts, ends.

    Returns:
        Distinct pairs, left < right by person number, never of one record. Columns: left, right (u32).
    """
    rows = persons.with_columns(
        f=name_skeleton(pl.col("forename")), s=name_skeleton(pl.col("surname"))
    ).with_columns(day=_day_key())
    tokens = pl.concat([_keyed(rows, "f"), _keyed(rows, "s")]).filter(pl.col("token").is_not_null())
    aliases = _alias_tokens(rows)
    blocks = [
        rows.select("person", key=pl.concat_str(pl.lit("P"), "property")),
        rows.select("person", key=pl.concat_str(pl.lit("N"), "nino")),
        rows.select("person", key=pl.concat_str(pl.lit("T"), "telephone")),
        rows.select("person", key=pl.concat_str(pl.lit("E"), "email")),
        tokens.select("person", key=pl.concat_str(pl.lit("D"), "day", "token", separator="|")),
        tokens.select("person", key=pl.concat_str(pl.lit("B"), "building", "token", separator="|")),
        tokens.select("person", key=pl.concat_str(pl.lit("C"), "postcode", "token", separator="|")),
        tokens.select("person", key=pl.concat_str(pl.lit("M"), "starts", "token", separator="|")),
        tokens.select("person", key=pl.concat_str(pl.lit("M"), "ends", "token", separator="|")),
        rows.select(
            "person",
            key=pl.concat_str(
                pl.lit("F"), pl.min_horizontal("f", "s"), pl.max_horizontal("f", "s"), separator="|"
            ),
        ),
        aliases.select("person", key=pl.concat_str(pl.lit("A"), "alias", "s", separator="|")),
    ]
    keyed = pl.concat(blocks).filter(pl.col("key").is_not_null()).select("person", key=pl.col("key").hash(7))
    keyed = keyed.unique()
    keyed = keyed.filter(pl.len().over("key").is_between(2, _LARGEST_BLOCK))
    pairs = keyed.join(keyed, on="key", suffix="_r").filter(pl.col("person") < pl.col("person_r"))
    pairs = pairs.select(left="person", right="person_r").unique()
    record = persons.select("person", "record")
    pairs = pairs.join(record, left_on="left", right_on="person").join(
        record, left_on="right", right_on="person", suffix="_r"
    )
    return pairs.filter(pl.col("record") != pl.col("record_r")).select("left", "right").sort("left", "right")


def _keyed(rows: pl.DataFrame, token: str) -> pl.DataFrame:
    return rows.select("person", "day", "building", "postcode", "starts", "ends", token=pl.col(token)).filter(
        pl.col("token").str.len_bytes() > 1
    )


def _alias_tokens(rows: pl.DataFrame) -> pl.DataFrame:
    """For each row the smallest names that its forename may stand for, so that BILL and WILLIAM share one."""
    canonical = forename_aliases()
    return (
        rows.select("person", "s", left="forename")
        .join(canonical, on="left")
        .select("person", "s", alias="right")
    )


def _day_key() -> pl.Expr:
    """The date of birth with day and month in one order, so that a swapped pair falls in one block."""
    born = pl.col("dob")
    low = pl.min_horizontal(born.dt.day(), born.dt.month())
    high = pl.max_horizontal(born.dt.day(), born.dt.month())
    return pl.concat_str(born.dt.year(), low, high, separator="-")
