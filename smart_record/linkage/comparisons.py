"""Each candidate pair compared field by field: the levels from which evidence and match weight follow."""

import polars as pl

from smart_record.linkage.name_likeness import Likeness, forename_likeness, surname_likeness
from smart_record.linkage.sources import BENEFITS

_FIELDS = (
    "person", "source", "role", "record", "forename", "forename_meant", "middle", "surname", "sex", "sex_likely",
    "dob", "dob_weak", "nino", "property", "building", "postcode", "telephone", "email", "starts", "ends",
    "award_pence", "forename_share", "surname_share", "at_property",
)  # fmt: skip
_FIRST_ROLES = ("liable_1", "claimant", "tenant")
_OVERLAP_DAYS = 60
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
        dob: 3 equal, 2 a slip or swap apart, 1 and -1 the year agrees and differs where one is a 1 January (which says
            the year at most), 0 differ, null not known.
        nino: 2 equal, 1 a slip apart, 0 differ, null not known.
        place: 4 same property, 3 same building, the flat not known, 2 same postcode, 0 elsewhere, null not known.
        contact (bool): telephone or email shared.
        elsewhere: what speaks against one household: 1 a claim elsewhere at one time (claims lag), 2 records of two
            sources elsewhere at one time, or two of one kind here, 3 two of one kind elsewhere at one time, 4 here
            but one after the other, 0 nothing.
        moved: days between the end of one record and the start of the other, null if over 31.
        started (bool): records of two sources start on one day.
        award: 1 same reduction, -1 two different ones, -2 only one has any, 0 not known.
        first (bool): both are the first named of their record or both are not.
        forename_share, surname_share, award_share: how common what they share is; of two the commoner.
    """
    left = adults.select(pl.col(name).alias("left" if name == "person" else f"{name}_l") for name in _FIELDS)
    right = adults.select(
        pl.col(name).alias("right" if name == "person" else f"{name}_r") for name in _FIELDS
    )
    both = pairs.join(left, on="left", how="left", maintain_order="left")
    both = both.join(right, on="right", how="left", maintain_order="left")
    both = _with_names(both).with_columns(place=_place())
    return both.select(
        "left",
        "right",
        "record_l",
        "record_r",
        "forename",
        "surname",
        "swapped",
        "place",
        middle=_middle(),
        sex=_sex(),
        dob=_dob(),
        nino=_nino(),
        contact=_equal("telephone") | _equal("email"),
        elsewhere=_elsewhere(),
        moved=_moved(),
        moved_on=_moved_on(),
        started=((pl.col("starts_l") == pl.col("starts_r")) & _across()).fill_null(value=False),
        award=_award(),
        award_pence=pl.col("award_pence_l"),
        first=pl.col("role_l").is_in(_FIRST_ROLES) == pl.col("role_r").is_in(_FIRST_ROLES),
        forename_share=pl.max_horizontal("forename_share_l", "forename_share_r"),
        surname_share=pl.max_horizontal("surname_share_l", "surname_share_r"),
        at_property=pl.max_horizontal("at_property_l", "at_property_r"),
    ).sort("left", "right")


def _equal(field: str) -> pl.Expr:
    return (pl.col(f"{field}_l") == pl.col(f"{field}_r")).fill_null(value=False)


def _across() -> pl.Expr:
    return pl.col("source_l") != pl.col("source_r")


def _with_names(both: pl.DataFrame) -> pl.DataFrame:
    """Likeness of forename and surname, in the order supplied or, where that fits better, with one swapped."""
    crossings = [
        ("forename_straight", "forename_l", "forename_r", forename_likeness),
        ("forename_meant", "forename_meant_l", "forename_meant_r", forename_likeness),
        ("surname_straight", "surname_l", "surname_r", surname_likeness),
        ("forename_crossed", "forename_meant_l", "surname_r", forename_likeness),
        ("surname_crossed", "surname_l", "forename_meant_r", forename_likeness),
    ]
    for name, one, other, measure in crossings:
        table = measure(both.select(left=one, right=other))
        table = table.rename({"left": one, "right": other, "likeness": name})
        both = both.join(table, on=[one, other], how="left", maintain_order="left")
    straight = pl.col("forename_straight").fill_null(0) + pl.col("surname_straight").fill_null(0)
    crossed = pl.col("forename_crossed") + pl.col("surname_crossed")
    fits = (pl.col("forename_crossed") >= Likeness.INITIAL) & (pl.col("surname_crossed") >= Likeness.INITIAL)
    one_full = pl.max_horizontal("forename_crossed", "surname_crossed") >= Likeness.SLIP
    swapped = (fits & one_full & (crossed > straight)).fill_null(value=False)
    meant = pl.min_horizontal(pl.col("forename_meant"), pl.lit(int(Likeness.SLIP), pl.Int8))
    by_middle = pl.when(_forename_by_middle()).then(pl.lit(int(Likeness.SLIP), pl.Int8))
    return both.with_columns(swapped=swapped).with_columns(
        forename=pl.when("swapped")
        .then("forename_crossed")
        .otherwise(pl.max_horizontal("forename_straight", meant, by_middle)),
        surname=pl.when("swapped").then("surname_crossed").otherwise("surname_straight"),
    )


def _forename_by_middle() -> pl.Expr:
    """Somebody known by a second forename: one row's forename is among the other's middle names."""
    left = pl.col("middle_l").str.split(" ").list.contains(pl.col("forename_r"))
    right = pl.col("middle_r").str.split(" ").list.contains(pl.col("forename_l"))
    whole = (pl.col("forename_l").str.len_bytes() > 2) & (pl.col("forename_r").str.len_bytes() > 2)
    return ((left | right) & whole).fill_null(value=False)


def _middle() -> pl.Expr:
    one, other = pl.col("middle_l").str.slice(0, 1), pl.col("middle_r").str.slice(0, 1)
    return pl.when(one.is_null() | other.is_null()).then(0).when(one == other).then(1).otherwise(-1)


def _sex() -> pl.Expr:
    told = (pl.col("sex_l") != pl.col("sex_r")).fill_null(value=False)
    likely = (pl.col("sex_likely_l") != pl.col("sex_likely_r")).fill_null(value=False)
    return pl.when(told).then(-2).when(likely).then(-1).otherwise(0)


def _dob() -> pl.Expr:
    one, other = pl.col("dob_l"), pl.col("dob_r")
    year = one.dt.year() == other.dt.year()
    month = one.dt.month() == other.dt.month()
    day = one.dt.day() == other.dt.day()
    swapped = year & (one.dt.month() == other.dt.day()) & (one.dt.day() == other.dt.month())
    one_wrong = (year & (month | day)) | (month & day & _year_slip())
    weak = pl.col("dob_weak_l") | pl.col("dob_weak_r")
    return (
        pl.when(one.is_null() | other.is_null())
        .then(None)
        .when(weak)
        .then(pl.when(year).then(1).otherwise(-1))
        .when(one == other)
        .then(3)
        .when(swapped | one_wrong)
        .then(2)
        .otherwise(0)
    )


def _year_slip() -> pl.Expr:
    """One digit of the year wrong by one, or its last two the other way round."""
    one, other = pl.col("dob_l").dt.year().cast(pl.Int32), pl.col("dob_r").dt.year().cast(pl.Int32)
    crossed = (one // 100 == other // 100) & (one % 10 == other // 10 % 10) & (one // 10 % 10 == other % 10)
    return (one - other).abs().is_in([1, 10]) | crossed


def _nino() -> pl.Expr:
    one, other = pl.col("nino_l"), pl.col("nino_r")
    agreeing = pl.sum_horizontal(
        (one.str.slice(at, 1) == other.str.slice(at, 1)).cast(pl.Int8) for at in range(8)
    )
    return (
        pl.when(one.is_null() | other.is_null())
        .then(None)
        .when(one == other)
        .then(2)
        .when((agreeing == 7) | ((agreeing == 6) & _neighbours_swapped()))
        .then(1)
        .otherwise(0)
    )


def _neighbours_swapped() -> pl.Expr:
    one, other = pl.col("nino_l"), pl.col("nino_r")
    return pl.any_horizontal(
        (one.str.slice(at, 1) == other.str.slice(at + 1, 1))
        & (one.str.slice(at + 1, 1) == other.str.slice(at, 1))
        & (one.str.slice(at, 1) != one.str.slice(at + 1, 1))
        for at in range(7)
    )


def _place() -> pl.Expr:
    unknown = pl.any_horizontal(pl.col(f"property_{side}").is_null() for side in "lr")
    return (
        pl.when(_equal("property"))
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
    never = pl.when(~apart & (together < -_OVERLAP_DAYS)).then(4).otherwise(0)
    return pl.when(together > _OVERLAP_DAYS).then(at_once).otherwise(never).fill_null(0)


def _days_between_end_and_start() -> list[pl.Expr]:
    return [
        (pl.col("ends_l") - pl.col("starts_r")).dt.total_days().abs(),
        (pl.col("ends_r") - pl.col("starts_l")).dt.total_days().abs(),
    ]


def _moved() -> pl.Expr:
    nearest = pl.min_horizontal(*_days_between_end_and_start())
    return pl.when(nearest <= 31).then(nearest)


def _moved_on() -> pl.Expr:
    """The date of the move, for how usual it is to start then."""
    one, other = _days_between_end_and_start()
    return pl.when((other.is_null() | (one <= other)) & one.is_not_null()).then("ends_l").otherwise("ends_r")


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
