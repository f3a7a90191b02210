"""Pairs of person rows worth comparing: rows that share one of several keys, each too rare to join half a town.

A block is a key that two rows of one person are likely to share. No block needs the name spelled alike, the
place known and the date of birth known all at once: each forgives what another asks for.
"""

import polars as pl

from smart_record.linkage.name_likeness import name_skeleton
from smart_record.linkage.name_tables import forename_aliases

_LARGEST_AT_HOME = 60
"""Rows at one property that are all compared; of a larger one (a hostel, an office) only those with a name
in common, as for a street."""

_LARGEST = 12
"""Rows that may share any other key; what more people share (a common name, the 1st of April) tells nothing."""


def candidate_pairs(adults: pl.DataFrame) -> pl.DataFrame:
    """Pairs to compare.

    Args:
        adults: Person rows with person, record, forename, surname, dob, nino and the record's property,
            building, postcode, telephone, email, starts, ends.

    Returns:
        Distinct pairs, left < right by person number, never of one record, sorted. Columns: left, right.
    """
    rows = adults.with_columns(f=name_skeleton(pl.col("forename")), s=name_skeleton(pl.col("surname")))
    rows = rows.with_columns(day=_day_key(), full=_both_names(pl.col("f"), pl.col("s")))
    home = _pairs(_keyed(rows, "property"), _LARGEST_AT_HOME)
    pairs = pl.concat([home, *(_pairs(block, _LARGEST) for block in _blocks(rows))]).unique()
    record = adults.select("person", "record")
    pairs = pairs.join(record, left_on="left", right_on="person")
    pairs = pairs.join(record, left_on="right", right_on="person", suffix="_r")
    return pairs.filter(pl.col("record") != pl.col("record_r")).select("left", "right").sort("left", "right")


def _blocks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Keyed rows (person, key) of each block but the property's."""
    either_name = ["day", "building", "postcode", "starts"]
    one_name = [_keyed(rows, name, with_) for with_ in either_name for name in ("f", "s")]
    day, building, postcode, starts = (pl.concat(one_name[at : at + 2]) for at in range(0, 8, 2))
    moving_day = pl.concat([starts, _keyed(rows, "f", "ends"), _keyed(rows, "s", "ends")])
    moving_month = pl.concat([_keyed(rows.with_columns(month=month), "full", "month") for month in _months()])
    contacts = [_keyed(rows, "nino"), _keyed(rows, "telephone"), _keyed(rows, "email")]
    return [*contacts, day, building, postcode, moving_day, moving_month, _keyed(rows, "full"), _nicknames(rows)]


def _keyed(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows that have all these columns, with the columns hashed into one key."""
    here = rows.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in columns))
    return here.select("person", key=pl.struct(columns).hash(seed=0) if len(columns) > 1 else pl.col(columns[0]).hash())


def _pairs(block: pl.DataFrame, largest: int) -> pl.DataFrame:
    """All pairs of rows with one key, for keys that at most `largest` rows share."""
    few = block.unique().filter(pl.len().over("key").is_between(2, largest))
    pairs = few.join(few, on="key", suffix="_r").filter(pl.col("person") < pl.col("person_r"))
    return pairs.select(left="person", right="person_r")


def _nicknames(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows under each name that their forename may stand for, so that BILL and WILLIAM meet."""
    aliased = rows.select("person", "s", left="forename").join(forename_aliases(), on="left")
    own = rows.select("person", "s", right="forename")
    return _keyed(pl.concat([aliased.select("person", "s", "right"), own]), "right", "s")


def _both_names(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Forename and surname in one order, so that a swapped pair falls in one block."""
    return pl.concat_str(pl.min_horizontal(one, other), pl.max_horizontal(one, other), separator=" ")


def _months() -> list[pl.Expr]:
    """The months about a start or an end; a move whose dates are weeks apart shares one."""
    dates = [pl.col("starts"), *(pl.col("ends") + pl.duration(days=days) for days in (-16, 0, 16))]
    return [date.dt.truncate("1mo") for date in dates]


def _day_key() -> pl.Expr:
    """The date of birth with day and month in one order, so that a swapped pair falls in one block."""
    born = pl.col("dob")
    day, month = born.dt.day().cast(pl.Int32), born.dt.month().cast(pl.Int32)
    return born.dt.year() * 10_000 + pl.min_horizontal(day, month) * 100 + pl.max_horizontal(day, month)
