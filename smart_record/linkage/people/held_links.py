"""The links that hold residents together: what agreed, how sure each is, which rows the sure ones hold.

Of two people of one name only birth or number tells which; by name and place a link is probable at most.
"""

import numpy as np
import polars as pl

from smart_record.linkage.graph.clusters import components
from smart_record.linkage.names.name_likeness import Likeness
from smart_record.linkage.pairs.evidence import CONFIRMED, PROBABLE, evidence, strength
from smart_record.linkage.rows.verdicts import CONFIRMED_BY_OFFICER

_SEED = 1


def _with_namesake(adults: pl.DataFrame, resident: pl.Series) -> pl.Series:
    """Whether each row's resident is in one record with another of the same name: a father and a son."""
    record = adults["record"].to_numpy()
    named = adults.select("record", "forename", "surname", resident=resident)
    several = named.filter(np.bincount(record)[record] > 1).drop_nulls()
    twice = several.filter(several.drop("resident").hash_rows(seed=_SEED).is_duplicated())
    theirs = pl.zeros(len(resident), pl.Boolean, eager=True)
    return theirs.scatter(twice["resident"], values=True).gather(resident)


def told_links(accepted: pl.DataFrame, adults: pl.DataFrame, resident: pl.Series) -> pl.DataFrame:
    """The links inside residents.

    Args:
        accepted: Weighed pairs that are held to be one person.
        adults: Adult rows in order of their number.
        resident: The resident of each row, by person number.

    Returns:
        One row per link: left, right, officer, match_weight, evidence, strength.
    """
    namesake = _with_namesake(adults, resident)
    inside = accepted.filter(resident.gather(accepted["left"]) == resident.gather(accepted["right"]))
    by_name = namesake.gather(inside["left"]) & (inside["dob"].fill_null(0) < 3)
    by_name = by_name & (inside["nino"].fill_null(0) < 2)
    inside = inside.with_columns(together=pl.len().over("record_l", "record_r") > 1)
    return inside.select(
        "left",
        "right",
        "officer",
        "match_weight",
        evidence=_evidence(),
        strength=pl.when("officer").then(CONFIRMED).when(by_name).then(PROBABLE).otherwise(strength()),
    )


def best_links(told: pl.DataFrame) -> pl.DataFrame:
    """The strongest link that holds each row: person, match_weight, evidence, strength."""
    turned = told.rename({"left": "right", "right": "left"}).select(told.columns)
    both = pl.concat([told, turned]).rename({"left": "person", "right": "other"})
    order = ["person", "officer", "strength", "match_weight", "other"]
    best = both.sort(order, descending=[False, True, True, True, False])
    return best.unique("person", keep="first", maintain_order=True).drop("other", "officer")


def held_by(told: pl.DataFrame, rows: int, least: int) -> pl.Series:
    """The rows that links of this strength or more hold together, by the smallest of them."""
    strong = told.filter(pl.col("strength") >= least)
    return pl.Series(components(rows, strong["left"], strong["right"]), dtype=pl.UInt32)


def _evidence() -> pl.Expr:
    confirmed = pl.when("officer").then(pl.lit(CONFIRMED_BY_OFFICER))
    agreed = evidence()
    another = pl.when(pl.col("forename") == Likeness.UNLIKE).then(pl.lit("under another name"))
    by_elimination = pl.when("left_over").then(pl.lit("nobody else is left"))
    told = [confirmed, pl.when(agreed != "").then(agreed), another, by_elimination]
    return pl.concat_str(told, separator="; ", ignore_nulls=True)
