"""Every named person of every row, in one table of one form: what the matching compares.

A person row is what one source says of one person in one role of one record. Companies, voids and estates are
nobody (`standardise.parties`). What can't identify anybody (placeholder dates, temporary National Insurance
numbers) is null.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from smart_record.linkage.repeats import once_each
from smart_record.linkage.sources import (
    BENEFITS,
    DEPENDANT_ROLE,
    DEPENDANTS,
    DEPENDANTS_EXTRACT,
    SOURCES,
    RoleColumns,
)
from smart_record.standardise import identifiers, names
from smart_record.standardise.letters import plain_capitals
from smart_record.standardise.parties import party_type

_COLUMNS = (
    "source",
    "record_ref",
    "role",
    "record_source",
    "record_of",
    *names.NAME_COLUMNS,
    "sex",
    "dob",
    "nino",
)
_PLACEHOLDER_TIMES = 12
"""A date of birth so many times more frequent than its share of all days is a placeholder of the system."""

_DAYS_OF_BIRTH = 29_000


def person_rows(extracts: Mapping[str, pl.DataFrame], records: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """One row per person named by the records, numbered.

    Args:
        extracts: Accepted rows by declared extract name.
        records: `record_rows` of the same extracts.
        as_of: Dates of birth after it are not believed.

    Returns:
        One row per (source, record_ref, role), sorted by them. Columns: person (u32, the row's number),
        source, record_ref, role, record, title, forename, middle, surname, sex, dob, dob_weak, nino.
    """
    named = [
        _named(extracts[source.extract], source.source, role, source.record)
        for source in SOURCES
        if source.extract in extracts
        for role in source.roles
    ]
    if DEPENDANTS_EXTRACT in extracts:
        named.append(_named(extracts[DEPENDANTS_EXTRACT], DEPENDANTS, DEPENDANT_ROLE, "claim_ref"))
    named.append(_named(pl.DataFrame(), BENEFITS, DEPENDANT_ROLE, "record_ref").clear())
    rows = once_each(pl.concat(named, how="vertical"), ["source", "record_ref", "role"]).with_columns(
        dob=identifiers.birth_date(pl.col("dob"), as_of=as_of),
        nino=identifiers.nino(pl.col("nino")),
        sex=pl.coalesce(names.sex_by_title(pl.col("title")), pl.col("sex").str.extract(r"^([MF])")),
    )
    rows = rows.with_columns(dob=_believed(pl.col("dob")))
    rows = rows.with_columns(dob_weak=identifiers.is_weak_birth_date(pl.col("dob")))
    keys = records.select("record", record_source=pl.col("source"), record_of=pl.col("record_ref"))
    return (
        rows.join(keys, on=["record_source", "record_of"], how="left", maintain_order="left")
        .drop("record_source", "record_of")
        .with_row_index("person")
    )


def _named(extract: pl.DataFrame, source: str, role: RoleColumns, record_of: str) -> pl.DataFrame:
    """The people whom one role of one extract names, with the second where a field holds two."""

    def column(name: str | None, dtype: type[pl.DataType] = pl.String) -> pl.Expr:
        return pl.col(name).cast(dtype) if name in extract.columns else pl.lit(None, dtype)

    about = extract.select(
        source=pl.lit(source),
        record_source=pl.lit(BENEFITS if source == DEPENDANTS else source),
        record_of=column(record_of),
        record_ref=column("record_ref"),
        role=pl.lit(role.role),
        dob=column(role.dob, pl.Date),
        nino=column(role.nino),
        sex=column(role.sex).str.to_uppercase(),
        **{f"name_{n}": column(name) for n, name in enumerate(role.name)},
    )
    if len(role.name) == 2:
        return _with_split_names(about)
    first, second = _people(about)
    second = second.with_columns(role=pl.lit(role.joint_role), dob=pl.lit(None, pl.Date))
    second = second.with_columns(pl.lit(None, pl.String).alias(name) for name in ("nino", "sex"))
    return pl.concat([first, second]).select(_COLUMNS)


def _with_split_names(about: pl.DataFrame) -> pl.DataFrame:
    typed = about.select("name_0", "name_1").unique()
    typed = typed.filter(pl.col("name_0").is_not_null() | pl.col("name_1").is_not_null())
    given, family = plain_capitals(pl.col("name_0")), plain_capitals(pl.col("name_1"))
    parts = names.with_split_name_parts(typed.with_columns(given=given, family=family))
    parts = parts.filter(pl.col("surname").is_not_null() | pl.col("forename").is_not_null())
    return about.join(parts, on=["name_0", "name_1"], nulls_equal=True).select(_COLUMNS)


def _people(about: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The first and the second people of the free name fields; companies, voids and estates go."""
    field = names.without_care_of(plain_capitals(pl.col("name_0")))
    typed = about.select("name_0").drop_nulls().unique().with_columns(field=field)
    fields = names.people_in_field(typed.filter(party_type(pl.col("field")) == "person"))
    both = []
    for place in ("first", "second"):
        named = fields.select("name_0", name=place).filter(pl.col("name").is_not_null())
        parts = names.with_name_parts(named).filter(pl.col("surname").is_not_null())
        both.append(about.join(parts.drop("name"), on="name_0"))
    return both[0], both[1]


def _believed(born: pl.Expr) -> pl.Expr:
    """Null for a date that far too many people are said to be born on; 1 January is weak anyway and stays."""
    usual = pl.col("dob").count() // _DAYS_OF_BIRTH + 2
    new_year = (born.dt.month() == 1) & (born.dt.day() == 1)
    return pl.when(new_year | (pl.len().over("dob") <= _PLACEHOLDER_TIMES * usual)).then(born)
