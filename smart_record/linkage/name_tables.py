"""Names that stand for one another: nicknames, spellings of one name in several scripts, initials."""

from functools import cache
from pathlib import Path

import polars as pl

from smart_record.standardise.misspellings import near_words

_TABLES = Path(__file__).parent / "tables"


@cache
def forename_aliases() -> pl.DataFrame:
    """Pairs of different forenames that may be one person's. Columns: left, right; both ways round."""
    return _pairs("forenames.csv")


@cache
def distant_aliases() -> pl.DataFrame:
    """Pairs that are a short form of one spelling and another spelling (`KATE`, `KATHRYN`): left, right."""
    short = _pairs("forenames.csv", without="spelling")
    spelling = _pairs("forenames.csv", only="spelling")
    steps = short.join(spelling, left_on="right", right_on="left", suffix="_far")
    steps = steps.select("left", right="right_far").filter(pl.col("left") != pl.col("right"))
    both_ways = pl.concat([steps, steps.select(left="right", right="left")]).unique()
    return both_ways.join(forename_aliases(), on=["left", "right"], how="anti").sort("left", "right")


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


def groups_of_forenames() -> pl.DataFrame:
    """The groups of names that stand for one another: group, name."""
    return _grouped("forenames.csv").select("group", "name")


def forename_groups(names: pl.Series) -> pl.DataFrame:
    """The groups of the table that each name belongs to, or belonged to before a slip of the keyboard.

    Returns:
        name, group; no row for a name that is neither in the table nor a slip away from it.
    """
    table = groups_of_forenames()
    known = table["name"].unique()
    words = pl.concat([names, known]).unique().to_frame("word").with_columns(uses=pl.lit(1))
    words = words.with_columns(trusted=pl.col("word").is_in(known.implode()))
    near = near_words(words, slips=1).rename({"word": "name"})
    asked = names.to_frame("name")
    as_it_is = asked.join(table, on="name")
    before_slip = asked.join(near, on="name").join(table, left_on="corrected", right_on="name")
    return pl.concat([as_it_is.select("name", "group"), before_slip.select("name", "group")]).unique()


def _pairs(file: str, *, only: str | None = None, without: str | None = None) -> pl.DataFrame:
    names = _grouped(file)
    kinds = [pl.col("kind") == only] if only else [pl.col("kind") != without] if without else []
    names = names.filter(*kinds)
    pairs = names.join(names, on="group", suffix="_other").filter(pl.col("name") != pl.col("name_other"))
    return pairs.select(left="name", right="name_other").unique().sort("left", "right")


@cache
def _grouped(file: str) -> pl.DataFrame:
    groups = pl.read_csv(_TABLES / file, infer_schema=False).with_row_index("group")
    named = groups.select("group", "kind", name=pl.col("names").str.split(" ")).explode("name")
    return named.unique().sort("group", "name")
