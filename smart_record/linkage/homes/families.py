"""What one surname and two births say of whether people are one family."""

import numpy as np
import polars as pl

from smart_record.linkage.names.name_likeness import Likeness, Surnames
from smart_record.standardise.distinct import Distinct

_GENERATION_DAYS = 16 * 365


def of_one_family(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs whose surnames may be one family's: spellings of one, a slip apart, or half of a double one.

    BEGUM, KAUR and their like are no family's.

    Args:
        pairs: Any rows with surname and surname_r, neither null.
    """
    texts = Distinct.of(pl.concat([pairs["surname"], pairs["surname_r"]]))
    surnames, codes = Surnames.of(texts.texts), texts.codes.cast(pl.Int64).to_numpy()
    left, right = codes[: pairs.height], codes[pairs.height :]
    alike = surnames.likeness(left, right) >= Likeness.SLIP
    telling = surnames.says_little(left, right) == Likeness.UNLIKE
    return pairs.filter(pl.Series(np.asarray(alike & telling)))


def generation_apart(pairs: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `apart`: whether their births lie a generation apart; null where one is not known.

    Args:
        pairs: Any rows with resident and resident_r.
        people: Adult person rows with resident and dob. Whichever record of either tells it counts, of
            several births the earliest.
    """
    asked = pl.concat([pairs["resident"], pairs["resident_r"]]).unique().implode()
    told = people.select("resident", "dob").filter(pl.col("resident").is_in(asked)).drop_nulls()
    births = told.group_by("resident").agg(pl.col("dob").min())
    both = pairs.join(births, on="resident", how="left")
    both = both.join(births, left_on="resident_r", right_on="resident", how="left", suffix="_r")
    between = (pl.col("dob") - pl.col("dob_r")).dt.total_days().abs()
    return both.with_columns(apart=between >= _GENERATION_DAYS).drop("dob", "dob_r")
