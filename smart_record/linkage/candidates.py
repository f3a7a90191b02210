"""Pairs of person rows worth comparing: rows that share one of several keys, none of them common.

A block is a key that two rows of one person are likely to share. No block needs the name spelled alike, the
place known and the date of birth known all at once: each forgives what another asks for.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.name_likeness import name_skeletons
from smart_record.linkage.name_tables import forename_aliases

_LARGEST_AT_HOME = 60
"""Rows at one property that are all compared; of a larger one (a hostel, an office) only those with a name
in common, as for a street."""

_LARGEST = 12
"""Rows that may share any other key; what more share (a common name, the 1st of April) tells nothing."""

_HALF = 32
"""Bits of a person number where two are held in one."""

_NUMBERS = {"left": pl.UInt32, "right": pl.UInt32}


def candidate_pairs(adults: pl.DataFrame) -> pl.DataFrame:
    """Pairs to compare.

    Args:
        adults: Person rows, numbered from 0, with person, record, forename, surname, dob, nino and the
            record's property, building, postcode, telephone, email, starts, ends.

    Returns:
        Distinct pairs, left < right by person number, never of one record, sorted. Columns: left, right.
    """
    rows = adults.with_columns(f=name_skeletons(adults["forename"]), s=name_skeletons(adults["surname"]))
    rows = rows.with_columns(day=_day_key(), full=_both_names(pl.col("f"), pl.col("s")))
    found = [_pairs(_keyed(rows, "property"), _LARGEST_AT_HOME)]
    found += [_pairs(block, _LARGEST) for block in _blocks(rows)]
    pairs = _once_each(np.sort(np.concatenate(found)))
    left, right = pairs >> _HALF, pairs & (2**_HALF - 1)
    record = adults["record"].to_numpy()
    apart = record[left] != record[right]
    return pl.DataFrame({"left": left[apart], "right": right[apart]}, schema_overrides=_NUMBERS)


def _blocks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Keyed rows (person, key) of each block but the property's."""
    either_name = ["day", "building", "postcode", "starts"]
    one_name = [_keyed(rows, name, with_) for with_ in either_name for name in ("f", "s")]
    day, building, postcode, starts = (pl.concat(one_name[at : at + 2]) for at in range(0, 8, 2))
    moving_day = pl.concat([starts, _keyed(rows, "f", "ends"), _keyed(rows, "s", "ends")])
    moving_month = pl.concat(
        _keyed(rows.with_columns(month=month, name=name), "month", "name")
        for month in _months()
        for name in _name_and_initial()
    )
    contacts = [_keyed(rows, "nino"), _keyed(rows, "telephone"), _keyed(rows, "email")]
    return [
        *contacts,
        day,
        building,
        postcode,
        moving_day,
        moving_month,
        _keyed(rows, "full"),
        _nicknames(rows),
    ]


def _keyed(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows that have all these columns, with the columns hashed into one key."""
    here = rows.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in columns))
    return here.select(
        "person", key=pl.struct(columns).hash(seed=0) if len(columns) > 1 else pl.col(columns[0]).hash()
    )


def _pairs(block: pl.DataFrame, largest: int) -> npt.NDArray[np.int64]:
    """All pairs of rows with one key, for keys that at most `largest` rows share; two numbers in one.

    Rows sorted by key are compared with the next, the next but one and so on: no join, no large block.
    """
    key, person = block["key"].to_numpy(), block["person"].to_numpy().astype(np.int64)
    order = np.argsort(key, kind="stable")
    key, person = key[order], person[order]
    starts = np.append(True, key[1:] != key[:-1]).nonzero()[0] if len(key) else np.empty(0, dtype=np.int64)
    lengths = np.diff(np.append(starts, len(key)))
    length = np.repeat(lengths, lengths)
    found = [np.empty(0, dtype=np.int64)]
    for step in range(1, largest):
        few = (length > step) & (length <= largest)
        key, person, length = key[few], person[few], length[few]
        if not len(key):
            break
        same = key[:-step] == key[step:]
        one, other = person[:-step][same], person[step:][same]
        found.append((np.minimum(one, other) << _HALF) | np.maximum(one, other))
    return np.concatenate(found)


def _once_each(in_order: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Sorted values without repeats (numpy's own `unique` hashes, which is slower than the sort)."""
    return in_order[np.append(True, in_order[1:] != in_order[:-1])] if len(in_order) else in_order


def _nicknames(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows under each name that their forename may stand for, so that BILL and WILLIAM meet."""
    aliased = rows.select("person", "s", left="forename").join(forename_aliases(), on="left")
    own = rows.select("person", "s", right="forename")
    return _keyed(pl.concat([aliased.select("person", "s", "right"), own]), "right", "s")


def _both_names(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Forename and surname in one order, so that a swapped pair falls in one block."""
    return pl.concat_str(pl.min_horizontal(one, other), pl.max_horizontal(one, other), separator=" ")


def _name_and_initial() -> list[pl.Expr]:
    """Surname with initial, and the same for names the other way round."""
    return [pl.col("s") + pl.col("f").str.slice(0, 1), pl.col("f") + pl.col("s").str.slice(0, 1)]


def _months() -> list[pl.Expr]:
    """The months about a start or an end; a move whose dates are weeks apart shares one."""
    dates = [pl.col("starts"), *(pl.col("ends") + pl.duration(days=days) for days in (-16, 0, 16))]
    return [date.dt.truncate("1mo") for date in dates]


def _day_key() -> pl.Expr:
    """The date of birth with day and month in one order, so that a swapped pair falls in one block."""
    born = pl.col("dob")
    day, month = born.dt.day().cast(pl.Int32), born.dt.month().cast(pl.Int32)
    return born.dt.year() * 10_000 + pl.min_horizontal(day, month) * 100 + pl.max_horizontal(day, month)
