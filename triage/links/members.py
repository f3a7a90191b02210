"""The people of one household: their records with the evidence, and their names as the records write them."""

from pathlib import Path
from typing import Any

import polars as pl

from smart_record.purposes import Purpose
from triage.explained.household import HeldRecord, Member
from triage.nights import scan_frame, scan_named
from triage.sight import sources_for, whole_or_not_said

_NAMES: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("council_tax", "liable_1"): ("council_tax_accounts", ("liable_name_1",)),
    ("council_tax", "liable_1_joint"): ("council_tax_accounts", ("liable_name_1",)),
    ("council_tax", "liable_2"): ("council_tax_accounts", ("liable_name_2",)),
    ("council_tax", "liable_2_joint"): ("council_tax_accounts", ("liable_name_2",)),
    ("benefits", "claimant"): ("benefit_claims", ("forename", "surname")),
    ("benefits", "partner"): ("benefit_claims", ("partner_forename", "partner_surname")),
    ("benefits_dependants", "dependant"): ("benefit_dependants", ("forename", "surname")),
    ("rent", "tenant"): ("rent_accounts", ("tenant_forename", "tenant_surname")),
    ("rent", "joint"): ("rent_accounts", ("joint_forename", "joint_surname")),
}
"""Where each role's name stands: declared extract and columns."""

_FULLEST = ("benefits", "rent", "benefits_dependants", "council_tax")
"""Sources, fullest names first: council tax often has initials, or two people in one field."""


def members_of(folder: Path, household_id: str, purpose: Purpose) -> tuple[Member, ...]:
    """The members of a household in a night's folder, in the order of their ids.

    Those, and of theirs those records, that may be seen for a purpose. What made the matching sure may stand
    in another record, so the evidence is told only to who may see them all.
    """
    links = (
        scan_frame(folder, "links")
        .filter((pl.col("household_id") == household_id) & pl.col("source").is_in(sources_for(purpose)))
        .sort("resident_id", "source", "record_ref", "role")
        .collect()
    )
    by_resident = links.partition_by("resident_id", maintain_order=True)
    return tuple(_member(folder, rows.to_dicts(), purpose) for rows in by_resident)


def _member(folder: Path, links: list[dict[str, Any]], purpose: Purpose) -> Member:
    best = min(links, key=lambda link: _FULLEST.index(link["source"]))
    return Member(
        resident_id=best["resident_id"],
        name=_name(folder, best),
        records=tuple(
            HeldRecord(
                source=link["source"],
                record_ref=link["record_ref"],
                role=link["role"],
                evidence=whole_or_not_said(link["evidence"] or "only this record names them", purpose),
            )
            for link in links
        ),
    )


def _name(folder: Path, link: dict[str, Any]) -> str:
    extract, columns = _NAMES[(link["source"], link["role"])]
    row = (
        scan_named(folder, extract)
        .filter(pl.col("record_ref") == link["record_ref"])
        .select(columns)
        .collect()
        .row(0)
    )
    return " ".join(part for part in row if part) or "name not held"
