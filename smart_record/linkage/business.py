"""Records that are one household's by their business: a bill and its claim, a tenancy and its bill.

What persons share is looked at first; this is for those whom no name could join, such as a partner who claims
under another surname.
"""

import numpy as np
import polars as pl

from smart_record.linkage.clusters import components
from smart_record.linkage.named_by_key import named_by_key
from smart_record.linkage.packed_pairs import once_each, packed, unpacked
from smart_record.linkage.sources import BENEFITS, COUNCIL_TAX, RENT
from smart_record.standardise.distinct import Distinct

_STARTED_TOGETHER_DAYS = 7
_LARGEST_PROPERTY = 40
"""Records at a property beyond which (a hostel, an office) one bill and one claim that fit prove nothing."""


def sharing_a_resident(rows: pl.DataFrame) -> pl.DataFrame:
    """Each record with the first record of each of its residents.

    Args:
        rows: Person rows with record, resident.

    Returns:
        left < right (record numbers), sorted.
    """
    record, resident = (rows[name].to_numpy() for name in ("record", "resident"))
    first = np.full(int(resident.max(initial=0)) + 1, np.iinfo(np.uint32).max, dtype=np.uint32)
    np.minimum.at(first, resident, record)
    apart = first[resident] != record
    return unpacked(once_each(packed(first[resident][apart], record[apart])))


def matching_business(rows: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Running records of two sources that need each other at one property, or name each other by key.

    A bill with a reduction needs the claim it comes from; a tenancy needs the liability that began with it. A
    household that has its bill, claim or tenancy already needs no other.

    Args:
        rows: Person rows with record, resident.
        records: `record_rows`.

    Returns:
        left, right (record numbers), sorted.
    """
    shared = sharing_a_resident(rows)
    household = pl.Series(components(records.height, shared["left"], shared["right"]), dtype=pl.UInt32)
    read = records.select(
        "record",
        "source",
        "starts",
        "ends",
        "telephone",
        "email",
        property=Distinct.of(records["property"]).codes,
        award=pl.col("award_pence") > 0,
    )
    naming = np.zeros(records.height, dtype=np.bool_)
    naming[rows["record"].to_numpy()] = True
    named = read.filter(pl.Series(naming, dtype=pl.Boolean))
    named = named.with_columns(household=household.gather(named["record"]))
    units = named.filter(pl.col("property").is_not_null() & (pl.len().over("property") <= _LARGEST_PROPERTY))
    days = (pl.col("starts") - pl.col("starts_r")).dt.total_days().abs()
    reduction = _only_pairs(units, named, (COUNCIL_TAX, BENEFITS), pl.col("award") & pl.col("award_r"))
    one_contact = pl.any_horizontal(pl.col(name) == pl.col(f"{name}_r") for name in ("telephone", "email"))
    began = _only_pairs(units, named, (COUNCIL_TAX, RENT), (days <= _STARTED_TOGETHER_DAYS) | one_contact)
    return pl.concat([reduction, began, named_by_key(records)]).unique().sort("left", "right")


def _only_pairs(
    units: pl.DataFrame, named: pl.DataFrame, sources: tuple[str, str], fits: pl.Expr
) -> pl.DataFrame:
    """Running records of two sources at one property that fit each other and no third."""
    one, other = (
        units.filter((pl.col("source") == source) & pl.col("ends").is_null()).join(
            named.filter(pl.col("source") == wanted).select("household").unique(), on="household", how="anti"
        )
        for source, wanted in (sources, sources[::-1])
    )
    pairs = one.join(other, on="property", suffix="_r").filter(fits)
    single = (pl.len().over("record") == 1) & (pl.len().over("record_r") == 1)
    return pairs.filter(single).select(left="record", right="record_r").sort("left", "right")
