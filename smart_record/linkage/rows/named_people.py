"""The people whom the name fields of one extract name, each distinct text read once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

from smart_record.linkage.sources import RoleColumns
from smart_record.standardise import identifiers
from smart_record.standardise.distinct import Distinct
from smart_record.standardise.names import name_fields as names
from smart_record.standardise.names.name_remarks import without_remarks
from smart_record.standardise.names.parties import is_one_person, party_type

_ABOUT = {"dob": pl.Date, "nino": pl.String, "temporary": pl.String, "sex": pl.String}
_FORMS: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "dob": lambda supplied: supplied,
    "nino": identifiers.nino,
    "temporary": identifiers.temporary_nino,
    "sex": identifiers.sex,
}
_COLUMNS = {
    "source": pl.String,
    "record_ref": pl.String,
    "role": pl.String,
    "record": pl.UInt32,
    **dict.fromkeys(names.NAME_COLUMNS, pl.String),
    **_ABOUT,
}


@dataclass(frozen=True, slots=True)
class _Named:
    """People and their names, apart: many have one name, and names are wide.

    Attributes:
        people: row (u32, the row of the extract), name (u32, which of the names).
        names: `names.NAME_COLUMNS`.
    """

    people: pl.DataFrame
    names: pl.DataFrame


def no_people() -> pl.DataFrame:
    """The frame of people of a night that names nobody."""
    return pl.DataFrame(schema=_COLUMNS)


def people_of_extract(extract: pl.DataFrame, roles: Iterable[RoleColumns]) -> pl.DataFrame:
    """The people whom an extract names, with the second where a field holds two.

    Args:
        extract: The extract's rows.
        roles: Where they speak of people.

    Returns:
        row (u32, the row of the extract), role, title, forename, middle, surname, generation (S, J or null),
        dob (as supplied), nino (in one form), temporary (`identifiers.temporary_nino`), sex (M, F or null),
        sorted by row and role. The second person of a field has no date of birth, number or sex: they are the
        first's.
    """
    told = {name: named for role in roles for name, named in _people_of_role(extract, role).items()}
    in_order = sorted(told)
    people, before = [], 0
    for place, role in enumerate(in_order):
        by_role = pl.col("row").cast(pl.UInt64) * len(in_order) + place
        people.append(told[role].people.with_columns(pl.col("name") + before, order=by_role))
        before += told[role].names.height
    rows = pl.concat(people).sort("order")
    which = pl.concat((told[role].names for role in in_order), rechunk=True)
    return pl.concat([rows, which.select(pl.all().gather(rows["name"]))], how="horizontal").select(
        "row",
        pl.lit(pl.Series(in_order)).gather(pl.col("order") % len(in_order)).alias("role"),
        *names.NAME_COLUMNS,
        *_ABOUT,
    )


def _people_of_role(extract: pl.DataFrame, role: RoleColumns) -> dict[str, _Named]:
    """The people whom one role names, and those of its joint role."""
    fields = [_column(extract, name, pl.String) for name in role.name]
    if len(fields) > 1:
        return {role.role: _told(_person_in_fields(*fields), extract, role)}
    first, second = _people_in_field(fields[0])
    told = {role.role: _told(first, extract, role)}
    return told if role.joint_role is None else told | {role.joint_role: _told(second, extract)}


def _column(extract: pl.DataFrame, name: str | None, dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
    if name in extract.columns:
        return extract[name].cast(dtype)
    return pl.Series(name or "", [None], dtype).new_from_index(0, extract.height)


def _told(named: _Named, extract: pl.DataFrame, role: RoleColumns | None = None) -> _Named:
    """The named people with what else the role's columns say of them."""
    columns = (
        {} if role is None else {"dob": role.dob, "nino": role.nino, "temporary": role.nino, "sex": role.sex}
    )
    there = {said: name for said, name in columns.items() if name in extract.columns}
    told = extract.select(pl.col(name).cast(_ABOUT[said]).alias(said) for said, name in there.items())
    told = told.select(pl.all().gather(named.people["row"]))
    about = (
        _FORMS[said](pl.col(said)) if said in there else pl.lit(None, dtype).alias(said)
        for said, dtype in _ABOUT.items()
    )
    people = pl.concat([named.people, told], how="horizontal")
    return _Named(people.with_columns(about).select(*named.people.columns, *_ABOUT), named.names)


def _people_in_field(field: pl.Series) -> tuple[_Named, _Named]:
    """The first and the second people of a free name field; companies, voids and estates go."""
    typed = Distinct.of(field)
    fields = typed.formed(names.name_capitals).to_frame("field").with_row_index("text")
    plain = fields.select(is_one_person(pl.col("field"))).to_series()
    alone = fields.filter(plain).select("text", first="field", second=pl.lit(None, pl.String))
    others = names.people_in_field(_of_people(fields.filter(~plain)))
    living = pl.col("survivor")
    others = others.with_columns(
        pl.when(living.is_null() | (living == place)).then(place).alias(place)
        for place in ("first", "second")
    )
    people = pl.concat([alone, others.select(alone.columns)])
    return _by_row(people, "first", typed), _by_row(people, "second", typed)


def _of_people(fields: pl.DataFrame) -> pl.DataFrame:
    """The fields that name people, without remarks, and who of two is the survivor (`name_fields.survivor`).

    Each keeps its place: date of birth and number are the first's, even if the first has died.
    """
    told = fields.with_columns(without_remarks(pl.col("field")))
    told = told.with_columns(survivor=names.survivor(pl.col("field")))
    bare = pl.col("field").str.replace_all(names.DEAD, "").str.strip_chars()
    told = told.with_columns(
        pl.when(pl.col("survivor").is_null()).then("field").otherwise(bare).alias("field")
    )
    return told.filter(party_type(pl.col("field")) == "person")


def _by_row(people: pl.DataFrame, which: str, typed: Distinct) -> _Named:
    """The people in one place of a field, by row; only rows that name somebody."""
    whole = people.select("text", name=which).drop_nulls()
    parts = names.name_parts(whole["name"])
    parts = parts.filter(pl.col("surname").is_not_null())
    place = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(typed.texts))
    place = place.scatter(whole["text"].gather(parts["row"]), _numbers(parts.height))
    rows = pl.DataFrame({"row": _numbers(len(typed.codes)), "name": typed.spread(place)})
    return _Named(rows.drop_nulls("name"), parts.drop("row"))


def _numbers(height: int) -> pl.Series:
    return pl.arange(height, dtype=pl.UInt32, eager=True)


def _person_in_fields(given: pl.Series, family: pl.Series) -> _Named:
    """The person whom a forename and a surname field name."""
    typed = (Distinct.of(field) for field in (given, family))
    parts = names.split_name_parts(*(field.replaced(field.formed(names.name_capitals)) for field in typed))
    named = parts.select(pl.any_horizontal(pl.col("forename", "surname").is_not_null())).to_series()
    rows = named.arg_true()
    return _Named(pl.DataFrame({"row": rows, "name": _numbers(len(rows))}), parts.filter(named))
