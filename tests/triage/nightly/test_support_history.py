"""What support a household had follows its records into tonight's household, as its cool-offs do."""

from dataclasses import replace
from datetime import date

import polars as pl

from smart_record.facts.living.support import REFUSED, TIER_3
from tests.triage.referrals.test_changed_households import ACCEPTED, anchors, homes
from triage.nightly.support_history import Support, support_history
from triage.store.outcomes import OutcomeKind, RecordedOutcome

DAY = date(2026, 10, 31)
REFUSAL = RecordedOutcome(
    household_id="H1", intervention="call", outcome=OutcomeKind.REFUSED, recorded_on=DAY, outcome_id=7
)


def held(about: pl.DataFrame) -> Support:
    return Support(
        referrals=[ACCEPTED],
        outcomes=[REFUSAL],
        about_referrals=about,
        about_outcomes=about.with_columns(subject_id=pl.lit("7")),
    )


def test_a_merge_brings_its_refusals_and_its_team_along_and_a_split_takes_them_out_again() -> None:
    of_a = held(anchors(F1="a"))
    merged = support_history(of_a, homes(a="H2", b="H2"), {})
    assert merged.rows() == [("H2", TIER_3, DAY), ("H2", REFUSED, DAY)]
    parted = support_history(of_a, homes(a="H9", b="H1"), {})
    assert parted.rows() == [("H9", TIER_3, DAY), ("H9", REFUSED, DAY)]


def test_a_refusal_told_twice_on_one_day_is_one() -> None:
    """Two officers, or one key pressed twice: it must not bring a household to Tier 3."""
    told = replace(held(anchors()), outcomes=[REFUSAL, replace(REFUSAL, outcome_id=8)])
    assert support_history(told, homes(b="H2"), {}).filter(kind=REFUSED).height == 1
    of_two = replace(told, outcomes=[REFUSAL, replace(REFUSAL, intervention="visit", outcome_id=8)])
    assert support_history(of_two, homes(b="H2"), {}).filter(kind=REFUSED).height == 2


def test_what_is_held_by_no_records_follows_a_merge_by_its_households_id() -> None:
    merged = support_history(held(anchors()), homes(a="H2", b="H2"), {"H1": "H2"})
    assert merged["household_id"].unique().to_list() == ["H2"]


def test_a_household_in_no_extract_keeps_its_own() -> None:
    gone = support_history(held(anchors(F1="a")), homes(xa="H1", b="H2"), {})
    assert gone["household_id"].unique().to_list() == ["H1"]
