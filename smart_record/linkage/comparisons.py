"""Each candidate pair compared field by field: the levels from which evidence and match weight follow."""

import polars as pl

from smart_record.linkage.name_likeness import Likeness, forename_likeness, surname_likeness

_FIELDS = [
    "person", "source", "record", "forename", "middle", "surname", "sex", "dob", "dob_weak", "nino", "property",
    "building", "postcode", "telephone", "email", "starts", "ends", "award_pence", "forename_share",
    "surname_share",
]  # fmt: skip

UNLIKE = int(Likeness.UNLIKE)


def compare(pairs: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Compare the two rows of each pair.

    Args:
        pairs: Columns left, right: person numbers.
        persons: Person rows with the columns of their record and the shares of their names.

    Returns:
        The pairs, sorted, with: forename, surname (`Likeness`, null if not known), swapped (bool), middle
        (-1 conflict, 0 not known, 1 agree), dob (3 equal, 2 a slip or swap apart, 1 same year at best known,
        0 differs, null), nino (2 equal, 1 one slip apart, 0 differs, null), place (4 property, 3 building
        or perhaps, 2 postcode, 0 elsewhere, null not known), contact (bool), moved (bool: one record ends
        as the other starts), award (1 same reduction, -1 only one has one, 0), sex_differs (bool),
        forename_share, surname_share (of the rarer name, 0 to 1).
    """
    left = persons.select(pl.col(name).alias("left" if name == "person" else f"{name}_l") for name in _FIELDS)
    right = persons.select(
        pl.col(name).alias("right" if name == "person" else f"{name}_r") for name in _FIELDS
    )
    both = pairs.join(left, on="left", maintain_order="left").join(right, on="right", maintain_order="left")
    both = _with_names(both)
    return both.select(
        "left",
        "right",
        record_l="record_l",
        record_r="record_r",
        forename="forename",
        surname="surname",
        swapped="swapped",
        middle=_middle(),
        dob=_dob(),
        nino=_nino(),
        place=_place(),
        contact=_equal("telephone") | _equal("email"),
        moved=_moved(),
        award=_award(),
        sex_differs=(pl.col("sex_l") != pl.col("sex_r")).fill_null(value=False),
        forename_share=pl.max_horizontal("forename_share_l", "forename_share_r"),
        surname_share=pl.max_horizontal("surname_share_l", "surname_share_r"),
    ).sort("left", "right")


def _equal(field: str) -> pl.Expr:
    return (pl.col(f"{field}_l") == pl.col(f"{field}_r")).fill_null(value=False)


def _with_names(both: pl.DataFrame) -> pl.DataFrame:
    """Likeness of forename and surname, in the order supplied or, where that fits better, with one swapped."""
    crossings = [
        ("forename", "forename_l", "forename_r", forename_likeness),
        ("surname", "surname_l", "surname_r", surname_likeness),
        ("forename_crossed", "forename_l", "surname_r", forename_likeness),
        ("surname_crossed", "surname_l", "forename_r", forename_likeness),
    ]
    for name, one, other, measure in crossings:
        table = measure(both.select(left=one, right=other)).rename(
            {"left": one, "right": other, "likeness": name if "_" in name else f"{name}_straight"}
        )
        both = both.join(table, on=[one, other], how="left", maintain_order="left")
    straight = pl.col("forename_straight").fill_null(0) + pl.col("surname_straight").fill_null(0)
    crossed = pl.col("forename_crossed") + pl.col("surname_crossed")
    fits = (pl.col("forename_crossed") >= Likeness.INITIAL) & (pl.col("surname_crossed") >= Likeness.INITIAL)
    one_full = pl.max_horizontal("forename_crossed", "surname_crossed") >= Likeness.SLIP
    swapped = (fits & one_full & (crossed > straight)).fill_null(value=False)
    by_middle = _forename_by_middle()
    return both.with_columns(swapped=swapped).with_columns(
        forename=pl.when("swapped")
        .then("forename_crossed")
        .when(by_middle & (pl.col("forename_straight") < Likeness.SLIP))
        .then(pl.lit(int(Likeness.SLIP), pl.Int8))
        .otherwise("forename_straight"),
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


def _dob() -> pl.Expr:
    one, other = pl.col("dob_l"), pl.col("dob_r")
    same = [getattr(one.dt, part)() == getattr(other.dt, part)() for part in ("year", "month", "day")]
    swapped = same[0] & (one.dt.month() == other.dt.day()) & (one.dt.day() == other.dt.month())
    two_of_three = pl.sum_horizontal(part.cast(pl.Int8) for part in same) == 2
    near_year = (one.dt.year() - other.dt.year()).abs().is_in([1, 10]) | _year_digits_swapped()
    weak = pl.col("dob_weak_l") | pl.col("dob_weak_r")
    return (
        pl.when(one.is_null() | other.is_null())
        .then(None)
        .when(weak & same[0])
        .then(1)
        .when(one == other)
        .then(3)
        .when(swapped | (two_of_three & same[0]) | (two_of_three & near_year))
        .then(2)
        .otherwise(0)
    )


def _year_digits_swapped() -> pl.Expr:
    one, other = pl.col("dob_l").dt.year(), pl.col("dob_r").dt.year()
    return (one // 100 == other // 100) & (one % 10 == other // 10 % 10) & (one // 10 % 10 == other % 10)


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
        .when((agreeing >= 7) | ((agreeing == 6) & _neighbours_swapped()))
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


def _moved() -> pl.Expr:
    days = [
        (pl.col("ends_l") - pl.col("starts_r")).dt.total_days().abs() <= 3,
        (pl.col("ends_r") - pl.col("starts_l")).dt.total_days().abs() <= 3,
        (pl.col("starts_l") == pl.col("starts_r")) & (pl.col("source_l") != pl.col("source_r")),
    ]
    return pl.any_horizontal(day.fill_null(value=False) for day in days)


def _award() -> pl.Expr:
    one, other = pl.col("award_pence_l"), pl.col("award_pence_r")
    running = pl.col("ends_l").is_null() & pl.col("ends_r").is_null()
    across = pl.col("source_l") != pl.col("source_r")
    return (
        pl.when(~across | one.is_null() | other.is_null() | ~running)
        .then(0)
        .when((one == other) & (one > 0))
        .then(1)
        .when((one > 0) | (other > 0))
        .then(-1)
        .otherwise(0)
    )
