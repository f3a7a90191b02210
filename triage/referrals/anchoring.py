"""Whose a referral or an outcome is tonight: the household that has the records it was about. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from smart_record.linkage.sources import record_of_row
from triage.store.outcomes import RecordedOutcome
from triage.store.referrals import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Where records are tonight.

    Attributes:
        of_record: source, record_ref, household_id, here (whether the household is there tonight); records
            that are gone are with the household they were of.
        present: The households of tonight.
    """

    of_record: pl.DataFrame
    present: frozenset[str]


def homes_of(links: pl.DataFrame, registry: pl.DataFrame, present: pl.Series | None = None) -> Homes:
    """Where records are tonight; a record that is there is where tonight's rows of it are, whoever left it.

    Args:
        links: `Linkage.links`, or the rows of some records.
        registry: `Linkage.registry`: every row ever seen with the household it has; or of the same records.
        present: The ids of tonight's households, where `links` are not all.
    """
    tonight = links.select(*record_of_row(), "household_id").unique()
    known = registry.select(*record_of_row(), "household_id").unique()
    gone = known.join(tonight, on=["source", "record_ref"], how="anti")
    present = tonight["household_id"].unique() if present is None else present
    here = pl.col("household_id").is_in(present.implode())
    of_record = pl.concat([tonight, gone]).sort(pl.all()).with_columns(here=here)
    return Homes(of_record=of_record, present=frozenset(present))


def records_of(links: pl.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """The records (source, record_ref) of each household."""
    held = links.select("household_id", *record_of_row()).unique().sort(pl.all())
    found: dict[str, list[tuple[str, str]]] = {}
    for household_id, source, record_ref in held.iter_rows():
        found.setdefault(household_id, []).append((source, record_ref))
    return found


def household_now(anchors: pl.DataFrame, homes: Homes, was: Mapping[str, str]) -> dict[str, str]:
    """The household of each subject tonight: of those that are there, the one with most of its records.

    An even split is no reason to move: of equals the one whose it was keeps it.

    Args:
        anchors: subject_id, source, record_ref.
        homes: Where records are tonight.
        was: The household of each subject before tonight.
    """
    held = anchors.join(homes.of_record, on=["source", "record_ref"])
    before = pl.col("subject_id").replace_strict(was, default=None, return_dtype=pl.String)
    counted = (
        held.group_by("subject_id", "household_id", "here")
        .len()
        .with_columns(stays=(pl.col("household_id") == before).fill_null(value=False))
    )
    order = ["subject_id", "here", "len", "stays", "household_id"]
    first = counted.sort(order, descending=[False, True, True, True, False]).unique(
        "subject_id", keep="first", maintain_order=True
    )
    return dict(first.select("subject_id", "household_id").iter_rows())


def parted(anchors: pl.DataFrame, homes: Homes) -> set[str]:
    """The subjects whose records are tonight with more than one household."""
    held = anchors.join(homes.of_record.filter("here"), on=["source", "record_ref"])
    counted = held.group_by("subject_id").agg(homes=pl.col("household_id").n_unique())
    return set(counted.filter(pl.col("homes") > 1)["subject_id"])


def merged_into(changes: pl.DataFrame) -> dict[str, str]:
    """The household that each merged one is now, by the most records that moved."""
    of_kind = changes.filter(pl.col("kind") == "household_merged")
    order = of_kind.sort("records", "new_id", descending=[True, False])
    first = order.unique("old_id", keep="first", maintain_order=True)
    return dict(first.select("old_id", "new_id").iter_rows())


def outcomes_now(
    outcomes: Sequence[RecordedOutcome], anchors: pl.DataFrame, homes: Homes, merged: Mapping[str, str]
) -> list[RecordedOutcome]:
    """The outcomes with the household that each is of tonight, so that a cool-off follows it.

    Args:
        outcomes: As recorded.
        anchors: `anchors_of` outcomes.
        homes: Where records are tonight.
        merged: Tonight's merges, for outcomes without anchors.
    """
    now = household_now(anchors, homes, {str(each.outcome_id): each.household_id for each in outcomes})
    return [
        replace(
            each,
            household_id=now.get(str(each.outcome_id)) or merged.get(each.household_id, each.household_id),
        )
        for each in outcomes
    ]


def referral_homes(
    referrals: Sequence[Referral], anchors: pl.DataFrame, homes: Homes, merged: Mapping[str, str]
) -> dict[str, str]:
    """The household that each referral of one is of tonight, by its id; one that vanished keeps its own.

    Args:
        referrals: Those of a household.
        anchors: `anchors_of` referrals.
        homes: Where records are tonight.
        merged: Tonight's merges, for referrals without anchors.
    """
    was = {each.referral_id: str(each.household_id) for each in referrals}
    now = household_now(anchors, homes, was)
    found = {}
    for referral_id, own in was.items():
        home = now.get(referral_id) or merged.get(own, own)
        found[referral_id] = home if home in homes.present else own
    return found
