"""Rows of further files, laid to the households of the records that they belong to.

A further file that came is whole: a household without a row in it has none of what it tells, as long as the
household has a record that a row could belong to. A file that did not come says nothing of anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from smart_record.facts.terms.vocabulary import (
    ALL_RECORDS,
    AWARDS,
    CASES,
    CONTACTS,
    COURT,
    FLAGS,
    FORMS,
    MORATORIUMS,
    NOTICES,
    PLANS,
)
from smart_record.records import Records

FURTHER = (PLANS, COURT, FLAGS, MORATORIUMS, AWARDS, CASES, FORMS, CONTACTS, NOTICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """The rows of one further file.

    Attributes:
        rows: Columns household (its number), system and those of the extract.
        holders: Households with a record of each system. Columns: household, system; each pair once.
    """

    rows: pl.DataFrame
    holders: pl.DataFrame

    def of(self, system: str) -> "Attached":
        """What belongs to the records of one system."""
        mine = pl.col("system") == system
        return Attached(rows=self.rows.filter(mine), holders=self.holders.filter(mine))

    def told(self, *facts: pl.Expr, without: Mapping[str, object] = MappingProxyType({})) -> pl.DataFrame:
        """Facts of each household that the file can tell of.

        Args:
            facts: Aggregations over the rows of a household.
            without: The value of a fact for a household without a row; not known for any fact left out.

        Returns:
            One row a household that has such a record. Columns: household and the facts.
        """
        found = self.rows.group_by("household").agg(*facts, pl.len().alias("rows"))
        laid = (
            self.holders.select("household")
            .unique(maintain_order=True)
            .join(found, on="household", how="left", maintain_order="left")
        )
        none = pl.col("rows").is_null()
        filled = [
            pl.when(none).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)
            for name, value in without.items()
        ]
        return laid.with_columns(filled).drop("rows")


def open_attached(records: Records, households: pl.DataFrame) -> Mapping[str, Attached]:
    """The further files that the night brought, by extract name.

    Args:
        records: One night's records.
        households: The numbered households.
    """
    if not set(FURTHER) & records.extracts.keys():
        return MappingProxyType({})
    owners = (
        records.links.lazy()
        .filter(pl.col("source").is_in(ALL_RECORDS))
        .select(pl.col("source").alias("system"), pl.col("record_ref").alias("record"), "household_id")
        .unique()
        .join(households.lazy().select("household_id", "household"), on="household_id")
        .select("system", "record", "household")
        .sort("household", "system", "record")
        .collect()
    )
    holders = owners.select("household", "system").unique(maintain_order=True)
    return MappingProxyType(
        {
            name: Attached(
                rows=records.extracts[name]
                .join(owners, on=["system", "record"])
                .sort("household", "system", "record", "line"),
                holders=holders,
            )
            for name in FURTHER
            if name in records.extracts
        }
    )
