"""Every named person of every row, in one table of one form: what the matching compares.

A person row is what one source says of one person in one role of one record. Companies, voids and estates are
nobody (`standardise.names.parties`). What can't identify anybody (placeholder dates, temporary National
Insurance numbers) is null; a temporary number tells the birth that it is made of.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from smart_record.linkage.graph.clusters import LARGEST_RESIDENT
from smart_record.linkage.rows.named_people import no_people, people_of_extract
from smart_record.linkage.rows.repeats import extracts_in_order
from smart_record.linkage.sources import (
    BENEFITS,
    CLAIM_OF_DEPENDANT,
    DEPENDANT_ROLE,
    DEPENDANTS,
    DEPENDANTS_EXTRACT,
    SOURCES,
    RoleColumns,
)
from smart_record.standardise import identifiers
from smart_record.standardise.distinct import Distinct, each_once
from smart_record.standardise.names.name_words import sex_by_title

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
        source, record_ref, role, record, title, forename, middle, surname, generation, sex, dob, dob_weak,
        nino.
    """
    here = extracts_in_order(extracts)
    by_source = {source.source: (source.extract, source.roles) for source in SOURCES}
    by_source[DEPENDANTS] = (DEPENDANTS_EXTRACT, (DEPENDANT_ROLE,))
    people = [no_people()]
    for source, (extract, roles) in sorted(by_source.items()):
        if extract in here:
            people.append(_of_source(here[extract], source, roles, records))
    rows = pl.concat(people)
    rows = _told_by_temporary_numbers(rows, as_of)
    rows = rows.with_columns(
        *_births(rows["dob"], as_of),
        nino=_of_one_person(rows["nino"]),
        sex=pl.coalesce(_sex_by_title(rows["title"]), rows["sex"]),
    )
    return rows.with_row_index("person")


def _of_source(
    extract: pl.DataFrame, source: str, roles: tuple[RoleColumns, ...], records: pl.DataFrame
) -> pl.DataFrame:
    """The people of one extract, whose rows stand in order of their record_ref."""
    ref = extract[CLAIM_OF_DEPENDANT if source == DEPENDANTS else "record_ref"].alias("record_ref")
    record = _numbers(ref, BENEFITS if source == DEPENDANTS else source, records)
    people = people_of_extract(extract, roles)
    return people.select(
        pl.lit(source).alias("source"),
        extract["record_ref"].gather(people["row"]),
        record.gather(people["row"]),
        pl.exclude("row"),
    ).select(no_people().columns)


def _numbers(refs: pl.Series, source: str, records: pl.DataFrame) -> pl.Series:
    """The numbers of the source's records of these references."""
    numbers = records.filter(pl.col("source") == source).select("record_ref", "record")
    if numbers["record_ref"].equals(refs):
        return numbers["record"]
    return refs.to_frame().join(numbers, on="record_ref", how="left", maintain_order="left")["record"]


def _sex_by_title(titles: pl.Series) -> pl.Series:
    return each_once(titles, sex_by_title)


def _of_one_person(numbers: pl.Series) -> pl.Series:
    """National Insurance numbers; null where more rows bear one than a person has: a system's placeholder."""
    hashes = np.sort(numbers.drop_nulls().hash().to_numpy())
    if not np.any(hashes[LARGEST_RESIDENT:] == hashes[:-LARGEST_RESIDENT]):
        return numbers  # as nearly always
    each = Distinct.of(numbers)
    return each.spread(each.texts.set(each.uses() > LARGEST_RESIDENT, None))


def _told_by_temporary_numbers(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The rows with the birth and sex that a temporary number is made of, where nothing else tells them."""
    which, people = rows["temporary"].is_not_null().arg_true(), rows.drop("temporary")
    if which.is_empty():
        return people
    made_of = pl.col("temporary")
    told = rows.select(pl.col("temporary", "dob", "sex").gather(which)).select(
        dob=pl.coalesce(
            identifiers.birth_date(pl.col("dob"), as_of=as_of),
            identifiers.birth_by_temporary_nino(made_of, as_of=as_of),
        ),
        sex=pl.coalesce("sex", identifiers.sex(made_of.str.slice(6))),
    )
    return people.with_columns(people[name].clone().scatter(which, told[name]) for name in told.columns)


def _births(supplied: pl.Series, as_of: date) -> list[pl.Series]:
    """Dates of birth as far as they are believed (dob) and whether only the year counts (dob_weak)."""
    each = Distinct.of(supplied)
    born = pl.DataFrame({"day": each.texts, "uses": each.uses()}).select(
        "uses", day=identifiers.birth_date(pl.col("day"), as_of=as_of)
    )
    days = born.select(dob=_believed()).with_columns(dob_weak=identifiers.is_weak_birth_date(pl.col("dob")))
    return [each.spread(column) for column in days]


def _believed() -> pl.Expr:
    """Null for a day that far too many people are said to be born on; 1 January is weak anyway and stays.

    Each day once: day and its uses.
    """
    usual = pl.col("uses").filter(pl.col("day").is_not_null()).sum() // _DAYS_OF_BIRTH + 2
    weak = identifiers.is_weak_birth_date(pl.col("day"))
    return pl.when(weak | (pl.col("uses") <= _PLACEHOLDER_TIMES * usual)).then("day")
