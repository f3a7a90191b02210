"""Children named on more than one claim."""

import polars as pl

from smart_record.linkage.graph.clusters import clusters
from smart_record.linkage.names.name_likeness import Likeness, forename_likeness
from smart_record.linkage.pairs.evidence import CONFIRMED
from smart_record.linkage.rows.verdicts import CONFIRMED_BY_OFFICER, Settled

_EVIDENCE = "date of birth; forename; parent or property in common"
_BITS = 25.0
"""Match weight of such a link: a birthday (14), a forename (5 to 6) and a household of few children (5)."""


def resolve_dependants(
    dependants: pl.DataFrame, parents: pl.DataFrame, settled: Settled
) -> tuple[pl.Series, pl.DataFrame]:
    """Find which dependant rows are one child.

    Two rows are one child where the claims have a parent or a property in common and date of birth and
    forename agree. The surname may be either parent's; twins share the birthday, not the forename.

    Args:
        dependants: Rows numbered from 0 in `person`, with record, property, forename, dob, dob_weak.
        parents: The adults of each claim. Columns: record, resident.
        settled: What officers decided, by person number; it overrides what the rows say.

    Returns:
        The smallest person number of each row's child, by person number; and the links that hold rows
        together: person, match_weight, evidence, strength.
    """
    born = dependants.filter(
        pl.col("dob").is_not_null() & ~pl.col("dob_weak") & pl.col("forename").is_not_null()
    )
    born = born.select("person", "record", "property", "forename", "dob")
    of_children = parents.filter(pl.col("record").is_in(born["record"].unique().implode()))
    by_parent = born.join(of_children.select("record", "resident").unique(), on="record")
    pairs = pl.concat(
        [_pairs(by_parent, "resident"), _pairs(born.drop_nulls("property"), "property")]
    ).unique()
    alike = forename_likeness(pairs.select(left="forename", right="forename_r").unique())
    alike = alike.filter(pl.col("likeness") >= Likeness.SLIP)
    same = pairs.join(alike, left_on=["forename", "forename_r"], right_on=["left", "right"])
    links = same.select(left="person", right="person_r", posterior=pl.col("likeness").cast(pl.Float64))
    ends = ["left", "right"]
    officers = settled.same.select(*ends, posterior=pl.lit(float("inf")))
    by_rows = links.join(pl.concat([settled.same, settled.apart]), on=ends, how="anti")
    joins = pl.concat([by_rows, officers]).sort(ends)
    child = clusters(joins, dependants["record"], settled.apart)
    return child, _told(joins, child)


def _pairs(rows: pl.DataFrame, common: str) -> pl.DataFrame:
    """Rows of two records born on one day with a parent or property in common."""
    pairs = rows.join(rows, on=[common, "dob"], suffix="_r")
    pairs = pairs.filter((pl.col("person") < pl.col("person_r")) & (pl.col("record") != pl.col("record_r")))
    return pairs.select("person", "person_r", "forename", "forename_r")


def _told(links: pl.DataFrame, child: pl.Series) -> pl.DataFrame:
    inside = links.filter(child.gather(links["left"]) == child.gather(links["right"]))
    ends = pl.concat([inside.select("posterior", person=end) for end in ("left", "right")])
    held = ends.group_by("person").agg(officer=pl.col("posterior").is_infinite().any()).sort("person")
    return held.select(
        "person",
        match_weight=pl.lit(_BITS),
        evidence=pl.when("officer").then(pl.lit(CONFIRMED_BY_OFFICER)).otherwise(pl.lit(_EVIDENCE)),
        strength=pl.lit(CONFIRMED),
    )
