"""Match weights: how much likelier a pair's agreements are for one person than for two, in bits.

A weight is log2(m / u) in the terms of Fellegi and Sunter: m, how often rows of one person show this level;
u, how often rows of two people do. Where u depends on the council (how many rows there are, how common a name
or a moving day is), it is taken from tonight's rows. Place, contact and dates speak of the household and
count once: at one address the surname says next to nothing about who is who.
"""

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
    Likeness.EQUAL: 1.0, Likeness.ALIAS: 0.5, Likeness.SLIP: 0.5, Likeness.INITIAL: 0.0, Likeness.SIMILAR:
    -1.0, Likeness.UNLIKE: -3.0,
}  # fmt: skip
_DOB = {3: 14.0, 2: 4.0, 1: 4.0, 0: -7.0, -1: -2.5}
_NINO = {2: 18.0, 1: 9.0, 0: -8.0}
_SEX = {0: 0.0, -1: -3.0, -2: -5.0}
_MIDDLE = {1: 3.0, 0: 0.0, -1: -4.0}
_ELSEWHERE = {0: 0.0, 1: -1.0, 2: -5.0, 3: -9.0, 4: -2.5}
_AWARD = {0: 0.0, -1: -1.0, -2: -4.0}


def with_weights(compared: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """Weigh each compared pair.

    Args:
        compared: `comparisons.compare`.
        adults: The rows compared, for how common what they share is.

    Returns:
        The same rows with: own (bits for the two rows being one person, given one household), shared (bits
        for the two records being one household), match_weight (their sum), posterior (the log2 odds).
    """
    rows = max(adults.height, 2)
    bits = pl.lit(float(rows)).log(2)
    weighed = _with_usual_shares(compared, adults)
    at_home = (pl.col("place") == 4) | pl.col("contact")
    own = (
        _forename()
        + _level("dob", _DOB)
        + _level("nino", _NINO)
        + _level("middle", _MIDDLE)
        + _sex_weight()
        + pl.when("swapped").then(-2.0).otherwise(0.0)
        + pl.when("first").then(0.5).otherwise(-0.5)
    )
    surname = pl.when(at_home).then(_level("surname", _SURNAME_AT_HOME)).otherwise(_surname())
    by_name_only = ~at_home & pl.col("moved").is_null() & pl.col("dob").is_null() & pl.col("nino").is_null()
    own = own - pl.when(by_name_only & (pl.col("place").fill_null(0) == 0)).then(1.5).otherwise(0.0)
    shared = pl.max_horizontal(_place(bits), pl.when("contact").then(bits - 2)) + _dates() + _award_weight()
    return (
        weighed.with_columns(own=own, shared=shared, surname_at_home=_level("surname", _SURNAME_AT_HOME))
        .with_columns(match_weight=pl.col("own") + pl.col("shared") + surname)
        .with_columns(posterior=pl.col("match_weight") - bits)
    )


def _forename() -> pl.Expr:
    equal = pl.col("forename") == Likeness.EQUAL
    return pl.when(equal).then(_rarity("forename_share")).otherwise(_level("forename", _FORENAME))


def _surname() -> pl.Expr:
    equal = pl.col("surname") == Likeness.EQUAL
    return pl.when(equal).then(_rarity("surname_share")).otherwise(_level("surname", _SURNAME))


def _sex_weight() -> pl.Expr:
    """Titles are typed wrong too: beside an equal forename they say less."""
    weight = _level("sex", _SEX)
    return pl.when(pl.col("forename") == Likeness.EQUAL).then(weight / 3).otherwise(weight)


def _place(bits: pl.Expr) -> pl.Expr:
    return (
        pl.when(pl.col("place") == 4)
        .then(bits - pl.col("at_property").cast(pl.Float64).log(2))
        .when(pl.col("place") == 3)
        .then(bits - 4)
        .when(pl.col("place") == 2)
        .then(bits - 6)
        .when(pl.col("place") == 0)
        .then(-4.0)
        .otherwise(0.0)
    )


def _dates() -> pl.Expr:
    elsewhere = _level("elsewhere", _ELSEWHERE)
    at_home = pl.col("place") == 4
    moved = (
        pl.when(at_home | pl.col("moved").is_null() | (pl.col("elsewhere") == 3))
        .then(0.0)
        .when(pl.col("moved") <= 1)
        .then(_rarity("moved_share", most=14.0) + 3.5)
        .otherwise((_rarity("moved_share", most=14.0) - 1.0).clip(0.0, None))
    )
    started = pl.when(pl.col("started") & (pl.col("place").is_null() | (pl.col("place") == 3))).then(4.0)
    return (
        elsewhere + moved + started.fill_null(pl.when(pl.col("started") & at_home).then(1.5).otherwise(0.0))
    )


def _award_weight() -> pl.Expr:
    same = pl.col("award") == 1
    return (
        pl.when(same)
        .then(pl.when(pl.col("place") == 4).then(2.0).otherwise(_rarity("award_share", most=3.5)))
        .otherwise(_level("award", _AWARD))
    )


def _with_usual_shares(compared: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """Add moved_share (of rows that start within the month of the move) and award_share (rows with that award)."""
    awards = adults.group_by("award_pence").agg(award_share=pl.len() / adults.height)
    started = adults.filter(pl.col("starts").is_not_null())
    months = started.group_by(month=pl.col("starts").dt.truncate("1mo")).agg(
        moved_share=pl.len() / max(started.height, 1)
    )
    return (
        compared.join(awards, on="award_pence", how="left", maintain_order="left")
        .with_columns(month=pl.col("moved_on").dt.truncate("1mo"))
        .join(months, on="month", how="left", maintain_order="left")
        .drop("month")
    )


def _level(field: str, weights: dict[Likeness, float] | dict[int, float]) -> pl.Expr:
    plain = {int(level): weight for level, weight in weights.items()}
    return pl.col(field).replace_strict(plain, default=0.0, return_dtype=pl.Float64).fill_null(0.0)


def _rarity(share: str, *, most: float = 12.0) -> pl.Expr:
    return (-pl.col(share).log(2)).clip(3.0, most).fill_null(most / 2)
