"""Names that stand for one another: nicknames, spellings of one name in several scripts, initials."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.graph.packed_pairs import Packed, are_in, packed, packed_ends
from smart_record.standardise.addresses.misspellings import a_slip_away, shortened

Numbers = npt.NDArray[np.signedinteger[Any]]
Truths = npt.NDArray[np.bool_]
_TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True)
class NameTable:
    """Which names stand for one another, by their places among all names of the table.

    Attributes:
        names: Every name and every initial that stands for one, sorted.
        aliases: Pairs that may be one person's, both ways round, sorted.
        distant: Pairs that are a short form of one spelling and another spelling, likewise.
        initials: A name and an initial under which it may be written, likewise.
    """

    names: pl.Series
    aliases: Packed
    distant: Packed
    initials: Packed

    @classmethod
    def of(cls, aliases: pl.DataFrame, distant: pl.DataFrame, initials: pl.DataFrame) -> "NameTable":
        """The table of pairs (left, right) of names."""
        pairs = (aliases, distant, initials)
        names = pl.concat([one[side] for one in pairs for side in ("left", "right")]).unique().sort()
        numbers = pl.int_range(len(names), dtype=pl.UInt32, eager=True)
        numbered = (one.select(pl.all().replace_strict(names, numbers)) for one in pairs)
        keys = [np.sort(packed_ends(one)) for one in numbered]
        return cls(names, *keys)

    def entries(self, names: pl.Series) -> Numbers:
        """The place of each name in the table, -1 where it is not there."""
        place = self.names.to_frame("name").with_row_index("place")
        found = names.to_frame("name").join(place, on="name", how="left", maintain_order="left")
        return found["place"].cast(pl.Int64).fill_null(-1).to_numpy()


def stands_there(pairs: Packed, left: Numbers, right: Numbers) -> Truths:
    """Which pairs of entries, -1 for none, are among sorted pairs of a table."""
    found = np.zeros(len(left), dtype=np.bool_)
    asked = np.flatnonzero((left >= 0) & (right >= 0))
    found[asked] = are_in(packed(left[asked], right[asked]), pairs)
    return found


@cache
def forename_table() -> NameTable:
    """What is known of forenames."""
    return NameTable.of(forename_aliases(), distant_aliases(), initials_of_aliases())


@cache
def surname_table() -> NameTable:
    """What is known of surnames: spellings of one."""
    nothing = surname_aliases().clear()
    return NameTable.of(surname_aliases(), nothing, nothing)


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
