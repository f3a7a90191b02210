"""Names that stand for one another: nicknames, spellings of one name in several scripts, initials."""

from functools import cache
from pathlib import Path

import polars as pl

_TABLES = Path(__file__).parent / "tables"


@cache
def forename_aliases() -> pl.DataFrame:
    """Pairs of different forenames that may be one person's. Columns: left, right; both ways round."""
    return _pairs("forenames.csv")


@cache
def known_forenames() -> pl.Series:
    """Every forename of the table: a name in its own right however rare, so never a slip of another."""
    return forename_aliases()["left"].unique().sort()


@cache
def surname_aliases() -> pl.DataFrame:
    """Pairs of different surnames that are spellings of one. Columns: left, right; both ways round."""
    return _pairs("surnames.csv")


@cache
def initials_of_aliases() -> pl.DataFrame:
    """Initials under which a forename may be written. Columns: left (the forename), right (one letter)."""
    by_alias = forename_aliases().select("left", right=pl.col("right").str.slice(0, 1))
    return by_alias.unique().sort("left", "right")


def _pairs(file: str) -> pl.DataFrame:
    groups = pl.read_csv(_TABLES / file, infer_schema=False).with_row_index("group")
    names = groups.select("group", name=pl.col("names").str.split(" ")).explode("name")
    pairs = names.join(names, on="group", suffix="_other").filter(pl.col("name") != pl.col("name_other"))
    return pairs.select(left="name", right="name_other").unique().sort("left", "right")
