"""Every record (account, claim, tenancy) with its property, its dates and how to reach the household."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from smart_record.linkage.repeats import once_each
from smart_record.linkage.sources import BENEFITS, DEPENDANTS_EXTRACT, SOURCES, SourceColumns
from smart_record.standardise import identifiers
from smart_record.standardise.addresses import with_address_parts
from smart_record.standardise.letters import plain_capitals
from smart_record.standardise.properties import resolve_properties

_SHARED_BY_TOO_MANY = 6
"""A telephone number or email on more records than this is an office's, not a household's."""


def record_rows(extracts: Mapping[str, pl.DataFrame], *, as_of: date) -> pl.DataFrame:
    """One row per record of the extracts that are there.

    Returns:
        One row per (source, record_ref), sorted by them. Columns: record (u32, the row's number), source,
        record_ref, address, ward, postcode, flat, number, street, property, building, resolved_uprn,
        words, telephone, email, award_pence, starts, ends (both null if after `as_of`).
    """
    frames = [_read(extracts[source.extract], source) for source in SOURCES if source.extract in extracts]
    frames.append(_read(pl.DataFrame(), SOURCES[0]).clear())  # a night may bring no source at all
    rows = pl.concat([*frames, _claims_known_by_children(extracts)], how="vertical")
    rows = once_each(rows, ["source", "record_ref"]).with_columns(
        postcode=identifiers.postcode(pl.col("postcode")),
        telephone=_of_few(identifiers.telephone(pl.col("telephone"))),
        email=_of_few(identifiers.email(pl.col("email"))),
        starts=pl.when(pl.col("starts") <= as_of).then("starts"),
        ends=pl.when(pl.col("ends") <= as_of).then("ends"),
        uprn=pl.when(pl.col("uprn") > 0).then("uprn"),
    )
    return _with_properties(rows).with_row_index("record")


def _read(extract: pl.DataFrame, source: SourceColumns) -> pl.DataFrame:
    """The columns of one extract under the common names; null for a column that it has not."""

    def column(name: str | None, dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
        return pl.col(name).cast(dtype) if name in extract.columns else pl.lit(None, dtype)

    lines = [column(line, pl.String) for line in source.address] or [pl.lit(None, pl.String)]
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
        starts=column(source.starts, pl.Date),
        ends=column(source.ends, pl.Date),
    )


def _claims_known_by_children(extracts: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Claims that only their dependants name: set aside tonight, yet the children live somewhere."""
    claims = SourceColumns(extract=DEPENDANTS_EXTRACT, source=BENEFITS, record="claim_ref", roles=())
    children = extracts.get(DEPENDANTS_EXTRACT)
    if children is None:
        return _read(pl.DataFrame(), claims).clear()
    known = extracts.get("benefit_claims")
    orphans = (
        children
        if known is None
        else children.join(known, left_on="claim_ref", right_on="record_ref", how="anti")
    )
    return _read(orphans.select("claim_ref"), claims)


def _of_few(contact: pl.Expr) -> pl.Expr:
    return pl.when(pl.len().over(contact) <= _SHARED_BY_TOO_MANY).then(contact)


def _with_properties(rows: pl.DataFrame) -> pl.DataFrame:
    """Add flat, number, street, property, building, words and resolved_uprn."""
    capitals = rows.select("postcode", "uprn", address=plain_capitals(pl.col("address")))
    found = resolve_properties(with_address_parts(capitals).drop("address")).drop("postcode", "uprn")
    return pl.concat([rows, found], how="horizontal")
