"""Benefit claims with their households, and which of their columns hold on a date.

A claim is live from its start to its end. Its other columns (amounts, passport, income, tenure) are what the
system showed when the extract was taken. They hold on that night; for an earlier date they hold only if the
claim was last changed by then and has not ended since, for the end is a change too. A change dated later than
the date asked about makes them not known, and so whether a claim had ended of which nobody says when.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import polars as pl

from smart_record.facts.records.books import Moment, standing
from smart_record.facts.records.membership import number_households, with_further_columns
from smart_record.facts.terms.vocabulary import CLAIMS, DEPENDANTS
from smart_record.records import Records

_DATED: Final = ("claim_type", "status", "start_date", "end_date", "end_reason", "last_change_date")
_PARTNER: Final = ("partner_nino", "partner_forename", "partner_surname", "partner_dob")
_UNDATED: Final = (
    "passport",
    "tenure",
    "dependants",
    "non_dependants",
    "weekly_income_pence",
    "weekly_hb_pence",
    "weekly_ctr_pence",
    "spare_room_deduction_pence",
    "benefit_cap",
    "overpayment_balance_pence",
    "dhp_end_date",
    "contractual_rent_pence",
    "capital_pence",
    "care_or_mobility_benefit",
    "carer_benefit",
    "partner_left_on",
    "partner_died_on",
)
_HELD_SINCE_LAST_CHANGE: Final = ("couple", *_UNDATED)
_HAPPENED: Final = ("partner_left_on", "partner_died_on")
"""Days on which something happened: one that lies ahead has not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The night's benefit claims.

    Attributes:
        claims: One row a claim, by record_ref. Columns: record_ref, household (its number), claimant
            (resident_id), couple (bool; null where not known), began_on, ended_on, ended_undated,
            first_dated_on (null), and those of the extract that tell neither name nor address.
        dependants: One row a dependant of one of these claims. Columns: record_ref (of the claim),
            resident_id, dob, free_school_meals. None where the night did not bring dependants.
    """

    claims: pl.DataFrame
    dependants: pl.DataFrame | None


def open_claims(records: Records, households: pl.DataFrame) -> Claims | None:
    """The claims that belong to households, or None where the night did not bring claims.

    Raises:
        RecordsInconsistent: If a claim comes twice or belongs to two households.
    """
    if CLAIMS not in records.extracts:
        return None
    linked = number_households(records, "benefits", CLAIMS, [*_DATED, *_PARTNER, *_UNDATED], households)
    claims = (
        linked.join(_claimants(records.links), on="record_ref", how="left")
        .sort("record_ref")
        .select(
            "record_ref",
            "household",
            "claimant",
            *_DATED,
            *_UNDATED,
            couple=_couple(records.extracts[CLAIMS].columns),
            began_on=pl.col("start_date"),
            ended_on=pl.col("end_date"),
            ended_undated=pl.col("status").eq_missing("ended") & pl.col("end_date").is_null(),
            first_dated_on=pl.lit(None, dtype=pl.Date),
        )
    )
    return Claims(claims=claims, dependants=_dependants(records, claims))


def _couple(columns: Collection[str]) -> pl.Expr:
    """Whether a claim names a partner; not known where the extract has no column for one."""
    if set(_PARTNER).isdisjoint(columns):
        return pl.lit(None, dtype=pl.Boolean)
    return pl.any_horizontal(pl.col(name).is_not_null() for name in _PARTNER)


def _claimants(links: pl.DataFrame) -> pl.DataFrame:
    claimant = (pl.col("source") == "benefits") & (pl.col("role") == "claimant")
    return links.filter(claimant).group_by("record_ref").agg(claimant=pl.col("resident_id").min())


def _dependants(records: Records, claims: pl.DataFrame) -> pl.DataFrame | None:
    rows = records.extracts.get(DEPENDANTS)
    if rows is None:
        return None
    residents = records.links.filter(pl.col("source") == "benefits_dependants").select(
        "record_ref", "resident_id"
    )
    known = (
        with_further_columns(rows)
        .join(residents.unique("record_ref"), on="record_ref", how="left")
        .select(
            "dob",
            "free_school_meals",
            resident_id=pl.coalesce("resident_id", "record_ref"),
            record_ref="claim_ref",
        )
    )
    return known.join(claims.select("record_ref"), on="record_ref", how="semi")


def claim_state(claims: pl.DataFrame, moment: Moment) -> pl.DataFrame:
    """Each claim as of a moment.

    Returns:
        One row a claim that had begun, or may have. Columns: those of `Claims.claims`, the undated ones null
        where they don't hold; live (null where not known), holds (whether they hold).
    """
    changed = pl.col("last_change_date")
    if moment.at_extract:
        holds = (changed <= moment.as_of).fill_null(value=True)
    else:
        open_still = pl.col("ended_on").is_null() & ~pl.col("ended_undated")
        holds = ((changed <= moment.as_of) & open_still).fill_null(value=False)
    return (
        standing(claims, moment)
        .rename({"current": "live"})
        .with_columns(holds=holds)
        .with_columns(live=pl.when(pl.col("holds") | ~pl.col("ended_undated")).then("live"))
        .with_columns(pl.when("holds").then(name).alias(name) for name in _HELD_SINCE_LAST_CHANGE)
        .with_columns(pl.when(pl.col(name) <= moment.as_of).then(name).alias(name) for name in _HAPPENED)
    )
