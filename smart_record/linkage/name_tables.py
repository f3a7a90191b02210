"""Names that stand for one another: nicknames, spellings of one name in several scripts, initials."""

from functools import cache
from pathlib import Path

import polars as pl

from smart_record.standardise.misspellings import a_slip_away, shortened

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
    """A forename and an initial under which it may be written, either way round. Columns: left, right."""
    by_alias = forename_aliases().select("left", right=pl.col("right").str.slice(0, 1))
    turned = by_alias.select(left="right", right="left")
    return pl.concat([by_alias, turned]).unique().sort("left", "right")


@cache
def groups_of_forenames() -> pl.DataFrame:
    """The groups of names that stand for one another: group, name."""
    return _grouped("forenames.csv").select("group", "name")


def forename_groups(names: pl.Series) -> pl.DataFrame:
    """The groups of the table that each name belongs to, or belonged to before a slip of the keyboard.

    Returns:
        name, group; no row for a name that is neither in the table nor a slip away from it.
    """
    table = groups_of_forenames()
    asked = names.unique().to_frame("name")
    as_it_is = asked.join(table, on="name").select("name", "group")
    others = asked.join(table, on="name", how="anti")["name"]
    before_slip = a_slip_away(others, _shortened_forenames()).join(table, left_on="known", right_on="name")
    return pl.concat([as_it_is, before_slip.select("group", name="word").select("name", "group")]).unique()


@cache
def _shortened_forenames() -> pl.DataFrame:
    return shortened(groups_of_forenames()["name"].unique().sort())


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
