"""What agreed, in plain English and without a word of personal data."""

import polars as pl

from smart_record.linkage.names.name_likeness import Likeness

PROBABLE, STRONG, CONFIRMED = 1, 2, 3

ONE_HOUSEHOLD = "one household: "
"""How the evidence begins of what joins a record to its household beside the people named in both."""


SURE = 4.0
"""Posterior bits from which a link may be strong: sixteen to one, and what else agrees comes on top."""


def full_name() -> pl.Expr:
    """Whether forename and surname agree but for slips."""
    return (pl.col("forename") >= Likeness.SLIP) & (pl.col("surname") >= Likeness.SLIP)


def identified() -> pl.Expr:
    """Whether a number beside part of the name, or a birth beside all of it, is the same."""
    like_name = (pl.col("forename") >= Likeness.INITIAL) | (pl.col("surname") >= Likeness.SLIP)
    return ((pl.col("nino") == 2) & like_name) | ((pl.col("dob") == 3) & full_name())


def strength() -> pl.Expr:
    """How a link may be used: CONFIRMED by number or birth, STRONG by what more agrees, else PROBABLE.

    Only what is confirmed or strong may lead to contact without an officer's check. A name at a property may
    be a father's and his son's, a name elsewhere a stranger's: strong is what agrees in something else too.
    One reduction is such a thing at home; at two homes two of one name may well get the same.
    Of two forenames, numbers or births an officer is asked, whatever else agrees.
    together: whether another pair of the same two records is one person too.
    """
    told = pl.any_horizontal(
        pl.col("dob") >= 1,
        pl.col("nino") >= 1,
        (pl.col("award") == 1) & (pl.col("place") == 4),
        (pl.col("moved") <= 1) & (pl.col("place") != 4),
        pl.col("middle") == 1,
        "started",
        "contact",
        "together",
    )
    two_names = (pl.col("forename") == Likeness.UNLIKE) & (pl.col("nino").fill_null(0) < 2)
    two_births = (pl.col("dob") == 0) & (pl.col("forename") < Likeness.EQUAL)
    doubtful = (two_names | two_births | (pl.col("nino") == 0)).fill_null(value=False)
    certain = identified().fill_null(value=False)
    strong = told.fill_null(value=False) & (pl.col("posterior") >= SURE) & ~doubtful
    return pl.when(certain).then(CONFIRMED).when(strong).then(STRONG).otherwise(PROBABLE)


def evidence() -> pl.Expr:
    """The phrases for what a compared pair agrees on, joined by semicolons."""
    forename = pl.col("forename").replace_strict(
        {
            int(Likeness.EQUAL): "forename",
            int(Likeness.ALIAS): "forename by nickname or spelling",
            int(Likeness.SLIP): "forename but for a slip",
            int(Likeness.INITIAL): "initial",
        },
        default=None,
        return_dtype=pl.String,
    )
    surname = pl.col("surname").replace_strict(
        {
            int(Likeness.EQUAL): "surname",
            int(Likeness.ALIAS): "surname by spelling",
            int(Likeness.SLIP): "surname but for a slip",
            int(Likeness.INITIAL): "initial of surname",
        },
        default=None,
        return_dtype=pl.String,
    )
    phrases = [
        pl.when(pl.col("nino") == 2).then(pl.lit("National Insurance number")),
        pl.when(pl.col("nino") == 1).then(pl.lit("National Insurance number but for a slip")),
        pl.when(pl.col("dob") == 3).then(pl.lit("date of birth")),
        pl.when(pl.col("dob") == 2).then(pl.lit("date of birth but for a slip")),
        pl.when(pl.col("place") == 4).then(pl.lit("same property")),
        pl.when(pl.col("place") == 2).then(pl.lit("same postcode")),
        surname,
        forename,
        pl.when("swapped").then(pl.lit("names in the other order")),
        pl.when("contact").then(pl.lit("telephone or email")),
        pl.when((pl.col("moved") <= 1) & (pl.col("place") != 4)).then(pl.lit("dates of the move")),
        pl.when(pl.col("award") == 1).then(pl.lit("same council tax reduction")),
    ]
    return pl.concat_str(phrases, separator="; ", ignore_nulls=True)
