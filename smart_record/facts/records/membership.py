"""Which household each record belongs to, as the linkage says; refuses records that say two things."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import polars as pl

from smart_record.errors import LinkageError
from smart_record.records import Records


class RecordsInconsistent(LinkageError):
    """Links, households and extracts of one night contradict each other: facts would count twice or not."""


def numbered_households(records: Records) -> pl.DataFrame:
    """The households, numbered in the order of their ids.

    Returns:
        One row a household, sorted. Columns: those of `records.households`, household (UInt32, its number).

    Raises:
        RecordsInconsistent: If a household id comes twice.
    """
    households = records.households.sort("household_id")
    _refuse_twice(households, "household_id", "households")
    return households.with_columns(household=pl.int_range(pl.len(), dtype=pl.UInt32))


def number_households(
    records: Records, source: str, extract: str, columns: Sequence[str], households: pl.DataFrame
) -> pl.DataFrame:
    """The rows of an extract that belong to a household.

    A record without a named person (a company that is liable for council tax) has no link and drops out.

    Args:
        records: The night.
        source: The source name in links.
        extract: The extract whose rows are wanted.
        columns: Columns of it that are wanted.
        households: As `numbered_households` returns them.

    Returns:
        One row a record, by record_ref. Columns: record_ref, household (its number), `columns`.

    Raises:
        RecordsInconsistent: If a record comes twice, or belongs to two households or to an unknown one.
    """
    rows = with_further_columns(records.extracts[extract]).select("record_ref", *columns)
    _refuse_twice(rows, "record_ref", extract)
    owners = (
        records.links.lazy()
        .filter(pl.col("source") == source)
        .select("record_ref", "household_id")
        .unique()
        .join(households.lazy().select("household_id", "household"), on="household_id", how="left")
        .collect()
    )
    _refuse_twice(owners, "record_ref", f"the {source} links, each time in another household")
    if owners["household"].null_count():
        stray = owners.filter(pl.col("household").is_null())["record_ref"].sort()
        raise RecordsInconsistent(
            f"{stray.len()} {source} records, {stray[0]} among them, belong to a household that is not among"
            " the night's households: their debts would be lost. Match the night again."
        )
    return rows.join(owners.select("record_ref", "household"), on="record_ref").sort("record_ref")


_FURTHER_COLUMNS: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "discount": pl.String(),
        "breathing_space_end": pl.Date(),
        "partner_nino": pl.String(),
        "partner_forename": pl.String(),
        "partner_surname": pl.String(),
        "partner_dob": pl.Date(),
        "disregard": pl.Boolean(),
        "contractual_rent_pence": pl.Int64(),
        "capital_pence": pl.Int64(),
        "care_or_mobility_benefit": pl.Boolean(),
        "carer_benefit": pl.Boolean(),
        "partner_left_on": pl.Date(),
        "partner_died_on": pl.Date(),
        "free_school_meals": pl.Boolean(),
    }
)
"""Columns that not every night's extracts have: an earlier version took in fewer, and what a supplier says
nothing of is left out where a null would say that there is none (`Source.blanks_tell`)."""


def with_further_columns(rows: pl.DataFrame) -> pl.DataFrame:
    """An extract with every further column, null where the night does not have it."""
    absent = {name: dtype for name, dtype in _FURTHER_COLUMNS.items() if name not in rows.columns}
    return rows.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in absent.items())


def _refuse_twice(rows: pl.DataFrame, key: str, where: str) -> None:
    twice = rows.height - rows[key].n_unique()
    if twice:
        first = rows.filter(pl.col(key).is_duplicated())[key].sort()[0]
        raise RecordsInconsistent(
            f"{twice} {key} more than once in {where}, {first} among them: their debts would count twice."
            " Run the intake and the match of this night again."
        )
