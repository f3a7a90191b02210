"""The people whom the name fields of one extract name, each distinct text read once."""

import polars as pl

from smart_record.linkage.sources import RoleColumns
from smart_record.standardise import names
from smart_record.standardise.distinct import Distinct, each_once
from smart_record.standardise.letters import plain_capitals
from smart_record.standardise.parties import party_type

_ABOUT = {"dob": pl.Date, "nino": pl.String, "sex": pl.String}
_COLUMNS = {
    "source": pl.String,
    "record_ref": pl.String,
    "role": pl.String,
    "record": pl.UInt32,
    **dict.fromkeys(names.NAME_COLUMNS, pl.String),
    **_ABOUT,
}


def no_people() -> pl.DataFrame:
    """The frame of people of a night that names nobody."""
    return pl.DataFrame(schema=_COLUMNS)


def people_of_role(extract: pl.DataFrame, role: RoleColumns) -> pl.DataFrame:
    """The people whom one role names, with the second where a field holds two.

    Args:
        extract: The extract's rows.
        role: Where they speak of the person.

    Returns:
        row (u32, the row of the extract), role, title, forename, middle, surname, dob, nino, sex (as
        supplied). The second person of a field has no date of birth, number or sex: they are the first's.
    """
    fields = [_column(extract, name, pl.String) for name in role.name]
    if len(fields) == 1:
        first, second = _people_in_field(fields[0])
        return pl.concat([_told(first, role.role, extract, role), _told(second, role.joint_role, extract)])
    return _told(_person_in_fields(*fields), role.role, extract, role)


def _column(extract: pl.DataFrame, name: str | None, dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
    if name in extract.columns:
        return extract[name].cast(dtype)
    return pl.Series(name or "", [None], dtype).new_from_index(0, extract.height)


def _told(
    named: pl.DataFrame, name: str | None, extract: pl.DataFrame, role: RoleColumns | None = None
) -> pl.DataFrame:
    """The named people (row and name) with what else the role's columns say of them."""
    sources = {} if role is None else {"dob": role.dob, "nino": role.nino, "sex": role.sex}
    about = pl.DataFrame(
        [_column(extract, sources.get(said), dtype).alias(said) for said, dtype in _ABOUT.items()]
    )
    about = about.select(pl.col("dob", "nino"), pl.col("sex").str.to_uppercase())
    told = pl.concat([named, about.select(pl.all().gather(named["row"]))], how="horizontal")
    return told.select("row", pl.lit(name, pl.String).alias("role"), *names.NAME_COLUMNS, *_ABOUT)


def _people_in_field(field: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The first and the second people of a free name field; companies, voids and estates go."""
    typed = Distinct.of(field)
    capitals = names.without_care_of(plain_capitals(pl.col("typed")))
    fields = typed.texts.to_frame("typed").select(field=capitals).with_row_index("text")
    people = names.people_in_field(fields.filter(party_type(pl.col("field")) == "person"))
    both = (
        names.with_name_parts(people.select("text", name=place).drop_nulls()) for place in ("first", "second")
    )
    first, second = (_by_row(parts.filter(pl.col("surname").is_not_null()), typed) for parts in both)
    return first, second


def _by_row(parts: pl.DataFrame, typed: Distinct) -> pl.DataFrame:
    """Parts by distinct text as parts by row; only rows that name somebody."""
    place = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(typed.texts))
    place = place.scatter(parts["text"], pl.arange(parts.height, dtype=pl.UInt32, eager=True))
    rows = pl.DataFrame(
        {"row": pl.arange(len(typed.codes), dtype=pl.UInt32, eager=True), "place": typed.spread(place)}
    )
    rows = rows.drop_nulls("place")
    named = parts.select(pl.col(names.NAME_COLUMNS).gather(rows["place"]))
    return pl.concat([rows.select("row"), named], how="horizontal")


def _person_in_fields(given: pl.Series, family: pl.Series) -> pl.DataFrame:
    """The person whom a forename and a surname field name."""
    fields = pl.DataFrame(
        {name: each_once(field, plain_capitals) for name, field in (("given", given), ("family", family))}
    )
    parts = names.with_split_name_parts(fields.with_row_index("row"))
    named = parts.filter(pl.col("surname").is_not_null() | pl.col("forename").is_not_null())
    return named.select("row", *names.NAME_COLUMNS)
