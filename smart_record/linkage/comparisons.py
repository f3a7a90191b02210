"""Each candidate pair compared field by field: the levels from which evidence and match weight follow."""

import polars as pl

from smart_record.linkage.identifier_comparison import (
    birth_level,
    middle_level,
    nino_levels,
    one_generation,
    sex_level,
)
from smart_record.linkage.name_comparison import name_levels
from smart_record.linkage.sources import BENEFITS

_SHARES = ("forename_share", "surname_share", "at_property")
_FIELDS = (
    "source", "record", "middle", "sex", "sex_likely", "dob", "dob_weak", "nino", "property", "building",
    "words", "postcode", "telephone", "email", "starts", "ends", "award_pence", "award_share", "ends_share",
    *_SHARES,
)  # fmt: skip
_AT_ONCE = 400_000
"""Pairs whose fields are laid side by side at one time, to bound memory."""

_FIRST_ROLES = ("liable_1", "claimant", "tenant")
OVERLAP_DAYS = 60
"""Two bills may run together for a few weeks around a move; for longer they are two households'."""


def compare(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """Compare the two rows of each pair.

    Args:
        pairs: Columns left, right: person numbers.
        adults: Person rows with their record's columns and `traits`.

    Returns:
        The pairs, sorted, with record_l, record_r and:
        forename, surname: `Likeness`, null if not known; swapped (bool): the two stand in the other order.
        middle: 1 agree, -1 differ, 0 not known.
        sex: -2 titles differ, -1 a title and a forename or two forenames speak of different sexes, 0.
        dob: 3 equal, 2 a slip or swap apart, 1 and -1 the year agrees and differs where one is a 1 January
            (which says the year at most), 0 differ, null not known.
        nino: 2 equal, 1 a slip apart, 0 differ, null not known.
        place: 4 same property, 3 same building, the flat not known, 2 same postcode, 0 elsewhere, null not
            known.
        one_generation (bool): two dates of birth that may be one, wrong twice.
        contact (bool): telephone or email shared.
        other_contact (bool): both have a telephone number, and another one.
        elsewhere: what speaks against one household: 1 a claim elsewhere at one time (claims lag), 2 records
            of two sources elsewhere at one time, or two of one kind here, 3 two of one kind elsewhere at one
            time, 4 here but one after the other, 5 a bill or a tenancy ended at one place, and when the
            other's record began is not known, 0 nothing.
        moved: days between the end of one record and the start of the other, null if over 31.
        started (bool): records of two sources start on one day.
        award: 1 same reduction, -1 two different ones, -2 only one has any, 0 not known.
        first (bool): both are the first named of their record or both are not.
        forename_share, surname_share, award_share, moved_share: how common what they share is, of two the
            commoner; at_property: rows of one source there.
    """
    fields = adults.select(*_FIELDS, first=pl.col("role").is_in(_FIRST_ROLES))
    names = name_levels(pairs, adults)
    compared = [
        _side_by_side(pairs.slice(at, _AT_ONCE), names.slice(at, _AT_ONCE), fields)
        for at in range(0, max(pairs.height, 1), _AT_ONCE)
    ]
    return pl.concat(compared)


def _side_by_side(pairs: pl.DataFrame, names: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    sides = [
        fields.select(pl.all().gather(pairs[side]).name.suffix(f"_{side[0]}")) for side in ("left", "right")
    ]
    nino = nino_levels(sides[0]["nino_l"], sides[1]["nino_r"])
    both = pl.concat([pairs.select("left", "right"), *sides, names], how="horizontal").with_columns(nino)
    levels = {
        "middle": middle_level(),
        "sex": sex_level(),
        "dob": birth_level(),
        "elsewhere": _elsewhere(),
        "moved": _moved(),
        "award": _award(),
    }
    return both.with_columns(place=_place().cast(pl.Int8)).select(
        "left",
        "right",
        "record_l",
        "record_r",
        "forename",
        "surname",
        "swapped",
        "nino",
        "place",
        *(level.cast(pl.Int8).alias(name) for name, level in levels.items()),
        contact=_equal("telephone") | _equal("email"),
        one_generation=one_generation(),
        other_contact=(pl.col("telephone_l") != pl.col("telephone_r")).fill_null(value=False),
        moved_share=_moved_share(),
        started=((pl.col("starts_l") == pl.col("starts_r")) & _across()).fill_null(value=False),
        award_share=pl.col("award_share_l"),
        first=pl.col("first_l") == pl.col("first_r"),
        **{share: pl.max_horizontal(f"{share}_l", f"{share}_r") for share in _SHARES},
    )


def _equal(field: str) -> pl.Expr:
    return (pl.col(f"{field}_l") == pl.col(f"{field}_r")).fill_null(value=False)


def _across() -> pl.Expr:
    return pl.col("source_l") != pl.col("source_r")


def _place() -> pl.Expr:
    unknown = pl.any_horizontal(pl.col(f"property_{side}").is_null() for side in "lr")
    outwards = [pl.col(f"postcode_{side}").str.head(-3) for side in "lr"]
    same_words = _equal("words") & (outwards[0] == outwards[1]).fill_null(value=True)
    return (
        pl.when(_equal("property") | same_words)
        .then(4)
        .when(_equal("building") & unknown)
        .then(3)
        .when(_equal("postcode"))
        .then(2)
        .when(unknown)
        .then(None)
        .otherwise(0)
    )


def _elsewhere() -> pl.Expr:
    """Two records at one time that one household hardly has: at two places, or of one kind."""
    apart = pl.col("place").is_in([0, 2])
    last = [pl.col(f"ends_{side}").fill_null(pl.date(9999, 12, 31)) for side in "lr"]
    together = (pl.min_horizontal(*last) - pl.max_horizontal("starts_l", "starts_r")).dt.total_days()
    claim = (pl.col("source_l") == BENEFITS) != (pl.col("source_r") == BENEFITS)
    at_once = (
        pl.when(~_across())
        .then(pl.when(apart).then(3).otherwise(2))
        .when(apart)
        .then(pl.when(claim).then(1).otherwise(2))
        .otherwise(0)
    )
    never = pl.when(~apart & (together < -OVERLAP_DAYS)).then(4).otherwise(0)
    one, other = (pl.col(f"ends_{side}").is_null() for side in "lr")
    began = [pl.col(f"starts_{side}").is_not_null() for side in "lr"]
    of_one, of_other = ((pl.col(f"source_{side}") != BENEFITS) for side in "lr")
    left = apart & pl.when(one).then(~other & ~began[0] & of_other).otherwise(other & ~began[1] & of_one)
    dated = (began[0] & began[1]) | (one & other)  # two that run today run together, whenever they began
    at_one_time = dated & (together.fill_null(OVERLAP_DAYS + 1) > OVERLAP_DAYS)
    return pl.when(at_one_time).then(at_once).when(left).then(5).otherwise(never).fill_null(0)


def _days_between_end_and_start() -> list[pl.Expr]:
    return [
        (pl.col("ends_l") - pl.col("starts_r")).dt.total_days().abs(),
        (pl.col("ends_r") - pl.col("starts_l")).dt.total_days().abs(),
    ]


def _moved() -> pl.Expr:
    nearest = pl.min_horizontal(*_days_between_end_and_start())
    return pl.when(nearest <= 31).then(nearest)


def _moved_share() -> pl.Expr:
    """How usual it is to start in the month of the move."""
    one, other = _days_between_end_and_start()
    first_ends = (other.is_null() | (one <= other)) & one.is_not_null()
    return pl.when(first_ends).then("ends_share_l").otherwise("ends_share_r")


def _award() -> pl.Expr:
    one, other = pl.col("award_pence_l"), pl.col("award_pence_r")
    running = pl.col("ends_l").is_null() & pl.col("ends_r").is_null()
    return (
        pl.when(~_across() | one.is_null() | other.is_null() | ~running | ((one == 0) & (other == 0)))
        .then(0)
        .when(one == other)
        .then(1)
        .when((one > 0) & (other > 0))
        .then(-1)
        .otherwise(-2)
    )
