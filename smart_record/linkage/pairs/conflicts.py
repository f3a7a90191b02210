"""What keeps two rows apart, whatever else speaks for their being one person."""

import polars as pl

from smart_record.linkage.names.name_likeness import Likeness

_OF_ONE_HOME = 3
"""Adults of one source at a property beyond which two of one name may be strangers in a shared house."""

_UNLIKE = -4.0
"""Bits of name, birth and number together from which two rows of one household are two people."""


_BY_NAMES = ("unlike in name, birth and number together", "two forenames")
_BY_HOMES = ("records of one kind at two places at one time",)
_BY_TYPING = (*_BY_NAMES, "two dates of birth", "two National Insurance numbers")


def conflict() -> pl.Expr:
    """Whether two rows can't be one person, whatever else speaks for it."""
    return pl.any_horizontal(one.fill_null(value=False) for one in conflicts().values())


def names_only() -> pl.Expr:
    """Whether it is their names that keep two rows apart, and nothing else."""
    return _only(_BY_NAMES)


def typed_only() -> pl.Expr:
    """Whether it is what a clerk may have typed wrong that keeps two rows apart, and nothing else."""
    return _only(_BY_TYPING)


def homes_only() -> pl.Expr:
    """Whether it is two homes at one time that keep two rows apart, and nothing else."""
    return _only(_BY_HOMES)


def _only(reasons: tuple[str, ...]) -> pl.Expr:
    others = [one.fill_null(value=False) for reason, one in conflicts().items() if reason not in reasons]
    return conflict() & ~pl.any_horizontal(others)


def conflicts() -> dict[str, pl.Expr]:
    """What keeps two compared and weighed rows apart, whatever else speaks for them, by its reason.

    One equal National Insurance number or date of birth forgives most slips, but not twins: two forenames. At
    home, who was born on one day and has one reduction on claim and bill goes by two: only who is liable for
    the bill may claim it.
    Whom one telephone reaches at two homes has left one of them, and whom one birth shows there under one
    surname; under two surnames they are two of one day.
    A father and a son of one name are a generation apart, or one is called so; two nearer births of one name
    at home are one's.
    """
    one_number = pl.col("nino").fill_null(0) == 2
    one_birth = pl.col("dob").fill_null(0) == 3
    identified = one_number | one_birth
    same_name = (pl.col("forename") == Likeness.EQUAL) & (pl.col("surname") == Likeness.EQUAL)
    at_home = (pl.col("place") == 4) & (pl.col("at_property") <= _OF_ONE_HOME)
    wrong_twice = pl.col("one_generation") & same_name & at_home
    births = (pl.col("dob") == 0) & ~one_number & ~wrong_twice
    numbers = (pl.col("nino") == 0) & ~one_birth
    one_surname = (pl.col("surname") >= Likeness.SIMILAR).fill_null(value=True)
    has_left_one = one_number | (one_birth & one_surname) | pl.col("contact")
    two_homes = (pl.col("elsewhere") == 3) & ~has_left_one
    unlike = (pl.col("own") + pl.col("surname_at_home") <= _UNLIKE) & ~identified
    one_family = (pl.col("surname") >= Likeness.SLIP) & (pl.col("place") == 4)
    one_claimant = one_birth & one_family & (pl.col("award") == 1)
    two_forenames = (pl.col("forename") == 0) & ~((one_number | one_claimant) & (pl.col("sex") == 0))
    return {
        "two dates of birth": births,
        "two National Insurance numbers": numbers,
        "records of one kind at two places at one time": two_homes,
        "unlike in name, birth and number together": unlike,
        "two forenames": two_forenames,
        "a senior and a junior": pl.col("senior_and_junior") & ~one_number,
    }
