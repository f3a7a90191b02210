"""Open referrals follow their records through merges, splits and undone links; what vanished is flagged."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from triage.referrals.anchoring import Homes, homes_of, household_now, outcomes_now, parted
from triage.referrals.changed_households import GONE, SPLIT, Resettled, Standing, resettle
from triage.store.outcomes import OutcomeKind, RecordedOutcome
from triage.store.referrals import Referral, ReferralStatus

DAY = date(2026, 10, 31)
WAITING = Referral(
    referral_id="F1",
    household_id="H1",
    team="income",
    priority=2,
    statutory=False,
    status=ReferralStatus.WAITING,
    opened_on=DAY,
    due_on=DAY,
    origin="night",
    reasons="because",
)
ACCEPTED = replace(WAITING, status=ReferralStatus.ACCEPTED)
NOTHING = pl.DataFrame(
    schema={"household_id": pl.String, "team": pl.String, "tier": pl.Int64, "status": pl.String}
)
WANTED = pl.DataFrame({"household_id": ["H1"], "team": ["income"], "tier": [3], "status": ["suggested"]})
UNCHANGED = pl.DataFrame(
    schema={"kind": pl.String, "old_id": pl.String, "new_id": pl.String, "records": pl.Int64}
)


def changed(kind: str, old: str, new: str) -> pl.DataFrame:
    return pl.DataFrame({"kind": [kind], "old_id": [old], "new_id": [new], "records": [2]})


def homes(**households: str) -> Homes:
    """Where records are: a="H1" puts record a into H1; a name with a leading x is gone from the extracts."""
    rows = [("rent", ref.removeprefix("x"), "tenant", home) for ref, home in households.items()]
    registry = pl.DataFrame(rows, schema=["source", "record_ref", "role", "household_id"], orient="row")
    there = [ref for ref in households if not ref.startswith("x")]
    return homes_of(registry.filter(pl.col("record_ref").is_in(there)), registry)


def anchors(**records: str) -> pl.DataFrame:
    """F1="ab": referral F1 was about records a and b."""
    rows = [(subject, "rent", ref) for subject, refs in records.items() for ref in refs]
    schema = dict.fromkeys(("subject_id", "source", "record_ref"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def resettled(
    *referrals: Referral,
    held: pl.DataFrame | None = None,
    changes: pl.DataFrame = UNCHANGED,
    tonight: Homes,
    suggestions: pl.DataFrame = NOTHING,
    counted_on: tuple[str, ...] = (),
) -> Resettled:
    standing = Standing(
        referrals=referrals, anchors=anchors() if held is None else held, counted_on=counted_on
    )
    return resettle(standing, changes, tonight, suggestions)


@pytest.mark.parametrize("held", [anchors(), anchors(F1="a", F2="a")])
def test_no_open_referral_stays_with_a_household_that_is_gone(held: pl.DataFrame) -> None:
    other = replace(ACCEPTED, referral_id="F2", team="education")
    merged = changed("household_merged", "H1", "H2")
    found = resettled(WAITING, other, held=held, changes=merged, tonight=homes(a="H2", b="H2"))
    assert [(each.referral_id, now) for each, now in found.moved] == [("F1", "H2"), ("F2", "H2")]
    assert (found.withdrawn, found.flagged) == ((), {})


def test_a_merged_household_is_not_twice_in_one_queue() -> None:
    other = replace(WAITING, referral_id="F2", household_id="H2")
    merged = changed("household_merged", "H1", "H2")
    found = resettled(WAITING, other, changes=merged, tonight=homes(a="H2"))
    assert (found.moved, [each.referral_id for each in found.withdrawn]) == ((), ["F1"])


def test_what_a_team_has_taken_on_keeps_the_place_of_a_merged_household() -> None:
    waiting = replace(WAITING, referral_id="F2", household_id="H2")
    merged = changed("household_merged", "H1", "H2")
    found = resettled(ACCEPTED, waiting, changes=merged, tonight=homes(a="H2"))
    assert [(each.referral_id, now) for each, now in found.moved] == [("F1", "H2")]
    assert [each.referral_id for each in found.withdrawn] == ["F2"]
    both = resettled(
        ACCEPTED, replace(waiting, status=ReferralStatus.ACCEPTED), changes=merged, tonight=homes(a="H2")
    )
    assert (len(both.moved), both.withdrawn) == (1, ())  # two people work on it: nobody's work is dropped


def test_an_undone_link_gives_a_taken_on_referral_back_to_its_own_household() -> None:
    undone = changed("household_split", "H1", "H9")
    found = resettled(ACCEPTED, held=anchors(F1="bc"), changes=undone, tonight=homes(a="H1", b="H9", c="H9"))
    assert [(each.referral_id, now) for each, now in found.moved] == [("F1", "H9")]
    assert found.flagged == {}


def test_what_a_split_took_the_grounds_of_goes_unless_somebody_touched_it() -> None:
    split = changed("household_split", "H1", "H2")
    standing = [
        WAITING,
        replace(ACCEPTED, referral_id="F2"),
        replace(WAITING, referral_id="F3", origin="contact"),
        replace(WAITING, referral_id="F4", household_id="H3"),
        replace(WAITING, referral_id="F5"),
    ]
    tonight = homes(a="H1", b="H2", c="H3")
    found = resettled(*standing, changes=split, tonight=tonight, counted_on=("F5",))
    assert [each.referral_id for each in found.withdrawn] == ["F1"]
    assert found.moved == ()
    assert resettled(*standing, changes=split, tonight=tonight, suggestions=WANTED).withdrawn == ()


def test_a_touched_referral_whose_records_are_with_two_households_is_to_be_looked_at() -> None:
    found = resettled(ACCEPTED, held=anchors(F1="abc"), tonight=homes(a="H1", b="H2", c="H1"))
    assert (found.moved, found.flagged) == ((), {"F1": SPLIT})


def test_a_household_in_no_extract_keeps_its_referral_and_the_team_is_told() -> None:
    for held in (anchors(), anchors(F1="a")):
        found = resettled(WAITING, held=held, tonight=homes(xa="H1", b="H2"))
        assert (found.moved, found.withdrawn, found.flagged) == ((), (), {"F1": GONE})
    closed = replace(WAITING, status=ReferralStatus.CLOSED)
    assert resettled(closed, tonight=homes(xa="H1")).flagged == {}


def test_a_subject_is_where_most_of_its_records_are_among_households_that_are_there() -> None:
    tonight = homes(a="H1", b="H2", c="H2", xd="H3", xe="H3", xf="H3")
    assert household_now(anchors(F1="abc", F2="bdef", F3="def"), tonight, {}) == {
        "F1": "H2",
        "F2": "H2",
        "F3": "H3",
    }
    assert parted(anchors(F1="abc", F2="bdef", F3="def"), tonight) == {"F1"}


@pytest.mark.parametrize(("was", "other"), [("H5", "H1"), ("H1", "H5")])
def test_an_even_split_moves_nothing_to_a_stranger(was: str, other: str) -> None:
    tonight, held = homes(a=other, b=was), anchors(F1="ab", F2="ab")
    assert household_now(held, tonight, {"F1": was, "F2": "H0"}) == {"F1": was, "F2": "H1"}
    assert household_now(held, homes(xa=was, b=other), {"F1": was}) == {"F1": other, "F2": other}
    referral = replace(ACCEPTED, household_id=was)
    found = resettled(referral, held=held, tonight=tonight)
    assert (found.moved, found.flagged) == ((), {"F1": SPLIT})
    refused = RecordedOutcome(
        household_id=was, intervention="call", outcome=OutcomeKind.REFUSED, recorded_on=DAY, outcome_id=1
    )
    of_it = held.with_columns(subject_id=pl.lit("1"))
    assert outcomes_now([refused], of_it, tonight, {})[0].household_id == was


def test_a_cool_off_follows_a_merge_and_comes_back_when_it_is_undone() -> None:
    refused = RecordedOutcome(
        household_id="H1", intervention="call", outcome=OutcomeKind.REFUSED, recorded_on=DAY, outcome_id=7
    )
    held = anchors(**{"7": "a"})
    assert outcomes_now([refused], held, homes(a="H2", b="H2"), {})[0].household_id == "H2"
    assert outcomes_now([refused], held, homes(a="H1", b="H2"), {})[0].household_id == "H1"
    old = replace(refused, outcome_id=8)  # recorded before there were anchors
    assert outcomes_now([old], held, homes(a="H2"), {"H1": "H2"})[0].household_id == "H2"
    assert outcomes_now([old], held, homes(a="H2"), {})[0].household_id == "H1"


def test_a_record_is_where_its_rows_of_tonight_are_whoever_left_it() -> None:
    columns = ["source", "record_ref", "role", "household_id"]
    links = pl.DataFrame(
        [("benefits", "C1", "claimant", "H2"), ("rent", "1", "tenant", "H1")], columns, orient="row"
    )
    left = pl.DataFrame([("benefits", "C1", "partner", "H1")], columns, orient="row")
    tonight = homes_of(links, pl.concat([links, left]))
    held = pl.DataFrame({"subject_id": ["F1"], "source": ["benefits"], "record_ref": ["C1"]})
    assert household_now(held, tonight, {"F1": "H1"}) == {"F1": "H2"}
    assert parted(held, tonight) == set()
