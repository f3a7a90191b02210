"""Children named on more than one claim.

A claim that ends and one that begins name the same children, typed anew: by an initial, with a day or a month
wrong, without a birth. A parent has few children, and so what tells two adults apart in a town need not.
"""

from dataclasses import dataclass

import polars as pl

from smart_record.linkage.beside import NOT_KNOWN, Beside, as_numbers
from smart_record.linkage.graph.clusters import clusters, components
from smart_record.linkage.names.name_likeness import Likeness, forename_likeness
from smart_record.linkage.pairs.evidence import CONFIRMED, STRONG
from smart_record.linkage.pairs.identifier_comparison import birth_level
from smart_record.linkage.rows.verdicts import CONFIRMED_BY_OFFICER, Settled

_BORN_ALIKE, _BORN_EQUAL = 2, 3
"""Levels of `birth_level`; below, only the year or nothing is known, or two days differ."""

_KINDS = pl.DataFrame(
    {
        "kind": [0, 1, 2, 3],
        "match_weight": [25.0, 18.0, 16.0, 11.0],
        "strength": [CONFIRMED, STRONG, STRONG, STRONG],
        "evidence": [
            "date of birth; forename; parent or property in common",
            "date of birth but for a slip; forename; parent in common",
            "date of birth; initial or names crosswise; parent in common",
            "forename; parent in common",
        ],
    },
    schema_overrides={"strength": pl.Int32},
)
"""By what two rows are one child, surest first. A birthday tells 14 bits, a forename 5 or 6, having few 5."""


@dataclass(frozen=True, slots=True)
class Children:
    """Children resolved, by person number.

    Attributes:
        resident: The smallest person number of each row's child.
        certainly: The same, by births that are equal and officers' word alone. What rests on the parent in
            common makes the claims no surer of each other than that parent does.
        links: The best link that holds each row: person, match_weight, evidence, strength.
    """

    resident: pl.Series
    certainly: pl.Series
    links: pl.DataFrame


def resolve_dependants(dependants: pl.DataFrame, parents: pl.DataFrame, settled: Settled) -> Children:
    """Find which dependant rows are one child.

    Two rows are one child where the claims have a parent or a property in common and date of birth and
    forename agree. With a parent in common one of the two may be lacking in part: the birth a slip apart or
    not known, or the forename an initial or in the surname's place. The surname may be either parent's; twins
    share the birthday, not the forename.

    Args:
        dependants: Rows numbered from 0 in `person`, with record, property, forename, surname, dob, dob_weak.
        parents: The adults of each claim. Columns: record, resident.
        settled: What officers decided, by person number; it overrides what the rows say.
    """
    joins = _decided(_alike(_pairs(dependants, parents), dependants), settled)
    child = clusters(joins, dependants["record"], settled.apart)
    inside = joins.filter(child.gather(joins["left"]) == child.gather(joins["right"]))
    sure = inside.filter(pl.col("strength") == CONFIRMED)
    certainly = pl.Series(components(dependants.height, sure["left"], sure["right"]), dtype=pl.UInt32)
    return Children(child, certainly, _best(inside))


def _pairs(dependants: pl.DataFrame, parents: pl.DataFrame) -> pl.DataFrame:
    """Rows of two records with a parent, or a property and a birth, in common: left < right, by_parent."""
    known = dependants.filter(pl.col("forename").is_not_null()).select("person", "record", "property", "dob")
    of_children = parents.filter(pl.col("record").is_in(known["record"].unique().implode()))
    by_parent = known.join(of_children.select("record", "resident").unique(), on="record")
    met = [
        _of_two_records(by_parent, ["resident"]).with_columns(by_parent=pl.lit(value=True)),
        _of_two_records(known, ["property", "dob"]).with_columns(by_parent=pl.lit(value=False)),
    ]
    pairs = pl.concat(met).group_by("left", "right").agg(pl.col("by_parent").any())
    return pairs.sort("left", "right")


