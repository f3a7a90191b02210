"""Records that are one household's by their business: a bill and its claim, a tenancy and its bill.

What persons share is looked at first; this is for those whom no name could join, such as a partner who claims
under another surname.
"""

import numpy as np
import polars as pl

from smart_record.linkage.graph.clusters import Numbers, components
from smart_record.linkage.graph.packed_pairs import once_each, packed, unpacked
from smart_record.linkage.pairs.evidence import ONE_HOUSEHOLD
from smart_record.linkage.rows.named_by_key import named_by_key
from smart_record.linkage.sources import BENEFITS, COUNCIL_TAX, RENT

_COMPARED = ("property", "words", "postcode", "starts", "telephone", "email")
_STARTED_TOGETHER_DAYS = 30
_MOST_PROPERTIES = 2
"""Properties that one address in words may be said of: more are a block's without its flats."""

ITS_REDUCTION = f"{ONE_HOUSEHOLD}at one home, this claim gives the reduction of the bill"
ITS_TENANCY = f"{ONE_HOUSEHOLD}at one home, bill and tenancy began together or have one telephone or email"
ITS_KEY = f"{ONE_HOUSEHOLD}this record carries the reference of the other"
"""How the evidence of a record tells what makes it one household's with another."""

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


def households_so_far(rows: pl.DataFrame, records: int) -> Numbers:
    """The household of each of so many records as shared residents tell: the smallest record number of it."""
    shared = sharing_a_resident(rows)
    return components(records, shared["left"], shared["right"])


def matching_business(rows: pl.DataFrame, records: pl.DataFrame, household: Numbers) -> pl.DataFrame:
    """Running records of two sources that need each other at one home, or name each other by key.

    A bill with a reduction needs the claim it comes from; a tenancy needs the liability that began with it. A
    household that has its bill, claim or tenancy already needs no other.

    Args:
        rows: Person rows with record.
        records: `record_rows`.
        household: `households_so_far`.

    Returns:
        left, right (record numbers), loose (the one of them of which told says, in words, why it is the
        other's household's), sorted; a pair may come twice.
    """
    naming = np.zeros(records.height, dtype=np.bool_)
    naming[rows["record"].to_numpy()] = True
    kind = {one: (records["source"] == one).to_numpy() & naming for one in (COUNCIL_TAX, BENEFITS, RENT)}
    somewhere = pl.col("property").is_not_null() | pl.col("words").is_not_null()
    here = records.select(pl.col("ends").is_null() & somewhere).to_series().to_numpy()
    read = records.select("record", *_COMPARED, award=pl.col("award_pence") > 0)

    def lacking(source: str, wanted: str) -> pl.DataFrame:
        has = np.zeros(records.height, dtype=np.bool_)
        has[household[kind[wanted]]] = True
        found = read.filter(pl.Series(kind[source] & here & ~has[household]))
        home = pl.coalesce("property", "words")
        return found.filter(pl.len().over(home) <= _LARGEST_PROPERTY)  # else they would all be paired

    days = (pl.col("starts") - pl.col("starts_r")).dt.total_days().abs()
    one_contact = pl.any_horizontal(pl.col(name) == pl.col(f"{name}_r") for name in ("telephone", "email"))
    claims = lacking(BENEFITS, COUNCIL_TAX).filter("award")
    reduction = _at_one_home(lacking(COUNCIL_TAX, BENEFITS), claims).filter("award")
    homes = _at_one_home(lacking(COUNCIL_TAX, RENT), lacking(RENT, COUNCIL_TAX))
    began = homes.filter((days <= _STARTED_TOGETHER_DAYS) | one_contact)
    properties = records["property"].filter(pl.Series(naming))
    fit = [
        _only_pairs(pairs, properties).select("left", "right", loose="right", told=pl.lit(told))
        for pairs, told in ((reduction, ITS_REDUCTION), (began, ITS_TENANCY))
    ]
    by_key = named_by_key(records).with_columns(told=pl.lit(ITS_KEY))
    return pl.concat([*fit, by_key]).sort("left", "right", "told")


def _at_one_home(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one property, or of one address in words of which one bears another flat's UPRN or none."""
    here = one.join(other, on="property", suffix="_r", coalesce=False)
    words = other.select("words").drop_nulls().unique()
    near = _with_telling_words(one.join(words, on="words", how="semi"))
    worded = near.join(_with_telling_words(other), on="words", suffix="_r", coalesce=False)
    outward, other_outward = (pl.col(name).str.head(-3) for name in ("postcode", "postcode_r"))
    elsewhere = (outward != other_outward).fill_null(value=False)
    again = (pl.col("property") == pl.col("property_r")).fill_null(value=False)
    return pl.concat([here, worded.filter(~elsewhere & ~again)])


def _with_telling_words(homes: pl.DataFrame) -> pl.DataFrame:
    """The records whose words few properties have among these."""
    return homes.filter(pl.col("property").n_unique().over("words") <= _MOST_PROPERTIES)


def _only_pairs(pairs: pl.DataFrame, properties: pl.Series) -> pl.DataFrame:
    """Pairs of which either fits no third, at properties that few records are at."""
    records = properties.filter(properties.is_in(pairs["property"].unique().implode())).value_counts()
    crowded = records.filter(pl.col("count") > _LARGEST_PROPERTY)["property"].implode()
    single = (pl.len().over("record") == 1) & (pl.len().over("record_r") == 1)
    few = pairs.filter(~pl.col("property").is_in(crowded).fill_null(value=False))
    return few.filter(single).select(left="record", right="record_r").sort("left", "right")
