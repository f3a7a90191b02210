"""Match weight of a compared pair: log2 of how much likelier its agreements are for one person than for two."""

import polars as pl

from smart_record.linkage.name_likeness import Likeness

_FORENAME = {
    Likeness.ALIAS: 5.0,
    Likeness.SLIP: 4.5,
    Likeness.INITIAL: 3.0,
    Likeness.SIMILAR: 0.5,
    Likeness.UNLIKE: -7.0,
}
_SURNAME = {
    Likeness.ALIAS: 5.0,
    Likeness.SLIP: 5.0,
    Likeness.INITIAL: 2.0,
    Likeness.SIMILAR: 0.5,
    Likeness.UNLIKE: -4.0,
}
_SURNAME_AT_HOME = {
    Likeness.EQUAL: 1.0, Likeness.ALIAS: 0.5, Likeness.SLIP: 0.5, Likeness.INITIAL: 0.0, Likeness.SIMILAR: -1.0,
    Likeness.UNLIKE: -3.0,
}  # fmt: skip
_DOB = {3: 14.0, 2: 4.0, 1: 4.0, 0: -7.0}
_NINO = {2: 18.0, 1: 9.0, 0: -8.0}


def with_weights(compared: pl.DataFrame, *, people: int) -> pl.DataFrame:
    """Add match_weight (f64, bits) and posterior (f64, bits: the log2 odds that the two are one person)."""
    rare = pl.lit(float(people)).log(2)
    at_home = pl.col("place") == 4
    place = (
        pl.when(at_home)
        .then(rare - 2)
        .when(pl.col("place") == 3)
        .then(rare - 4)
        .when(pl.col("place") == 2)
        .then(rare - 6)
        .when(pl.col("place") == 0)
        .then(-4.0)
        .otherwise(0.0)
    )
    contact = pl.when("contact").then(rare - 2)
    near = pl.max_horizontal(place, contact) + pl.when(pl.col("contact") & at_home).then(1.0).otherwise(0.0)
    moved = pl.when(pl.col("moved") & ~at_home).then(7.0).when("moved").then(1.0).otherwise(0.0)
    award = pl.col("award").replace_strict({1: 2.5, 0: 0.0, -1: -2.5}, return_dtype=pl.Float64)
    forename = (
        pl.when(pl.col("forename") == Likeness.EQUAL)
        .then(_rarity("forename_share"))
        .otherwise(_level("forename", _FORENAME))
    )
    close = at_home | pl.col("contact")
    surname = (
        pl.when(close)
        .then(_level("surname", _SURNAME_AT_HOME))
        .when(pl.col("surname") == Likeness.EQUAL)
        .then(_rarity("surname_share"))
        .otherwise(_level("surname", _SURNAME))
    )
    middle = pl.col("middle").replace_strict({1: 3.0, 0: 0.0, -1: -4.0}, return_dtype=pl.Float64)
    sex = pl.when("sex_differs").then(-4.0).otherwise(0.0)
    swapped = pl.when("swapped").then(-2.0).otherwise(0.0)
    weight = near.fill_null(0.0) + moved + award + forename + surname + middle + sex + swapped
    weight = weight + _level("dob", _DOB) + _level("nino", _NINO)
    return compared.with_columns(match_weight=weight).with_columns(posterior=pl.col("match_weight") - rare)


def _level(field: str, weights: dict) -> pl.Expr:
    plain = {int(level): weight for level, weight in weights.items()}
    return pl.col(field).replace_strict(plain, default=0.0, return_dtype=pl.Float64).fill_null(0.0)


def _rarity(share: str) -> pl.Expr:
    return (-pl.col(share).log(2)).clip(3.0, 12.0)