def _of_two_records(rows: pl.DataFrame, common: list[str]) -> pl.DataFrame:
    pairs = rows.join(rows, on=common, suffix="_r")
    pairs = pairs.filter((pl.col("person") < pl.col("person_r")) & (pl.col("record") != pl.col("record_r")))
    return pairs.select(left="person", right="person_r")


def _alike(pairs: pl.DataFrame, dependants: pl.DataFrame) -> pl.DataFrame:
    """The pairs that are one child: left, right, posterior and the columns of `_KINDS`."""
    left, right = (dependants.select(pl.all().gather(pairs[side])) for side in ("left", "right"))
    forename = _likeness(left["forename"], right["forename"])
    crosswise = pl.min_horizontal(
        _likeness(left["forename"], right["surname"]), _likeness(left["surname"], right["forename"])
    )
    born = _births(dependants, pairs)
    compared = pairs.with_columns(forename=forename, crosswise=crosswise, born=born)
    named, equal = pl.col("forename") >= Likeness.SLIP, pl.col("born") == _BORN_EQUAL
    nearly = pl.max_horizontal("forename", "crosswise") >= Likeness.INITIAL
    kind = (
        pl.when(equal & named)
        .then(0)
        .when(~pl.col("by_parent"))
        .then(None)
        .when((pl.col("born") == _BORN_ALIKE) & named)
        .then(1)
        .when(equal & nearly)
        .then(2)
        .when(pl.col("born").is_null() & named)
        .then(3)
    )
    found = compared.select("left", "right", "forename", kind=kind.cast(pl.Int64)).drop_nulls("kind")
    told = found.join(_KINDS, on="kind", how="left", maintain_order="left")
    posterior = pl.col("match_weight") + pl.col("forename") / 10  # of one kind the likest names first
    return told.with_columns(posterior=posterior).drop("kind", "forename")


def _births(dependants: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """`birth_level` of each pair; null where only the year agrees or nothing is known."""
    born = dependants["dob"]
    parts = {"year": born.dt.year(), "month": born.dt.month(), "day": born.dt.day()}
    columns = {name: as_numbers(part) for name, part in ({"dob": born} | parts).items()}
    columns["dob_weak"] = as_numbers(dependants["dob_weak"].cast(pl.Int32), unknown=0)
    ends = (pairs[side].cast(pl.Int64).to_numpy() for side in ("left", "right"))
    found = pl.Series(birth_level(Beside(columns, *ends)), dtype=pl.Int64)
    found = found.set(found == -1, 0)
    return found.set((found == 1) | (found == NOT_KNOWN), None)


def _likeness(one: pl.Series, other: pl.Series) -> pl.Series:
    """The likeness of two columns of names, 0 where one has none."""
    pairs = pl.DataFrame({"left": one, "right": other})
    alike = forename_likeness(pairs.unique()).with_columns(pl.col("likeness").cast(pl.Int64))
    told = pairs.join(alike, on=["left", "right"], how="left", maintain_order="left")
    return told["likeness"].fill_null(0)


def _decided(found: pl.DataFrame, settled: Settled) -> pl.DataFrame:
    """The pairs, each that an officer settled as it was settled; sorted."""
    ends = ["left", "right"]
    by_rows = found.join(pl.concat([settled.same, settled.apart]), on=ends, how="anti")
    surest = _KINDS.row(0, named=True)
    officers = settled.same.select(
        *ends,
        match_weight=pl.lit(surest["match_weight"]),
        strength=pl.lit(CONFIRMED, pl.Int32),
        evidence=pl.lit(CONFIRMED_BY_OFFICER),
        posterior=pl.lit(float("inf")),
    )
    return pl.concat([by_rows.select(officers.columns), officers]).sort(ends)


def _best(links: pl.DataFrame) -> pl.DataFrame:
    """The best link of each row: person, match_weight, evidence, strength."""
    ends = pl.concat([links.with_columns(person=end) for end in ("left", "right")])
    ordered = ends.sort("person", "posterior", "left", "right", descending=[False, True, False, False])
    best = ordered.unique("person", keep="first", maintain_order=True)
    return best.select("person", "match_weight", "evidence", "strength")
