"""Every record (account, claim, tenancy) with its property, its dates and how to reach the household."""

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from smart_record.linkage.rows.repeats import extracts_in_order, once_each
from smart_record.linkage.sources import (
    BENEFITS,
    CLAIM_OF_DEPENDANT,
    DEPENDANTS_EXTRACT,
    KEYS,
    SOURCES,
    SourceColumns,
)
from smart_record.standardise import identifiers
from smart_record.standardise.addresses.address_parts import address_parts
from smart_record.standardise.addresses.named_houses import with_street_lines
from smart_record.standardise.addresses.stroke import with_house_by_stroke
from smart_record.standardise.distinct import Distinct, each_once
from smart_record.standardise.properties.resolving import resolve_properties

_ONE_ADULT = "single_person"

_SHARED_BY_TOO_MANY = 6
"""A telephone number or email on more records than this is an office's, not a household's."""


def record_rows(extracts: Mapping[str, pl.DataFrame], *, as_of: date) -> pl.DataFrame:
    """One row per record of the extracts that are there.

    Returns:
        One row per (source, record_ref), sorted by them. Columns: record (u32, the row's number), source,
        record_ref, address, ward, postcode, flat, number, street, property, building, resolved_uprn,
        words, telephone, email, award_pence, one_adult (bool: a discount says that one adult lives there;
        null where none is told), starts, ends (both null if after `as_of`),
        names_council_tax, names_benefits (the key of a record there that this one carries), and how its
        property was found (`found_properties.FINDING`), which nothing is compared by.
    """
    here = extracts_in_order(extracts)
    frames = {
        source.source: _read(here[source.extract], source) for source in SOURCES if source.extract in here
    }
    claims = [frames[BENEFITS]] if BENEFITS in frames else []
    frames[BENEFITS] = once_each(pl.concat([*claims, _claims_known_by_children(here)]))
    rows = pl.concat(frame for _, frame in sorted(frames.items())).with_columns(
        starts=pl.when(pl.col("starts") <= as_of).then("starts"),
        ends=pl.when(pl.col("ends") <= as_of).then("ends"),
        uprn=pl.when(pl.col("uprn") > 0).then("uprn"),
    )
    return _with_properties(_with_contacts(rows)).with_row_index("record")


def _read(extract: pl.DataFrame, source: SourceColumns) -> pl.DataFrame:
    """The columns of one extract under the common names; null for a column that it has not."""

    def column(name: str | None, dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
        return pl.col(name).cast(dtype) if name in extract.columns else pl.lit(None, dtype)

    lines = [column(line, pl.String) for line in source.address] or [pl.lit(None, pl.String)]
    carried = {key: column for column, key in source.carries}
    return extract.select(
        source=pl.lit(source.source),
        record_ref=column(source.record, pl.String),
        address=pl.concat_str(lines, separator=", ", ignore_nulls=True),
        postcode=column("postcode", pl.String),
        ward=column(source.ward, pl.String),
        uprn=column("uprn", pl.Int64),
        telephone=column(source.telephone, pl.String),
        email=column(source.email, pl.String),
        award_pence=column(source.award, pl.Int64),
        one_adult=column(source.discount, pl.String) == _ONE_ADULT,
        starts=column(source.starts, pl.Date),
        ends=column(source.ends, pl.Date),
        **{f"names_{key}": column(carried.get(key), pl.String) for key in KEYS},
    )


def _claims_known_by_children(extracts: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Claims that only their dependants name: set aside tonight, yet the children live somewhere."""
    claims = SourceColumns(extract=DEPENDANTS_EXTRACT, source=BENEFITS, record=CLAIM_OF_DEPENDANT, roles=())
    children = extracts.get(DEPENDANTS_EXTRACT)
    if children is None:
        return _read(pl.DataFrame(), claims).clear()
    known = extracts.get("benefit_claims")
    orphans = (
        children
        if known is None
        else children.join(known, left_on="claim_ref", right_on="record_ref", how="anti")
    )
    return _read(orphans.select(CLAIM_OF_DEPENDANT).unique(), claims)


def _with_contacts(rows: pl.DataFrame) -> pl.DataFrame:
    """Postcode, telephone and email in one form; the last two null where an office's."""
    return rows.with_columns(
        each_once(rows["postcode"], identifiers.postcode),
        _of_few(rows["telephone"], identifiers.telephone),
        _of_few(rows["email"], identifiers.email),
    )


def _of_few(contact: pl.Series, form: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    typed = Distinct.of(contact)
    read = typed.replaced(typed.formed(form))
    few = read.texts.set(read.uses() > _SHARED_BY_TOO_MANY, None)
    return read.spread(few).alias(contact.name)


def _with_properties(rows: pl.DataFrame) -> pl.DataFrame:
    """Add flat, number, street, property, building, words, resolved_uprn and how that was found."""
    parts = with_street_lines(rows["address"], address_parts(rows["address"]))
    parts = with_house_by_stroke(rows["address"], parts)
    found = resolve_properties(parts.with_columns(rows["postcode"], rows["uprn"])).drop("postcode", "uprn")
    return pl.concat([rows, found], how="horizontal")
