"""The people of a household by name, as the linkage resolved them, and how old they are."""

from datetime import date
from typing import Final

import polars as pl

from smart_record.facts.terms.vocabulary import ACCOUNTS, CLAIMS, TENANCIES
from smart_record.records import Records

ADULT_ROLES: Final = (
    ("benefits", CLAIMS, "claimant", "dob"),
    ("benefits", CLAIMS, "partner", "partner_dob"),
    ("rent", TENANCIES, "tenant", "tenant_dob"),
    ("rent", TENANCIES, "joint", "joint_dob"),
    ("council_tax", ACCOUNTS, "liable_1", "liable_dob_1"),
    ("council_tax", ACCOUNTS, "liable_2", "liable_dob_2"),
    ("council_tax", ACCOUNTS, "liable_1_joint", None),
    ("council_tax", ACCOUNTS, "liable_2_joint", None),
)
"""The roles of adults and where each has its date of birth; the most thoroughly verified system first. Of two
people in one name field the date of birth is the first one's."""

_PEOPLE: Final = {
    "source": pl.String,
    "record_ref": pl.String,
    "role": pl.String,
    "resident_id": pl.String,
    "household_id": pl.String,
    "dob": pl.Date,
    "trust": pl.Int64,
}
_ADULT_AT: Final = 16
_PLACEHOLDER_YEARS: Final = 115
"""Nobody is as old: 1900-01-01 and its like stand for "not known"."""


def open_people(records: Records, households: pl.DataFrame) -> pl.DataFrame:
    """The named adults of the night's records.

    Returns:
        One row an adult of a record, the best verified dates of birth first. Columns: household (its number),
        resident_id, source, record_ref, dob (null where not held).
    """
    linked = records.links.select("source", "record_ref", "role", "resident_id", "household_id")
    told = [pl.DataFrame(schema=_PEOPLE)]
    for trust, (source, extract, role, column) in enumerate(ADULT_ROLES):
        named = linked.filter((pl.col("source") == source) & (pl.col("role") == role))
        births = records.extracts.get(extract)
        if births is not None and column in births.columns:
            named = named.join(births.select("record_ref", dob=column), on="record_ref", how="left")
        told.append(named.with_columns(trust=pl.lit(trust, dtype=pl.Int64)))
    return (
        pl.concat(told, how="diagonal")
        .join(households.select("household_id", "household"), on="household_id")
        .sort("trust", "record_ref")
        .select("household", "resident_id", "source", "record_ref", "dob")
    )


def known_birth(born: pl.Expr, as_of: date) -> pl.Expr:
    """A date of birth, null where it is a placeholder or later than the date asked about."""
    return pl.when((born <= as_of) & (age(born, as_of) < _PLACEHOLDER_YEARS)).then(born)


def adult_birth(born: pl.Expr, as_of: date) -> pl.Expr:
    """A date of birth of someone liable, claiming or holding a tenancy, null where it can't be theirs."""
    return pl.when(age(born, as_of) >= _ADULT_AT).then(known_birth(born, as_of))


def age(born: pl.Expr, as_of: date) -> pl.Expr:
    """Whole years from a birth to a date; who was born on 29 February is a year older on 1 March."""
    month, day = born.dt.month().cast(pl.Int64), born.dt.day().cast(pl.Int64)
    not_yet = month * 100 + day > as_of.month * 100 + as_of.day
    return as_of.year - born.dt.year().cast(pl.Int64) - not_yet.cast(pl.Int64)
